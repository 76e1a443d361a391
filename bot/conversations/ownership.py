"""Who owns a conversation: the one table of legal moves."""

from django.db import models

from bot.errors import IllegalMove


class Owner(models.TextChoices):
    """Who speaks to the member."""

    BOT = "bot"
    WAITING = "waiting"  # for a human
    AGENT = "agent"
    CLOSED = "closed"


LEGAL_MOVES: dict[Owner, frozenset[Owner]] = {
    Owner.BOT: frozenset({Owner.WAITING, Owner.AGENT, Owner.CLOSED}),
    Owner.WAITING: frozenset({Owner.AGENT, Owner.BOT, Owner.CLOSED}),
    Owner.AGENT: frozenset({Owner.BOT, Owner.WAITING, Owner.CLOSED}),
    Owner.CLOSED: frozenset({Owner.BOT, Owner.AGENT}),  # by the member's next message, or an adviser's
}


def check_move(here: str, there: str) -> None:
    """Let a legal move pass.

    Raises:
        IllegalMove: a conversation may not go from `here` to `there`.
    """
    if Owner(there) not in LEGAL_MOVES[Owner(here)]:
        raise IllegalMove(f"{here} → {there} is not a legal move")
