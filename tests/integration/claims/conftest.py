"""A conversation, evidence in a folder of the test, a mail server, a receiver of webhooks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.conversations import evidence
from bot.conversations.models import Conversation
from bot.conversations.receiving import open_conversation
from bot.django_config import smtp
from bot.settings import settings as own_settings
from tests.mail_server import Mailbox, MailServer


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(own_settings(), "var", tmp_path)
    evidence.store.cache_clear()
    yield tmp_path / "evidence"
    evidence.store.cache_clear()


@pytest.fixture
def conversation(transactional_db: None) -> Conversation:
    return open_conversation("web")


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Mailbox]:
    """Send e-mails to a real server; give what it took."""
    server = MailServer()
    monkeypatch.setattr(own_settings(), "smtp_url", SecretStr(server.url))
    settings.MAILERS = {"default": {"OPTIONS": smtp(server.url)}}
    yield server.box
    server.stop()
