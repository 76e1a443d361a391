"""Shared by all tests: settings that point nowhere real."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadGroupScheduling

    from tests.stack import Stack
    from tests.telegram_peer import TelegramPeer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.django_config")
os.environ.setdefault("CYBERCARE_SECRET_KEY", "only-for-tests")
os.environ.setdefault("CYBERCARE_ENGINE_TOKEN", "only-for-tests")


#: The quick ones first; the browser's last, because Playwright keeps an event loop on the main thread.
ALONE = ("unit", "nlu", "integration", "chaos", "conversations", "e2e")
#: Of several at a time the long ones first, so that all are done at about the same time.
SIDE_BY_SIDE = ("conversations", "nlu", "integration", "unit", "chaos", "e2e")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Order the tests by folder (pytest-django would put all with a database first), browser tests last."""
    here = Path(__file__).parent
    folders = SIDE_BY_SIDE if "PYTEST_XDIST_WORKER" in os.environ else ALONE
    for item in items:
        if "stack" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("stack"))
    yield
    items.sort(
        key=lambda item: (
            folders.index(item.path.relative_to(here).parts[0]),
            item.get_closest_marker("browser") is not None,
        )
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> "LoadGroupScheduling":
    """Give each process whole files, in their order; all tests of the shared installation go to the same process."""
    from xdist.scheduler import LoadGroupScheduling

    class WholeFiles(LoadGroupScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return super()._split_scope(nodeid).partition("::")[0]

    return WholeFiles(config, log)


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
    """Start an empty embedded PostgreSQL, return its URL, stop it in the end; each process has its own."""
    from bot.runtime.database import start_embedded, stop_embedded

    folder = Path(mkdtemp(prefix="cybercare-"))  # not pytest's own: other pytests remove that, three starts later
    url = start_embedded(folder)
    _write_lazily(url)
    yield url
    stop_embedded(folder)
    shutil.rmtree(folder)


def _write_lazily(url: str) -> None:
    """Have a PostgreSQL not wait for the disk: nothing of it must outlive a power cut."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} TO off".encode())
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres: str) -> None:
    """Point Django at that PostgreSQL (a hook of pytest-django, called before it makes its test database)."""
    from django.db import connection

    from bot.django_config import database
    from tests.emptying import empty_quickly

    connection.settings_dict.update(database(postgres))
    empty_quickly()
