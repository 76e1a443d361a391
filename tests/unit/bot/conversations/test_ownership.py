import pytest

from bot.conversations.ownership import LEGAL_MOVES, Owner, check_move
from bot.errors import IllegalMove


def test_every_owner_has_its_moves():
    assert set(LEGAL_MOVES) == set(Owner)


@pytest.mark.parametrize(("here", "there"), [(h, t) for h in Owner for t in Owner])
def test_only_moves_of_the_table_pass(here: Owner, there: Owner):
    if there in LEGAL_MOVES[here]:
        check_move(here, there)
    else:
        with pytest.raises(IllegalMove):
            check_move(here, there)


def test_a_closed_conversation_comes_back_to_the_bot_or_to_an_adviser():
    assert LEGAL_MOVES[Owner.CLOSED] == {Owner.BOT, Owner.AGENT}
