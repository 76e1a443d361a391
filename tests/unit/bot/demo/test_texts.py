"""What the demo says is held to the rules of what members read."""

import random
import re
from datetime import UTC, datetime

import pytest

from bot.demo.texts import FOLDER, campaigns, kinds, told, words
from bot.texts import with_contacts

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PROMISES = re.compile(r"vous serez remboursé|vous êtes couvert|vous auriez dû|nous remboursons", re.IGNORECASE)
ADDRESS = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.(?!example\b)(?:be|com|net|org|eu|fr|top|site|info)\b")
PHONE = re.compile(r"(?:\+32|\b0)\s?\d(?:[\s./]?\d){6,}")


def test_every_kind_of_incident_has_stories_and_there_are_many():
    stories = {story for kind in kinds().values() for story in kind.stories}
    assert min(len(kind.stories) for kind in kinds().values()) >= 6
    assert len(stories | {story for each in campaigns() for story in each.stories}) >= 250


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)
def test_no_text_promises_or_names_a_number_or_site_of_its_own(file):
    text = file.read_text(encoding="utf-8")
    for pattern in (PROMISES, PHONE):
        assert not pattern.search(text)
    assert {site.lower() for site in ADDRESS.findall(text)} <= set()


def test_a_story_has_no_placeholder_left():
    chance = random.Random(3)
    for kind in kinds().values():
        for story in kind.stories:
            assert not re.search(r"[{}]", told(story, kind.place, NOW, chance))


def test_an_exchange_begins_and_ends_with_the_adviser_and_its_contacts_are_known():
    for kind in kinds().values():
        for talk in kind.talks:
            assert len(talk) % 2 == 1
            assert all(with_contacts(line, adviser="Sophie") for line in talk[::2])
            assert not any("{" in line for line in talk[1::2])


def test_words_exist_for_every_score():
    assert set(words()["ratings"]) == {1, 2, 3, 4, 5}
