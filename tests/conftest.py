"""Shared by all tests: settings that point nowhere real."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.stack import Stack
    from tests.telegram_peer import TelegramPeer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.django_config")
os.environ.setdefault("CYBERCARE_SECRET_KEY", "only-for-tests")
os.environ.setdefault("CYBERCARE_ENGINE_TOKEN", "only-for-tests")


#: The quick ones first; the browser's last, because Playwright keeps an event loop on the main thread.
FOLDERS = ("unit", "nlu", "integration", "chaos", "conversations", "e2e")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the tests by folder (pytest-django would put all with a database first), browser tests last."""
    here = Path(__file__).parent
    items.sort(
        key=lambda item: (
            FOLDERS.index(item.path.relative_to(here).parts[0]),
            item.get_closest_marker("browser") is not None,
        )
    )


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
def stack(stack_peer: "TelegramPeer") -> Iterator["Stack"]:
    """Start a whole installation once for all tests that ask for it; in the end, nothing of it may be left."""
    from tests.stack import Stack, is_running
    from tests.telegram_peer import TOKEN

    telegram = {"CYBERCARE_TELEGRAM_TOKEN": TOKEN, "CYBERCARE_TELEGRAM_API": stack_peer.address}
    # Not pytest's own folder: the start of another pytest closes that to PostgreSQL's user.
    running = Stack(Path(mkdtemp(prefix="cybercare-")) / "var", env=telegram)
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
    shutil.rmtree(running.var.parent)  # kept where something failed


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start an empty embedded PostgreSQL, return its URL, stop it in the end."""
    from bot.runtime.database import start_embedded, stop_embedded

    folder = Path(mkdtemp(prefix="cybercare-"))  # not pytest's own: other pytests remove that, three starts later
    yield os.environ.get("CYBERCARE_TEST_DATABASE_URL") or start_embedded(folder)
    stop_embedded(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres: str) -> None:
    """Point Django at that PostgreSQL (a hook of pytest-django, called before it makes its test database)."""
    from django.db import connection

    from bot.django_config import database
    from tests.emptying import empty_quickly

    connection.settings_dict.update(database(postgres))
    empty_quickly()
