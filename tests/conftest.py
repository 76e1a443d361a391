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
def stack_peer() -> "Iterator[TelegramPeer]":
    """Start the Bot API that the whole installation talks to."""
    from tests.telegram_peer import TelegramPeer

    peer = TelegramPeer()
    yield peer
    peer.close()
    assert peer.wrong == []


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, stack_peer: "TelegramPeer") -> Iterator["Stack"]:
    """Start a whole installation once for all tests that ask for it; in the end, nothing of it may be left."""
    from tests.stack import Stack, is_running
    from tests.telegram_peer import TOKEN

    telegram = {"CYBERCARE_TELEGRAM_TOKEN": TOKEN, "CYBERCARE_TELEGRAM_API": stack_peer.address}
    running = Stack(tmp_path_factory.mktemp("stack") / "var", env=telegram)
    try:
        yield running.start()
        processes = [running.pid(path.stem) for path in (running.var / "run").glob("*.json")]
    finally:
        code = running.stop()
    assert code == 0, running.output
    assert not any(is_running(pid) for pid in processes)
    assert not list((running.var / "run").glob("*.json"))
    assert not (running.var / "postgres" / "postmaster.pid").exists()
    assert running.leaks() == []
