"""The ready answers that are shipped: what members may read, and nothing that nobody may promise."""

import re

import pytest

from bot.catalogue.reading import RAW_CONTACT
from bot.desk.placeholders import NAMES, filled, ready, unknown
from bot.desk.shipped import shipped_replies
from bot.errors import UnfilledPlaceholder
from bot.texts import contacts

REPLIES = shipped_replies()
PROMISE = re.compile(
    r"rembours(?!ement, avec une date limite)|couvert|indemnis|garanti|vous auriez d[uû]", re.IGNORECASE
)
FAMILIAR = re.compile(r"\b(tu|toi|ton|tes|ta)\b", re.IGNORECASE)


def test_about_fifteen_are_shipped_each_under_its_own_shortcut():
    assert len(REPLIES) >= 15
    assert all(re.fullmatch(r"[a-z-]{3,24}", each["shortcut"]) for each in REPLIES)
    assert len({each["title"] for each in REPLIES}) == len(REPLIES)
    assert all(len(each["title"]) <= 80 and len(each["text"]) <= 2000 for each in REPLIES)


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply["shortcut"])
def test_a_shipped_answer_promises_nothing_and_has_numbers_by_name_only(reply):
    text = reply["text"]
    assert unknown(text) == []
    assert not RAW_CONTACT.search(text)
    assert not PROMISE.search(text), PROMISE.search(text)
    assert not FAMILIAR.search(text)
    assert max(map(len, re.split(r"\n|(?<=[.!?:])\s", text))) < 170, "sentences are short"
    ready(text, dict.fromkeys(NAMES, "x"))


def test_what_is_known_is_filled_in_and_the_rest_stays_to_be_seen():
    values = {"prenom": "Anne"}
    assert filled("{prenom}, appelez {card_stop} pour {reference}", values) == (
        "Anne, appelez {card_stop} pour {reference}"
    )


def test_contacts_become_clickable_and_each_gap_is_named_once():
    assert ready("{emergency}", {}) == contacts()["emergency"].markdown
    with pytest.raises(UnfilledPlaceholder) as error:
        ready("{prenom} {prenom} {cart_stop}", {})
    assert str(error.value).count("{prenom}") == 1
    assert "le prénom du membre" in str(error.value)
    assert "{cart_stop}" in str(error.value)


def test_a_value_that_looks_like_a_placeholder_is_not_filled_again():
    assert ready("{prenom}", {"prenom": "{reference}", "reference": "CC-1"}) == "{reference}"
