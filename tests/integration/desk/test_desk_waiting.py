"""What a waiting member is told: honest, kept up to date, and how to be called back."""

import random
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from django.utils import timezone

from bot.conversations import handling, waiting
from bot.conversations.models import CallBack, Conversation
from bot.conversations.ownership import Owner
from bot.conversations.services import hand_off
from bot.events.models import Event
from bot.invented import new_id
from bot.settings import settings
from tests.claims import exchange
from tests.desk import say_as
from tests.sse import listening
from tests.web_server import running_web

pytestmark = pytest.mark.django_db(transaction=True)


def taken(seconds: int, place: int = 1, minutes_ago: int = 5) -> None:
    at = timezone.now() - timedelta(minutes=minutes_ago)
    Event.objects.create(name=waiting.TAKEN, at=at, properties={"seconds": seconds, "place": place})


def other(minutes: int, priority: int = 3) -> Conversation:
    since = timezone.now() - timedelta(minutes=minutes)
    return Conversation.objects.create(channel="web", owner=Owner.WAITING, priority=priority, waiting_since=since)


def line(conversation) -> str:
    conversation.refresh_from_db()
    return waiting.shown(conversation) or ""


def test_the_place_counts_graver_and_longer_waiting_ones(conversation):
    other(10)
    other(0, priority=0)
    hand_off(conversation, "asked")
    assert waiting.place(conversation) == 3
    assert "avant vous dans la file : 2" in line(conversation)
    assert any("avant vous" in message.text for message in conversation.messages.filter(author="system"))


def test_invented_conversations_stand_before_nobody_real_and_tell_nothing_about_the_wait(conversation):
    chance = random.Random(1)
    for _ in range(waiting.ENOUGH):
        since = timezone.now() - timedelta(hours=1)
        shown = {"channel": "web", "owner": Owner.WAITING, "priority": 0, "waiting_since": since}
        invented = Conversation.objects.create(pk=new_id(chance), **shown)
        taken(60)
        Event.objects.filter(conversation=None).update(conversation=invented.pk)
    hand_off(conversation, "asked")
    assert (waiting.place(conversation), waiting.place(invented)) == (1, waiting.ENOUGH)
    assert waiting.standing(conversation).minutes is None
    other(10)
    assert waiting.place(conversation) == 2


def test_with_too_few_hand_overs_nobody_pretends_to_know(conversation):
    for _ in range(waiting.ENOUGH - 1):
        taken(60)
    taken(60, minutes_ago=600)
    hand_off(conversation, "asked")
    assert "ne peux pas encore vous dire" in line(conversation)


def test_the_estimate_follows_recent_hand_overs_and_the_place(conversation):
    for seconds in (120, 240, 300, 420, 540):
        taken(seconds)
    other(20)
    hand_off(conversation, "asked")
    minutes = waiting.standing(conversation).minutes
    assert minutes is not None
    assert minutes % waiting.ROUNDED_TO == 0
    assert 10 <= minutes <= 20, "two places of about seven minutes"
    assert f"environ {minutes} minutes" in line(conversation)


def test_who_waits_longer_than_estimated_is_told_so(conversation):
    for _ in range(6):
        taken(60)
    hand_off(conversation, "asked")
    Conversation.objects.update(waiting_since=timezone.now() - timedelta(minutes=30))
    assert "plus de temps que d'habitude" in line(conversation)


def test_a_life_in_danger_hears_no_numbers_of_places(conversation):
    other(5, priority=0)
    hand_off(conversation, "danger_to_life")
    assert line(conversation).startswith("Un conseiller est prévenu en priorité")


def test_out_of_hours_the_urgent_numbers_are_said_and_a_call_back_is_offered(conversation, monkeypatch):
    monkeypatch.setattr(settings(), "desk_hours", "mo 00:00-00:01")
    hand_off(conversation, "asked")
    message = conversation.messages.last()
    assert "078 170 170" in message.text
    assert "lundi" in message.text
    (button,) = message.buttons
    (asked,) = exchange(conversation, button["title"], button["payload"])
    assert "numéro" in asked.text
    (again,) = exchange(conversation, "0470 12")
    assert "pas reconnu" in again.text
    (noted,) = exchange(conversation, "le 0470/12.34.56 après 18h")
    assert "0470 12 34 56" in noted.text
    assert CallBack.objects.get().phone == "+32470123456"


def test_a_number_that_was_not_asked_for_is_no_call_back(conversation):
    hand_off(conversation, "asked")
    exchange(conversation, "0470 12 34 56")
    assert not CallBack.objects.exists()


def test_a_waiting_member_who_writes_again_and_again_is_told_once(conversation):
    hand_off(conversation, "asked")
    assert [len(exchange(conversation, "vous êtes là ?")) for _ in range(3)] == [1, 0, 0]


@pytest.fixture
def web(django_db_setup, tmp_path):
    with running_web(tmp_path / "log") as server:
        yield server


def test_the_members_page_hears_its_place_after_a_reload_too_and_that_an_adviser_writes(web, sophie):
    opened = httpx.post(f"{web.address}/api/chat/session").json()
    key, token = opened["conversation"], opened["token"]
    first = other(30)
    hand_off(Conversation.objects.get(pk=key), "asked")
    for _ in range(2):
        with listening(web.address, token) as events:
            told = next(event for event in events if event.name == "waiting")
            assert "avant vous dans la file : 1" in told.data["told"]
    with listening(web.address, token) as events:
        assert next(event for event in events if event.name == "waiting")
        handling.take(first.pk, sophie.pk)
        assert "prochaine" in next(event for event in events if event.name == "waiting").data["told"]
        handling.show_typing(key, sophie.pk)
        assert next(event for event in events if event.name == "typing").data == {"author": "adviser"}
        say_as(key, sophie.pk, "Bonjour", uuid4().hex)
        assert next(event for event in events if event.name == "waiting").data == {"told": None}
