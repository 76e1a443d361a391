import re

from hypothesis import given
from hypothesis import strategies as st

from bot.claims.reference import new_reference, read_reference


def test_a_reference_can_be_read_aloud_and_back():
    reference = new_reference()
    assert re.fullmatch(r"CC-\d{4}-\d{4}-\d{4}-\d{2}", reference)
    assert read_reference(f"mon dossier c'est {reference.lower().replace('-', ' ')} merci") == reference


def test_references_do_not_repeat():
    assert len({new_reference() for _ in range(2000)}) == 2000


@given(st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(position: int, shift: int):
    digits = list(re.sub(r"\D", "", new_reference()))
    digits[position] = str((int(digits[position]) + shift) % 10)
    assert read_reference("CC" + "".join(digits)) is None


def test_a_text_without_a_reference_holds_none():
    assert read_reference("CC 12 et rien") is None
