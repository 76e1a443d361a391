"""Alerts in a Telegram chat of the staff."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from bot.conversations import alerts
from bot.conversations.models import Conversation
from bot.conversations.ownership import Owner
from bot.events.models import Event
from bot.settings import settings

STAFF = -1001234567890


@pytest.fixture
def staff(telegram, monkeypatch):
    monkeypatch.setattr(settings(), "alert_chat", str(STAFF))
    return telegram


def test_the_staffs_chat_is_told_again_after_a_failure(staff):
    since = timezone.now() - timedelta(minutes=4)
    talk = Conversation.objects.create(channel="web", owner=Owner.WAITING, priority=1, waiting_since=since)
    staff.peer.fail_next("sendMessage", 502)
    assert alerts.look() == 1
    ProcrastinateJob.objects.filter(task_name="send_alert").update(scheduled_at=None)
    staff.work()
    (text,) = staff.peer.texts(STAFF)
    assert text.startswith("Cyber Care : Attaque en cours, une conversation attend.")
    assert f"/desk/c/{talk.pk}" in text
    assert "type pas encore clair" in text
    assert Event.objects.get(name="staff_alerted").properties == {"channel": "telegram", "count": 1}


def test_a_test_goes_to_the_chat_and_a_refusal_is_named(staff):
    assert alerts.try_out() == {"telegram": ""}
    assert "essai" in staff.peer.texts(STAFF)[0]
    staff.peer.blocked.add(STAFF)
    assert alerts.try_out()["telegram"].startswith("Forbidden")


def test_what_staff_writes_there_is_nothing_for_the_bot(staff):
    staff.peer.write("je le prends", chat=STAFF)
    staff.arrive()
    assert not Conversation.objects.exists()
    staff.peer.write("bonjour", chat=-1009)
    staff.exchange()
    assert Conversation.objects.get().address == "-1009"
