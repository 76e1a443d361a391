"""What an adviser gives to a member on Telegram."""

from uuid import uuid4

import pytest

from bot.conversations import evidence
from bot.conversations.handling import Said
from bot.conversations.models import Conversation, Message
from bot.conversations.sending import send_file
from tests.pictures import PDF, picture


@pytest.fixture
def conversation(telegram):
    telegram.peer.write("bonjour")
    telegram.exchange()
    telegram.peer.sent.clear()
    return Conversation.objects.get()


def give(conversation, name: str, content: bytes, text: str = "", **more) -> Message:
    return send_file(conversation.pk, uuid4(), Said(text, uuid4().hex, **more), name, content)


def given(telegram) -> list[tuple[str, str]]:
    """Return what came after the notice that an adviser took over, as kind and words."""
    return [(message.get("kind", "text"), message["plain"]) for message in telegram.peer.sent[1:]]


def test_a_picture_comes_as_a_photo_and_the_words_with_the_buttons_after_it(telegram, conversation):
    give(conversation, "marche.png", picture("PNG"), "Voici où cliquer.", buttons=[{"title": "Vu", "payload": "help"}])
    telegram.work()
    assert given(telegram) == [("photo", "marche.png"), ("text", "Voici où cliquer.")]
    assert [len(message["keyboard"]) for message in telegram.peer.sent[1:]] == [0, 1]
    assert Message.objects.get(author="adviser").delivered_at


def test_a_pdf_comes_as_a_document_byte_for_byte_and_needs_no_words(telegram, conversation):
    give(conversation, "formulaire.pdf", PDF)
    telegram.work()
    assert given(telegram) == [("document", "formulaire.pdf")]
    assert telegram.peer.sent[-1]["content"] == PDF


def test_a_picture_that_telegram_takes_for_no_photo_comes_as_a_document(telegram, conversation):
    telegram.peer.fail_next("sendPhoto", 400)
    give(conversation, "long.png", picture("PNG", size=(2, 2000)))
    telegram.work()
    assert given(telegram) == [("document", "long.png")]


def test_a_file_is_tried_again_and_not_sent_twice_when_the_words_fail(telegram, conversation):
    telegram.peer.fail_next("sendDocument", 502)
    give(conversation, "formulaire.pdf", PDF, "À signer.")
    telegram.peer.fail_next("sendMessage", 0)  # the notice
    telegram.peer.fail_next("sendMessage", 500)
    telegram.work()
    assert given(telegram) == [("document", "formulaire.pdf"), ("text", "À signer.")]


def test_a_file_that_the_store_has_lost_is_given_up(telegram, conversation):
    message = give(conversation, "formulaire.pdf", PDF)
    evidence.discard([message.sent_files.get().key])
    telegram.work()
    assert given(telegram) == []
    message.refresh_from_db()
    assert (message.delivery_id, message.delivered_at) == ("refused", None)
