"""The main path over Telegram's Bot API, on everything for real."""

import re

import pytest

from tests.stack import wait_until
from tests.telegram_chat import PATIENCE, Chat

pytestmark = pytest.mark.slow
STORY = "hier soir j'ai cliqué sur un faux SMS et ce matin 850 € ont disparu"
CONFIRM = "C'est exact, ouvrir le dossier"


@pytest.fixture
def chat(stack, stack_peer):
    return Chat(stack, stack_peer)


def to_the_reference(chat: Chat) -> str:
    chat.says(STORY)
    while CONFIRM not in chat.titles:
        chat.taps("Je ne sais pas")
    return re.search(r"CC-[\d-]+\d", chat.taps(CONFIRM))[0]


def test_a_story_answered_by_taps_ends_with_a_reference_that_statut_gives_back(chat):
    advice = chat.says(STORY)
    assert re.search(r"^1\. .*078 170 170", advice, re.MULTILINE)
    assert "<b>078 170 170</b>" in chat.sent[0]["html"]
    while CONFIRM not in chat.titles:
        chat.taps("Je ne sais pas")
    assert "850,00" in chat.sent[-1]["plain"]
    reference = re.search(r"CC-[\d-]+\d", chat.taps(CONFIRM))[0]

    assert reference in chat.says("/statut")
    assert [claim["reference"] for claim in chat.rows("claims_claim t")] == [reference]


def test_a_photo_gets_a_receipt_and_is_kept_for_the_claim(chat):
    chat.says("bonjour")
    assert "Bien reçu" in chat.gives_photo()
    kept = chat.rows("conversations_evidence t")[0]
    assert kept["media_type"] == "image/jpeg"
    assert (chat.stack.var / "evidence" / kept["key"]).stat().st_size == kept["size"]

    to_the_reference(chat)
    assert chat.rows("conversations_evidence t")[0]["claim"] is not None


def test_effacer_asks_first_and_then_erases(chat):
    chat.says("bonjour")
    assert "effacer" in chat.says("/effacer")
    assert "Rien n'a été effacé" in chat.taps("Non, garder")
    chat.says("/effacer")
    assert "effacée" in chat.taps("Oui, tout effacer")
    texts = [row["text"] for row in chat.rows("conversations_message t")]
    assert "bonjour" not in texts


def test_an_update_that_telegram_repeats_is_answered_once(chat, stack_peer):
    chat.says("merci")
    update = stack_peer.write("bonjour", chat=chat.id)
    stack_peer.repeat(update)
    wait_until(lambda: len(chat.sent) >= 2 and not stack_peer.unacknowledged, PATIENCE)
    chat.says("êtes-vous un robot ?")
    assert len(chat.sent) == 3
