"""The weekly report, sent to a real mail server."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image
from pydantic import SecretStr

from bot.analytics import weekly
from bot.analytics.tasks import send_weekly_report
from bot.django_config import smtp
from bot.settings import settings as own_settings
from tests.mail_server import Mailbox, MailServer, text_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch, settings: Any):
    server = MailServer()
    monkeypatch.setattr(own_settings(), "smtp_url", SecretStr(server.url))
    monkeypatch.setattr(own_settings(), "report_to", ["claims@example.be", "boss@example.be"])
    settings.MAILERS = {"default": {"OPTIONS": smtp(server.url)}}
    yield server.box
    server.stop()


def test_the_report_has_text_html_and_pictures_and_is_sent_once(weeks, mail: Mailbox):
    week = weekly.week_before(timezone.localdate())
    assert [weekly.send(week), weekly.send(week)] == [True, False]
    (message,) = mail.messages
    assert message["To"] == "claims@example.be, boss@example.be"
    assert "Signalements : " in text_of(message)
    assert "cid:days" in text_of(message, "html")
    pictures = {part["Content-ID"]: part for part in message.walk() if part.get_content_type() == "image/png"}
    assert pictures.keys() == {"<days>", "<kinds>"}
    for part in pictures.values():
        assert Image.open(io.BytesIO(part.get_payload(decode=True))).width == 1200


def test_small_numbers_of_kinds_are_hidden(weeks, mail: Mailbox):
    kinds = weekly.compose(weekly.week_before(timezone.localdate())).kinds
    assert kinds
    assert not {"1", "2", "3", "4"} & {count for _, now, before in kinds for count in (now, before)}


def test_it_is_sent_on_monday_mornings_in_brussels_summer_and_winter(mail: Mailbox):
    for moment in (datetime(2026, 7, 6, 5, 30, tzinfo=UTC), datetime(2026, 7, 6, 6, 30, tzinfo=UTC)):
        send_weekly_report.func(int(moment.timestamp()))
    for moment in (datetime(2026, 11, 23, 5, 30, tzinfo=UTC), datetime(2026, 11, 23, 6, 30, tzinfo=UTC)):
        send_weekly_report.func(int(moment.timestamp()))
    assert [message["Subject"] for message in mail.messages] == [
        "Cyber Care : la semaine 27",
        "Cyber Care : la semaine 47",
    ]


def test_without_recipients_or_mail_server_nothing_is_sent(monkeypatch, mail: Mailbox):
    monkeypatch.setattr(own_settings(), "report_to", [])
    assert not weekly.send(weekly.week_before(timezone.localdate() - timedelta(days=7)))
    assert mail.messages == []
