"""The stream of one conversation as server-sent events; resumes after any message number."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse

from bot.channels.web.listener import Signal, streams
from bot.channels.web.problems import Problem
from bot.channels.web.reading import PAGE, carried, page_after, waiting_line
from bot.conversations.models import Author

HEARTBEAT = 15.0  # seconds
RETRY = 2000  # milliseconds a browser waits before it reconnects
MAX_OPEN = 12  # streams of one conversation in one process: tabs and devices


def stream(conversation: UUID, after: int) -> StreamingHttpResponse:
    """Return the open-ended response with everything after message number `after`.

    Raises:
        Problem: 429, too many streams of this conversation are open.
    """
    if streams.count(conversation) >= MAX_OPEN:
        raise Problem(429, "too_many_streams", f"At most {MAX_OPEN} streams per conversation.", retry_after=10)
    response = StreamingHttpResponse(_events(conversation, after), content_type="text/event-stream; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"  # nginx would hold events back
    return response


async def _events(conversation: UUID, after: int) -> AsyncIterator[bytes]:
    with streams.join(conversation) as signal:
        yield f"retry: {RETRY}\n\n".encode()
        reader = _Reader(conversation, after, signal)
        while not streams.are_closing:
            async for event in reader.news():
                yield event
            if signal.typing:
                yield _event("typing", {"author": signal.typing})
                signal.typing = ""
            if waiting := await reader.waiting():
                yield waiting
            if not await signal.wait(HEARTBEAT):
                yield b": heartbeat\n\n"


class _Reader:
    """Remembers how far one stream has come."""

    def __init__(self, conversation: UUID, after: int, signal: Signal) -> None:
        self._conversation, self._after, self._signal = conversation, after, signal
        self._first = 1  # lowest number the client may still show
        self._waiting: str | None = None  # what the client shows about the queue

    async def news(self) -> AsyncIterator[bytes]:
        """Yield what was stored or erased since the last time: what notifications carried, or read page by page."""
        for row in self._signal.take_carried():
            if row["number"] == self._after + 1:
                yield self._message(carried(self._conversation, row))
            elif row["number"] > self._after:  # others came before it
                self._signal.changed = True
        while self._signal.changed:
            self._signal.changed = False
            page = await asyncio.to_thread(page_after, self._conversation, self._after)
            if page.first > self._first:
                self._first = page.first
                yield _event("erased", {"before": page.first})
            for message in page.messages:
                yield self._message(message)
            self._signal.changed = self._signal.changed or len(page.messages) == PAGE

    def _message(self, message: dict[str, Any]) -> bytes:
        if message["author"] != Author.MEMBER:
            self._signal.typing = ""  # its answer is here
        self._after = message["id"]
        return _event("message", message, self._after)

    async def waiting(self) -> bytes:
        """Return the event that tells where the member stands in the queue, if that changed; else nothing."""
        if not self._signal.queue:
            return b""
        self._signal.queue = False
        told = await asyncio.to_thread(waiting_line, self._conversation)
        self._signal.is_waiting = told is not None
        if told == self._waiting:
            return b""
        self._waiting = told
        return _event("waiting", {"told": told})


def _event(name: str, data: dict[str, Any], number: int | None = None) -> bytes:
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
