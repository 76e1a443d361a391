"""Shared by all tests: settings that point nowhere real."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.stack import Stack
    from tests.telegram_peer import TelegramPeer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.django_config")
os.environ.setdefault("CYBERCARE_SECRET_KEY", "only-for-tests")
os.environ.setdefault("CYBERCARE_ENGINE_TOKEN", "only-for-tests")


@pytest.fixture
def telegram_peer() -> "Iterator[TelegramPeer]":
    """Start a local Bot API; in the end, no request to it may have been wrong."""
    from tests.telegram_peer import TelegramPeer  # late: aiogram takes a second to import

    peer = TelegramPeer()
    yield peer
    peer.close()
    assert peer.wrong == []


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Stack"]:
    """Start a whole installation once for all tests that ask for it: see tests/stack.py."""
    from tests.stack import Stack

    running = Stack(tmp_path_factory.mktemp("stack") / "var")
    try:
        yield running.start()
    finally:
        running.stop()
