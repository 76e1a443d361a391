"""Staff is told of what is urgent and waits too long: of the right ones, once, and without anything personal."""

import random
import threading
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pydantic import SecretStr

from bot.conversations import alerts, hours, tasks
from bot.conversations.models import Alert, Conversation
from bot.conversations.ownership import Owner
from bot.conversations.receiving import Inbound, receive
from bot.conversations.services import hand_off
from bot.django_config import smtp
from bot.events.models import Event
from bot.invented import new_id
from bot.settings import settings as own_settings
from tests.claims import do_jobs
from tests.desk import say_as
from tests.mail_server import Mailbox, MailServer, text_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mail(monkeypatch, settings) -> Iterator[Mailbox]:
    server = MailServer()
    monkeypatch.setattr(own_settings(), "smtp_url", SecretStr(server.url))
    monkeypatch.setattr(own_settings(), "alert_to", ["equipe@example.be", "garde@example.be"])
    monkeypatch.setattr(own_settings(), "public_url", "https://chat.example.be/")
    settings.MAILERS = {"default": {"OPTIONS": smtp(server.url)}}
    yield server.box
    server.stop()


def waits(minutes: float, priority: int = 0, owner: str = Owner.WAITING, **values) -> Conversation:
    since = timezone.now() - timedelta(minutes=minutes)
    return Conversation.objects.create(
        channel="web", owner=owner, priority=priority, waiting_since=since, **{"family": "insults", **values}
    )


def later(minutes: float) -> None:
    """Let that much time pass, as far as alerts know."""
    for alert in Alert.objects.all():
        Alert.objects.filter(pk=alert.pk).update(last_at=alert.last_at - timedelta(minutes=minutes))


def test_nobody_is_called_for_the_demo(mail):
    waits(40, pk=new_id(random.Random(1)))
    assert alerts.look() == 0


def test_the_mail_says_gravity_kind_minutes_and_link_and_nothing_personal(mail):
    talk = waits(4, subtype="minor_bullying")
    receive(Inbound(talk.pk, "m1", "je m'appelle Jeanne Exemple et je n'en peux plus"))
    assert alerts.look() == 1
    do_jobs(queues=["alerts"])
    (message,) = mail.messages
    assert message["To"] == "equipe@example.be, garde@example.be"
    assert message["Subject"] == "Cyber Care : Vie en danger, une conversation attend"
    text = text_of(message)
    assert "Vie en danger · " in text
    assert "attend depuis 4 min" in text
    assert f"https://chat.example.be/desk/c/{talk.pk}" in text
    assert "Jeanne" not in str(message)
    assert Event.objects.get(name="staff_alerted").properties == {"channel": "email", "count": 1}


@pytest.mark.parametrize(
    ("minutes", "priority", "is_told"),
    [(0.5, 0, False), (1.5, 0, True), (2.5, 1, False), (3.5, 1, True), (9, 2, False), (11, 2, True), (999, 3, False)],
)
def test_each_gravity_has_its_own_patience(mail, minutes, priority, is_told):
    waits(minutes, priority)
    assert alerts.look() == int(is_told)


@pytest.mark.parametrize(("minutes", "is_told"), [(2, False), (4, True)])
def test_what_an_adviser_has_may_wait_three_times_as_long(mail, minutes, is_told):
    waits(minutes, 0, Owner.AGENT)
    assert alerts.look() == int(is_told)


@pytest.mark.parametrize(("priority", "is_told"), [(0, True), (1, False), (2, False)])
def test_out_of_hours_only_a_life_in_danger_is_told(mail, monkeypatch, priority, is_told):
    monkeypatch.setattr(hours, "is_open", lambda _now: False)
    waits(60, priority)
    assert alerts.look() == int(is_told)


def test_many_that_wait_make_one_message_the_gravest_first(mail):
    for number in range(23):
        waits(20 + number, priority=1)
    waits(5)
    assert alerts.look() == 24
    do_jobs(queues=["alerts"])
    (message,) = mail.messages
    assert message["Subject"] == "Cyber Care : Vie en danger, 24 conversations attendent"
    text = text_of(message)
    assert text.count("/desk/c/") == 20
    assert "… et 4 autres conversations." in text
    assert text.index("Vie en danger ·") < text.index("Attaque en cours ·")


def test_the_same_waiting_is_told_once_then_at_intervals_and_not_for_ever(mail):
    waits(5)
    told = [alerts.look(), alerts.look()]
    for _ in range(5):
        later(15)
        told += [alerts.look(), alerts.look()]
    assert told == [1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0]


def test_a_graver_or_a_new_waiting_is_told_anew(mail):
    talk = waits(30, priority=2)
    assert alerts.look() == 1
    hand_off(talk, "danger_to_life")
    assert alerts.look() == 1
    Conversation.objects.update(waiting_since=timezone.now() - timedelta(minutes=2))
    assert alerts.look() == 1
    assert Alert.objects.count() == 2


def test_who_is_answered_is_told_of_no_more(mail):
    talk = waits(5)
    say_as(talk.pk, uuid4(), "Je suis là.", "1")
    assert alerts.look() == 0


def test_without_an_address_or_a_chat_nothing_is_looked_for(monkeypatch):
    waits(5)
    assert alerts.look() == 0
    assert not Alert.objects.exists()
    assert alerts.try_out() == {}


def test_two_workers_at_once_tell_each_waiting_once(mail):
    for _ in range(40):
        waits(5)
    counts, start = [], threading.Barrier(2)

    def work() -> None:
        start.wait()
        counts.append(alerts.look())
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts.append(alerts.look())  # what the one skipped because the other held it
    assert sum(counts) == 40
    assert set(Alert.objects.values_list("times", flat=True)) == {1}
    lines = sum(text.count("/desk/c/") for text in (job.args["text"] for job in _jobs()))
    assert lines <= 40


def test_a_server_that_puts_it_off_gets_it_again(mail):
    mail.refusals = 1
    waits(5)
    alerts.look()
    do_jobs(queues=["alerts"])
    (job,) = _jobs()
    assert (mail.messages, job.status, job.attempts) == ([], "todo", 1)
    tasks.send_alert(**job.args)
    assert len(mail.messages) == 1


def test_an_operator_can_try_it_and_reads_what_goes_wrong(mail):
    assert alerts.try_out() == {"email": ""}
    assert "essai" in mail.messages[0]["Subject"]
    mail.refusals = 1
    assert "451" in alerts.try_out()["email"]


def _jobs() -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name="send_alert"))
