"""`cybercare alert`, as an operator runs it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from bot.conversations.models import Conversation
from bot.conversations.ownership import Owner
from tests.mail_server import MailServer
from tests.web_server import database_url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server() -> Iterator[MailServer]:
    running = MailServer()
    yield running
    running.stop()


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATABASE_URL": database_url(), **variables}
    command = [sys.executable, "-m", "bot.cli", "alert", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_a_test_is_sent_and_a_refusal_is_shown(server):
    mailed = {"CYBERCARE_SMTP_URL": server.url, "CYBERCARE_ALERT_TO": '["garde@example.be"]'}
    done = run("--test", **mailed)
    assert (done.stdout, done.returncode) == ("email: sent\n", 0)
    assert server.box.messages[0]["To"] == "garde@example.be"
    server.box.refusals = 1
    refused = run("--test", **mailed)
    assert "451" in refused.stdout
    assert refused.returncode == 1


def test_without_anybody_to_tell_the_settings_are_named():
    done = run("--test")
    assert "CYBERCARE_ALERT_TO" in done.stdout
    assert done.returncode == 1


def test_an_address_without_a_mail_server_is_refused():
    done = run("--test", CYBERCARE_ALERT_TO='["garde@example.be"]')
    assert "CYBERCARE_SMTP_URL must be set" in done.stderr
    assert done.returncode == 1


def test_by_hand_it_looks_as_the_worker_does(server):
    since = timezone.now() - timedelta(minutes=5)
    Conversation.objects.create(channel="web", owner=Owner.WAITING, priority=0, waiting_since=since)
    done = run(CYBERCARE_SMTP_URL=server.url, CYBERCARE_ALERT_TO='["garde@example.be"]')
    assert done.stdout == "1 conversations told\n"
