"""Advisers with browsers of their own, and conversations for them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from bot.conversations import evidence
from bot.conversations.models import Conversation
from bot.conversations.receiving import open_conversation
from bot.desk.models import Adviser, Role
from bot.settings import settings
from tests.desk import new_adviser, signed_in


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings(), "var", tmp_path)
    evidence.store.cache_clear()
    cache.clear()
    yield
    evidence.store.cache_clear()


@pytest.fixture
def conversation(transactional_db: None) -> Conversation:
    return open_conversation("web")


@pytest.fixture
def sophie(transactional_db: None) -> Adviser:
    return new_adviser("Sophie Exemple")


@pytest.fixture
def marc(transactional_db: None) -> Adviser:
    return new_adviser("Marc Exemple")


@pytest.fixture
def desk(sophie: Adviser) -> Client:
    """Sophie's browser."""
    return signed_in(sophie)


@pytest.fixture
def browser_of(transactional_db: None) -> Callable[[str], Client]:
    def make(role: str) -> Client:
        return signed_in(new_adviser(f"{Role(role).label} Exemple", role))

    return make
