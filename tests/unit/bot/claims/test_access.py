import pytest

from bot.claims.access import CODE
from bot.claims.codes import LETTERS


@pytest.mark.parametrize(
    "text",
    ["BCDF-GHJK", "bcdf ghjk", "BCDFGHJK", "Voici le code : BCDF-GHJK.", "mon code est bcdf-ghjk !", "« BCDF-GHJK »"],
)
def test_a_code_is_read_however_people_write_it(text):
    assert "".join(CODE.fullmatch(text).groups()).upper() == "BCDFGHJK"


@pytest.mark.parametrize(
    "text", ["bonjour", "BCDF-GHJ", "BCDF-GHJKL", "j'ai reçu BCDF-GHJK par mail de ma banque", "1234"]
)
def test_what_is_no_code_is_left_to_the_dialogue(text):
    assert CODE.fullmatch(text) is None


def test_a_code_makes_no_word_and_has_no_letter_that_is_taken_for_a_digit():
    assert not set(LETTERS) & set("AEIOUYSL")
