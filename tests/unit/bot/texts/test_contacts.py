import re
from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.texts import contacts
from bot.texts.sentences import FILE

NUMBER = re.compile(
    r"(?<![\d.,/:-])(?:\+\d[\d ]{7,}|0\d{2,3}(?:[ ./]\d{2,3}){1,3}|\b1(?:0[0-9]|12)\b|116 ?\d{3})(?!\d)"
)
LINK = re.compile(r"(?:https?|tel|mailto):[^\s)\"']+")
SHOWN_TO_MEMBERS = [ROOT / "domain.yml", FILE, *sorted((ROOT / "bot" / "channels").rglob("*.html"))]


def known() -> set[str]:
    every = contacts().values()
    return {c.target for c in every} | {c.shown for c in every} | {c.phone for c in every}


@pytest.mark.parametrize("file", SHOWN_TO_MEMBERS, ids=lambda file: file.name)
def test_members_see_only_numbers_and_links_of_the_register(file: Path):
    text = file.read_text(encoding="utf-8")
    found = set(NUMBER.findall(text)) | set(LINK.findall(text))
    assert found <= known(), found - known()


@pytest.mark.parametrize("french_only", ["17", "3018", "3114", "3919", "119", "33700", "0892705705", "070344344"])
def test_numbers_that_do_not_help_in_belgium_are_not_in_the_register(french_only: str):
    assert french_only not in {c.phone.replace(" ", "") for c in contacts().values()}


def test_a_contact_is_bold_and_clickable():
    assert contacts()["card_stop"].markdown == "[**078 170 170**](tel:+3278170170)"
