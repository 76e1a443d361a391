"""The question after a closing, over Telegram: five buttons, then the next text or a way out."""

from uuid import uuid4

import pytest

from bot.conversations import handling
from bot.conversations.models import Conversation, Rating
from bot.conversations.ownership import Owner
from bot.texts import say
from bot.turn import Reading
from tests.desk import say_as

ADVISER = uuid4()


@pytest.fixture
def closed(telegram) -> Conversation:
    telegram.peer.write("mon compte a été vidé")
    telegram.exchange()
    conversation = Conversation.objects.get()
    say_as(conversation.pk, ADVISER, "Votre banque a bloqué la carte.", "1")
    handling.close(conversation.pk, ADVISER, "solved")
    telegram.work()
    return conversation


def tap(telegram, title: str) -> list[str]:
    for message in reversed(telegram.peer.sent):
        for button in (button for row in message["keyboard"] for button in row):
            if title in button["text"]:
                telegram.peer.tap(button["data"], message)
                return telegram.exchange()
    raise AssertionError(title)


def reads(telegram, intent: str) -> None:
    telegram.engine.read = lambda _text: Reading(intent, 0.0)


def test_a_score_then_words_and_the_conversation_stays_closed(telegram, closed):
    question = telegram.peer.sent[-1]
    assert question["plain"] == say("rating_question")
    assert [button["text"] for row in question["keyboard"] for button in row] == [
        say(f"rating_{score}") for score in range(1, 6)
    ]
    assert tap(telegram, "5 ·")[-1] == say("rating_words")
    assert [button["text"] for row in question["keyboard"] for button in row] == ["✓ 5 · Très bonne"]
    reads(telegram, "thank")
    telegram.peer.write("très rapide, merci")
    assert telegram.exchange()[-1] == say("rating_thanks")
    rating = Rating.objects.get()
    assert (rating.score, rating.words) == (5, "très rapide, merci")
    closed.refresh_from_db()
    assert closed.owner == Owner.CLOSED


def test_the_way_out_is_under_the_words(telegram, closed):
    tap(telegram, "2 ·")
    assert tap(telegram, "Non merci")[-1] == say("rating_thanks")
    assert tap(telegram, "encore besoin d'aide")[-1] == "vous dites : /report"


def test_a_new_report_after_the_score_is_answered_by_the_bot(telegram, closed):
    tap(telegram, "4 ·")
    reads(telegram, "report_fraud")
    telegram.peer.write("on vient de me voler encore de l'argent")
    assert telegram.exchange()[-1].startswith("vous dites : on vient de me voler")
    assert Rating.objects.get().words == ""
