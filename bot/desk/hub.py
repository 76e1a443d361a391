"""Tells all open desks of this process what changed: each change is read and rendered once, however many look.

Changes that come while others are being read wait and go together; a slow reader gets the latest state of each line.
"""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connection
from django.template.loader import render_to_string

from bot.conversations.listening import Alarm, subscribe
from bot.conversations.live import QUEUE
from bot.conversations.models import Conversation
from bot.desk.queues import counters
from bot.desk.rows import rows_of

TOGETHER = 0.04  # seconds in which changes are gathered
REST = 1  # times as long as a reading took, before the next one: at most half of the time goes into it
MOST = 60  # lines read at once; what is more waits for the next time


class Desk(Alarm):
    """What one tab has not been told yet."""

    def __init__(self) -> None:
        """Start with nothing to tell but to read anew."""
        super().__init__()
        self.lines: dict[UUID, str] = {}  # each as JSON, made once for all desks
        self.counters: dict[str, Any] = {}
        self.typing: set[UUID] = set()
        self.is_stale = False  # notifications were missed


class Hub:
    """The open desks of this process; used on the event loop only."""

    def __init__(self) -> None:
        """Start with none."""
        self.are_closing = False
        self._desks: set[Desk] = set()
        self._changed: dict[UUID, None] = {}  # in the order of the first change
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def join(self) -> Iterator[Desk]:
        """Take part until the block is left."""
        desk = Desk()
        self._desks.add(desk)
        try:
            yield desk
        finally:
            self._desks.discard(desk)

    def wake(self, conversation: UUID, kind: str) -> None:
        """Hear of a change."""
        if not self._desks or kind in ("typing", "adviser_typing"):
            return
        if kind == "member_typing":
            self._tell(lambda desk: desk.typing.add(conversation))
            return
        self._changed[conversation] = None
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._gather())

    def wake_all(self) -> None:
        """Hear that changes were missed: every desk reads its list anew."""
        self._tell(lambda desk: setattr(desk, "is_stale", True))

    def close(self) -> None:
        """Have every stream end."""
        self.are_closing = True
        self._tell(lambda _: None)

    async def _gather(self) -> None:
        pause = TOGETHER
        while self._changed:
            await asyncio.sleep(pause)
            began = time.monotonic()
            chosen = list(self._changed)[:MOST]
            for key in chosen:
                del self._changed[key]
            lines, counts = await sync_to_async(_read, thread_sensitive=False)(chosen)

            def note(desk: Desk, lines: Any = lines, counts: Any = counts) -> None:
                desk.lines.update(lines)
                desk.counters = counts

            self._tell(note)
            pause = max(TOGETHER, REST * (time.monotonic() - began))

    def _tell(self, note: Any) -> None:
        for desk in self._desks:
            note(desk)
            desk.raise_()


def _read(keys: list[UUID]) -> tuple[dict[UUID, str], dict[str, Any]]:
    """Return the lines of these conversations, each as JSON with its HTML, and the counters.

    The thread is no request's, so its connection is given back here.
    """
    try:
        found = Conversation.objects.filter(pk__in=[key for key in keys if key != QUEUE])
        lines = {
            row.conversation.pk: json.dumps(
                {"id": str(row.conversation.pk), "html": render_to_string("desk/_row.html", {"row": row})}
            )
            for row in rows_of(list(found))
        }
        return lines, asdict(counters())
    finally:
        connection.close()


hub = Hub()
subscribe(hub)
