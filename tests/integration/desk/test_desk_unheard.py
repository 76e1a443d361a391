"""Messages that still waited for the bot when an adviser clicked: listened to before nobody answers them."""

from uuid import uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from bot.conversations.answering import answer
from bot.conversations.models import Author, Conversation, Message, Rating
from bot.conversations.ownership import Owner
from bot.conversations.receiving import Inbound, receive
from bot.conversations.services import hand_off
from bot.texts import say
from tests.claims import DeafEngine
from tests.desk import say_as

pytestmark = pytest.mark.django_db(transaction=True)
DANGER, NUMBER = "je veux mourir", "0800 32 123"


def write(conversation: Conversation, text: str) -> Message:
    return receive(Inbound(conversation.pk, uuid4().hex, text))


def told(conversation: Conversation) -> list[str]:
    return list(conversation.messages.exclude(author=Author.MEMBER).order_by("number").values_list("text", flat=True))


def state(conversation: Conversation) -> tuple[str, int]:
    conversation.refresh_from_db()
    return conversation.owner, conversation.priority


def numbers_said(conversation: Conversation) -> int:
    return sum(NUMBER in text for text in told(conversation))


@pytest.mark.parametrize("before", [Owner.BOT, Owner.WAITING, Owner.CLOSED])
def test_taking_says_the_numbers_to_who_wrote_of_death_and_makes_it_most_urgent(desk, conversation, before):
    Conversation.objects.update(owner=before)
    message = write(conversation, DANGER)
    assert desk.post(f"/desk/c/{conversation.pk}/take").status_code == 200
    message.refresh_from_db()
    assert (message.safety, state(conversation), numbers_said(conversation)) == ("life", (Owner.AGENT, 0), 1)
    assert told(conversation)[-1] == say("adviser_took")
    answer(message.pk, DeafEngine())
    assert numbers_said(conversation) == 1


def test_a_first_answer_listens_as_well(conversation, sophie):
    write(conversation, DANGER)
    say_as(conversation.pk, sophie.pk, "Bonjour.", "desk:1")
    assert (state(conversation), numbers_said(conversation)) == ((Owner.AGENT, 0), 1)
    assert told(conversation)[-1] == "Bonjour."


def test_an_attack_that_waited_raises_the_priority_and_the_engine_listens_for_more(desk, conversation):
    message = write(conversation, "ils sont sur mon pc, la souris bouge toute seule")
    desk.post(f"/desk/c/{conversation.pk}/take")
    assert state(conversation) == (Owner.AGENT, 1)
    jobs = ProcrastinateJob.objects.filter(task_name="hear_danger", status="todo")
    assert [job.args["message_id"] for job in jobs] == [message.pk]


@pytest.mark.parametrize("way", ["close", "release"])
@pytest.mark.parametrize("is_waiting", [False, True])
def test_who_wrote_of_death_is_not_left_without_a_human(desk, conversation, way, is_waiting):
    if is_waiting:
        hand_off(conversation, "asked")
    write(conversation, DANGER)
    refused = desk.post(f"/desk/c/{conversation.pk}/{way}", {"reason": "solved"})
    assert refused.status_code == 409
    assert "une vie est peut-être en danger" in refused.content.decode()
    assert (state(conversation), numbers_said(conversation)) == ((Owner.WAITING, 0), 1)
    assert say("conversation_closed") not in told(conversation)
    assert not Rating.objects.exists()


def test_the_adviser_who_has_read_it_may_close(desk, conversation):
    write(conversation, DANGER)
    address = f"/desk/c/{conversation.pk}/close"
    assert [desk.post(address, {"reason": "solved"}).status_code for _ in range(2)] == [409, 200]
    assert (state(conversation)[0], numbers_said(conversation)) == (Owner.CLOSED, 1)
    assert not Rating.objects.exists()


def test_a_refused_release_leaves_the_bot_its_message_to_answer(desk, conversation):
    message = write(conversation, "bonjour")
    assert desk.post(f"/desk/c/{conversation.pk}/release").status_code == 409
    message.refresh_from_db()
    assert message.answered_at is None
