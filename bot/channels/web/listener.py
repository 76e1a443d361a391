"""One LISTEN connection per process: wakes the streams of a conversation that changed (see conversations/live.py)."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from uuid import UUID

import psycopg
import structlog
from django.db import connections
from psycopg import sql

from bot.conversations.live import CHANNEL

CHECK_EVERY = 30.0  # seconds of silence after which the connection is tried
LONGEST_PAUSE = 5.0  # seconds between two attempts to reconnect
log = structlog.get_logger(__name__)


class Signal:
    """What one stream has to look at next: two flags and no queue, so a slow reader costs no memory."""

    def __init__(self) -> None:
        """Start raised: a new stream reads first."""
        self.changed, self.typing = True, False
        self._raised = asyncio.Event()

    async def wait(self, seconds: float) -> bool:
        """Return whether something happened within `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._raised.wait()
        except TimeoutError:
            return False
        self._raised.clear()
        return True

    def wake(self, kind: str) -> None:
        """Note that messages changed, or that an answer is being written ("typing")."""
        self.typing = self.typing or kind == "typing"
        self.changed = self.changed or kind != "typing"
        self._raised.set()


class Streams:
    """The open streams of this process, by conversation; used on the event loop only."""

    def __init__(self) -> None:
        """Start with none."""
        self.are_closing = False
        self._open: defaultdict[UUID, set[Signal]] = defaultdict(set)

    @contextmanager
    def join(self, conversation: UUID) -> Iterator[Signal]:
        """Take part until the block is left."""
        signal = Signal()
        self._open[conversation].add(signal)
        try:
            yield signal
        finally:
            self._open[conversation].discard(signal)
            if not self._open[conversation]:
                del self._open[conversation]

    def count(self, conversation: UUID) -> int:
        """Return how many streams of this conversation are open."""
        return len(self._open.get(conversation, ()))

    def wake(self, conversation: UUID, kind: str) -> None:
        """Tell the streams of one conversation."""
        for signal in self._open.get(conversation, ()):
            signal.wake(kind)

    def wake_all(self) -> None:
        """Have every stream read again: notifications may have been missed."""
        for signals in self._open.values():
            for signal in signals:
                signal.wake("messages")

    def close(self) -> None:
        """Have every stream end, also those that are just being opened."""
        self.are_closing = True
        self.wake_all()


streams = Streams()


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
                streams.wake_all()
                pause = 0.1
                await _forward(connection)
        except (psycopg.Error, OSError) as error:
            log.warning("listener_lost", reason=type(error).__name__, pause=pause)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def _forward(connection: psycopg.AsyncConnection[Any]) -> None:
    """Pass notifications on until the connection breaks; a half-dead one is found by asking it something."""
    while True:
        async for notice in connection.notifies(timeout=CHECK_EVERY):
            told = json.loads(notice.payload)
            streams.wake(UUID(told["conversation"]), told["kind"])
        await connection.execute("SELECT 1")


def _parameters() -> dict[str, Any]:
    """Return how psycopg reaches the database that Django uses."""
    known = connections["default"].settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    parameters = {key: known[name] for key, name in names.items() if known[name]}
    options = {key: value for key, value in known["OPTIONS"].items() if key != "pool"}
    return {**options, **parameters, "connect_timeout": 5, "application_name": "cybercare-listener"}
