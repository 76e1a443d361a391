"""Pools of database connections: how a dead one is found without asking the server each time."""

import select
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, ConnectionPool

QUEUE_CONNECTIONS = 2  # jobs are fetched one after another; listening has a connection of its own


def check_silently(connection: Any) -> None:
    """Let a live connection pass; psycopg's own check asks the server, which came to ten questions for one message.

    Raises:
        psycopg.OperationalError: the server hung up; the pool takes another connection.
    """
    if _has_news(connection):
        ConnectionPool.check_connection(connection)


def queue_pool(**options: Any) -> AsyncConnectionPool:
    """Return the pool of the worker's queue, for procrastinate; checked in the same way.

    Each of its statements stands for itself: without `BEGIN` and `COMMIT` around it, it costs a third.
    """
    sizes = {"min_size": 1, "max_size": QUEUE_CONNECTIONS}
    return AsyncConnectionPool(**{**options, **sizes, "check": _check_silently_async, "configure": _commit_at_once})


async def _commit_at_once(connection: AsyncConnection[Any]) -> None:
    await connection.set_autocommit(True)


async def _check_silently_async(connection: Any) -> None:
    if _has_news(connection):
        await AsyncConnectionPool.check_connection(connection)


def _has_news(connection: Any) -> bool:
    """Return whether something waits to be read: on an idle connection, that the server hung up, or a notice."""
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    return bool(waiting.poll(0))
