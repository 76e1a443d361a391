"""Tells all open desks of this process what changed: each change is read and rendered once, however many look.

Changes that come while others are being read wait and go together; a slow reader gets the latest state of each line.
"""

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import structlog
from asgiref.sync import sync_to_async
from django.db import connection
from django.template.loader import render_to_string

from bot.conversations.listening import Alarm, subscribe
from bot.conversations.live import QUEUE, Row
from bot.conversations.models import Conversation
from bot.desk.presence import Watcher, readings, watchers
from bot.desk.queues import counters
from bot.desk.rows import rows_of

TOGETHER = 0.04  # seconds in which changes are gathered
REST = 1  # times as long as a reading took, before the next one: at most half of the time goes into it
MOST = 60  # conversations read at once; what is more waits for the next time
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class News:
    """What was read for all desks at once."""

    lines: Mapping[UUID, str]  # each as JSON with its HTML
    counters: Mapping[str, Any]
    reads: Mapping[UUID, Mapping[UUID, int]]  # by conversation and adviser
    watchers: Mapping[UUID, list[Watcher]]  # of the conversations at which somebody began or ceased to look, or writes


class Desk(Alarm):
    """What one tab has not been told yet."""

    def __init__(self, adviser: UUID, tab: UUID) -> None:
        """Start with nothing to tell."""
        super().__init__()
        self.adviser, self.tab = adviser, tab
        self.forget()

    def forget(self) -> None:
        """Have nothing to tell any more."""
        self.lines: dict[UUID, str] = {}
        self.counters: Mapping[str, Any] = {}
        self.reads: dict[UUID, int] = {}
        self.watching: dict[str, Any] | None = None
        self.typing: set[UUID] = set()
        self.is_stale = False  # notifications were missed

    def age(self) -> None:
        """Note that the list is to be read anew."""
        self.is_stale = True
        self.raise_()

    def hear(self, news: News) -> bool:
        """Note what concerns this tab; return whether anything does."""
        of_lines = {key: news.reads.get(key, {}).get(self.adviser, 0) for key in news.lines}
        of_others = {key: by[self.adviser] for key, by in news.reads.items() if self.adviser in by}
        self.lines.update(news.lines)
        self.reads |= of_others | of_lines
        shown = [key for key, found in news.watchers.items() if any(each.tab == self.tab for each in found)]
        for key in shown:
            others = {each.adviser: each for each in news.watchers[key] if each.adviser != self.adviser}
            writing = {each.adviser for each in news.watchers[key] if each.is_writing}
            told = [{"name": each.name, "writes": each.adviser in writing} for each in others.values()]
            self.watching = {"id": str(key), "others": told}
        if is_concerned := bool(news.lines or of_others or shown or not news.watchers):
            self.counters = news.counters
        return is_concerned


class Hub:
    """The open desks of this process; used on the event loop only."""

    def __init__(self) -> None:
        """Start with none; what changed before is not known."""
        self.are_closing = False
        self._heard_at = time.time()  # the last change of which this process heard
        self._desks: set[Desk] = set()
        self._changed: dict[UUID, None] = {}  # in the order of the first change
        self._watched: dict[UUID, None] = {}
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def join(self, adviser: UUID, tab: UUID, since: float) -> Iterator[Desk]:
        """Take part until the block is left; what was read before the last change (unix seconds) is stale."""
        desk = Desk(adviser, tab)
        if since <= self._heard_at:
            desk.age()
        self._desks.add(desk)
        try:
            yield desk
        finally:
            self._desks.discard(desk)

    def wake(self, conversation: UUID, kind: str, carried: Sequence[Row] = ()) -> None:  # noqa: ARG002 (Listener)
        """Hear of a change."""
        if kind == "adviser_typing":
            return
        if kind == "member_typing":
            self._tell(lambda desk: desk.typing.add(conversation))
            return
        self._heard_at = time.time()
        if not self._desks:
            return
        (self._watched if kind == "watched" else self._changed)[conversation] = None
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._gather())

    def wake_all(self) -> None:
        """Hear that changes were missed: every desk reads its list anew."""
        self._heard_at = time.time()
        for desk in self._desks:
            desk.age()

    def close(self) -> None:
        """Have every stream end."""
        self.are_closing = True
        self._tell(lambda _: None)

    async def _gather(self) -> None:
        pause = TOGETHER
        while self._changed or self._watched:
            await asyncio.sleep(pause)
            began = time.monotonic()
            chosen = [_take(waiting, MOST) for waiting in (self._changed, self._watched)]
            try:
                news = await sync_to_async(_read, thread_sensitive=False)(*chosen)
            except Exception as error:  # what was chosen is lost: every desk reads anew
                log.error("desk_news_unread", error=type(error).__name__)
                self.wake_all()
            else:
                self._tell_news(news)
            pause = max(TOGETHER, REST * (time.monotonic() - began))

    def _tell_news(self, news: News) -> None:
        for desk in self._desks:
            if desk.hear(news):
                desk.raise_()

    def _tell(self, note: Callable[[Desk], object]) -> None:
        for desk in self._desks:
            note(desk)
            desk.raise_()


def _take(waiting: dict[UUID, None], most: int) -> list[UUID]:
    """Return those who wait the longest, and take them out."""
    chosen = list(waiting)[:most]
    for key in chosen:
        del waiting[key]
    return chosen


def _read(changed: list[UUID], watched: list[UUID]) -> News:
    """Return the lines of what changed, who looks at what is watched, what each has read of both, and the counters.

    The thread is no request's, so its connection is given back here.
    """
    try:
        found = Conversation.objects.filter(pk__in=[key for key in changed if key != QUEUE])
        lines = {
            row.conversation.pk: json.dumps(
                {"id": str(row.conversation.pk), "html": render_to_string("desk/_row.html", {"row": row})}
            )
            for row in rows_of(list(found))
        }
        looking = watchers(watched) if watched else {}
        reads = readings([*lines, *watched])
        return News(lines, asdict(counters()), reads, {key: looking.get(key, []) for key in watched})
    finally:
        connection.close()


hub = Hub()
subscribe(hub)
