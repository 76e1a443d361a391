"""Danger in what the bot does not answer: said to an adviser, or put into a message by an edit."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from bot.conversations.models import Author, Conversation, Message
from bot.conversations.overhearing import hear
from bot.conversations.ownership import Owner
from bot.conversations.receiving import Inbound, edit, open_conversation, receive
from bot.errors import EngineFailure
from bot.events.models import Event
from bot.texts import say
from bot.turn import Reading

pytestmark = pytest.mark.django_db(transaction=True)
HARMLESS = "depuis cette arnaque je range mes affaires une à une"


class Engine:
    def __init__(self, danger: float = 0.0, intent: str = "out_of_scope") -> None:
        self.reading, self.texts = Reading(intent, danger), []

    def read(self, text: str) -> Reading:
        self.texts.append(text)
        return self.reading


@pytest.fixture
def conversation() -> Conversation:
    return open_conversation("web")


def write(conversation: Conversation, text: str, owner: str = Owner.AGENT, **values: str) -> Message:
    Conversation.objects.update(owner=owner)
    return receive(Inbound(conversation.pk, uuid4().hex, text, **values))


def edited(conversation: Conversation, text: str) -> Message:
    message = write(conversation, "bonjour", Owner.BOT)
    Message.objects.update(answered_at=timezone.now())
    found = edit(conversation, message.external_id, text, timezone.now() + timedelta(seconds=5))
    assert found is not None
    return found


def said(conversation: Conversation) -> list[str]:
    return list(conversation.messages.filter(author=Author.SYSTEM).order_by("number").values_list("text", flat=True))


def state(conversation: Conversation) -> tuple[str, int]:
    conversation.refresh_from_db()
    return conversation.owner, conversation.priority


def asked() -> list[int]:
    jobs = ProcrastinateJob.objects.filter(task_name="hear_danger", status="todo")
    return [job.args["message_id"] for job in jobs]


@pytest.mark.parametrize(
    ("text", "language"),
    [("ik wil dood, ik kan niet meer", "nl"), ("i want to die", "en"), ("ich will nicht mehr leben", "de")],
)
@pytest.mark.parametrize("way", [write, edited])
def test_a_danger_in_another_language_is_heard_at_once(conversation, way, text, language):
    way(conversation, text)
    assert said(conversation)[0] == say(f"life_{language}")
    assert state(conversation)[1] == 0


@pytest.mark.parametrize("way", [write, edited])
@pytest.mark.parametrize("engine", [Engine(danger=0.6), Engine(intent="distress")])
def test_a_danger_that_only_the_engine_sees_is_answered_like_one_that_a_rule_saw(conversation, way, engine):
    message = way(conversation, HARMLESS)
    assert message.pk in asked()
    hear(message.pk, engine)
    hear(message.pk, engine)
    message.refresh_from_db()
    assert message.safety == "life"
    assert sum("0800 32 123" in text for text in said(conversation)) == 1
    assert state(conversation) == (Owner.AGENT if way is write else Owner.WAITING, 0)


def test_a_danger_put_into_a_closed_conversation_opens_it_for_a_human(conversation):
    message = write(conversation, "bonjour", Owner.BOT)
    Message.objects.update(answered_at=timezone.now())
    Conversation.objects.update(owner=Owner.CLOSED)
    edit(conversation, message.external_id, "je veux mourir", timezone.now() + timedelta(seconds=5))
    assert state(conversation) == (Owner.WAITING, 0)


def test_a_danger_put_into_what_was_written_to_an_adviser_is_heard(conversation):
    message = write(conversation, "bonjour")
    conversation.refresh_from_db()
    edit(conversation, message.external_id, "je veux mourir", timezone.now() + timedelta(seconds=5))
    assert state(conversation) == (Owner.AGENT, 0)


def test_a_possible_danger_told_to_an_adviser_gets_one_word_beside_the_talk(conversation):
    for text in (HARMLESS, "j'ai aussi trié les photos et les papiers de la maison"):
        hear(write(conversation, text).pk, Engine(danger=0.3))
    assert said(conversation) == [say("life_possible_beside_human")]
    assert Event.objects.filter(name="danger_possible").count() == 1
    assert state(conversation) == (Owner.AGENT, 3)


def test_a_possible_danger_in_an_edit_offers_a_human(conversation):
    hear(edited(conversation, HARMLESS).pk, Engine(danger=0.3))
    assert said(conversation) == [say("life_possible")]
    assert state(conversation)[0] == Owner.BOT


def test_no_danger_says_nothing(conversation):
    hear(write(conversation, HARMLESS).pk, Engine(danger=0.1))
    assert said(conversation) == []


def test_an_attack_told_to_an_adviser_is_marked_and_raises_the_priority(conversation):
    message = write(conversation, "ils sont sur mon pc, la souris bouge toute seule")
    message.refresh_from_db()
    assert message.safety == "ongoing"
    assert state(conversation) == (Owner.AGENT, 1)
    assert said(conversation) == []


def test_the_engine_is_not_asked_where_the_bot_answers_or_nothing_is_said(conversation):
    before = len(asked())
    write(conversation, HARMLESS, Owner.BOT)
    write(conversation, "Oui", command="/affirm")
    write(conversation, "photo.jpg", command="attachment")
    write(conversation, "je veux mourir")
    assert len(asked()) == before


def test_an_engine_that_is_down_leaves_the_message_to_be_asked_about_again(conversation):
    class Broken(Engine):
        def read(self, text: str) -> Reading:
            raise EngineFailure("ConnectionError")

    message = write(conversation, HARMLESS)
    with pytest.raises(EngineFailure):
        hear(message.pk, Broken())
    assert said(conversation) == []
