import random
from uuid import uuid4

from bot.invented import FIRST, LAST, is_invented, new_id


def test_an_invented_id_is_known_and_a_random_one_is_not():
    chance = random.Random(1)
    made = [new_id(chance) for _ in range(2_000)]
    assert len(set(made)) == len(made)
    assert all(is_invented(each) and each.version == 8 for each in made)
    assert not any(is_invented(uuid4()) for _ in range(2_000))
    assert not is_invented(None)


def test_the_range_holds_no_id_of_version_four():
    assert FIRST.version == LAST.version == 8
    assert str(FIRST)[:15] == str(LAST)[:15]  # up to the version's digit, so that the version is the range's own
