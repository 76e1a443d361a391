"""One LISTEN connection per process: tells whoever subscribed which conversation changed (see live.py)."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Protocol
from uuid import UUID

import psycopg
import structlog
from django.db import connections
from psycopg import sql

from bot.conversations.live import CHANNEL, Row

CHECK_EVERY = 30.0  # seconds of silence after which the connection is tried
LONGEST_PAUSE = 5.0  # seconds between two attempts to reconnect
OF_DJANGO = {"pool", "server_side_binding"}  # options that psycopg does not know
log = structlog.get_logger(__name__)


class Alarm:
    """Wakes one stream of the event loop; raised many times before it looks, it wakes once."""

    def __init__(self) -> None:
        """Start silent."""
        self._raised = asyncio.Event()

    def raise_(self) -> None:
        """Have the stream look."""
        self._raised.set()

    async def wait(self, seconds: float) -> bool:
        """Return whether it was raised within `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._raised.wait()
        except TimeoutError:
            return False
        self._raised.clear()
        return True


class Listener(Protocol):
    """Hears of changes, on the event loop."""

    def wake(self, conversation: UUID, kind: str, carried: Sequence[Row] = ()) -> None:
        """Hear that something of this `live.Kind` happened; `carried` are the messages that came along."""

    def wake_all(self) -> None:
        """Hear that notifications may have been missed."""


_listeners: list[Listener] = []


def subscribe(listener: Listener) -> None:
    """Have `listener` told of every change while this process listens."""
    if listener not in _listeners:
        _listeners.append(listener)


@asynccontextmanager
async def listening() -> AsyncIterator[None]:
    """Listen while the block runs."""
    task = asyncio.create_task(_listen_for_ever(), name="listener")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _listen_for_ever() -> None:
    pause = 0.1
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(autocommit=True, **_parameters()) as connection:
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                for listener in _listeners:
                    listener.wake_all()
                pause = 0.1
                await _forward(connection)
        except (psycopg.Error, OSError) as error:
            log.warning("listener_lost", reason=type(error).__name__, pause=pause)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def _forward(connection: psycopg.AsyncConnection[Any]) -> None:
    """Pass notifications on until the connection breaks; a half-dead one is found by asking it something."""
    connection.add_notify_handler(lambda notice: _tell(notice.payload))  # those that come with the answer
    while True:
        await _hear(connection, CHECK_EVERY)
        await connection.execute("SELECT 1")


async def _hear(connection: psycopg.AsyncConnection[Any], seconds: float) -> None:
    """Pass on what the server says unasked within so many seconds.

    psycopg 3.3's own `notifies()` makes an event, a timer and a reader for each: a fifth of the web process' time.

    Raises:
        psycopg.Error: the connection broke.
    """
    loop, socket = asyncio.get_running_loop(), connection.fileno()
    broken: asyncio.Future[None] = loop.create_future()

    def read() -> None:
        try:
            connection.pgconn.consume_input()
            while notice := connection.pgconn.notifies():
                _tell(notice.extra)
        except psycopg.Error as error:
            loop.remove_reader(socket)
            broken.set_exception(error)

    loop.add_reader(socket, read)
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await broken
    finally:
        loop.remove_reader(socket)


def _tell(payload: str | bytes) -> None:
    told = json.loads(payload)
    for listener in _listeners:
        listener.wake(UUID(told["conversation"]), told["kind"], told.get("messages", ()))


def _parameters() -> dict[str, Any]:
    """Return how psycopg reaches the database that Django uses."""
    known = connections["default"].settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    parameters = {key: known[name] for key, name in names.items() if known[name]}
    options = {key: value for key, value in known["OPTIONS"].items() if key not in OF_DJANGO}
    return {**options, **parameters, "connect_timeout": 5, "application_name": "cybercare-listener"}
