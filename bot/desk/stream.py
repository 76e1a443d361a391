"""One tab's stream of server-sent events.

`lines` and `reads` (up to where its adviser has read them), `counters`, `typing`, `watching` (who else looks at what it
shows), and `stale` when all must be read anew. The first one, `tab`, is the id under which the page says what it shows.
"""

import json
import time
from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID

from bot.desk.hub import Desk, Hub

HEARTBEAT = 15.0  # seconds
LONGEST = 300.0  # seconds; then the browser comes again, and its session is looked at
RETRY = 1500  # milliseconds a browser waits before it reconnects


async def events(hub: Hub, adviser: UUID, tab: UUID, since: float) -> AsyncGenerator[bytes]:
    """Yield what changes, until `LONGEST` is over or the process stops; the page was read at `since` (unix seconds)."""
    end = time.monotonic() + LONGEST
    with hub.join(adviser, tab, since) as desk:
        yield f"retry: {RETRY}\n\n".encode() + _event("tab", str(tab))
        while not hub.are_closing and time.monotonic() < end:
            if not await desk.wait(HEARTBEAT):
                yield b": heartbeat\n\n"
            elif news := b"".join(_news(desk, str(adviser))):
                yield news


def _news(desk: Desk, adviser: str) -> list[bytes]:
    """Return what is to be told now, and forget it."""
    told = []
    if desk.is_stale:
        told.append(_event("stale", {}))
    if desk.reads:
        told.append(_event("reads", {str(key): number for key, number in desk.reads.items()}))
    if desk.lines:
        told.append(f"event: lines\ndata: [{','.join(desk.lines.values())}]\n\n".encode())
    if desk.counters:
        own = {name: desk.counters[name].get(adviser, 0) for name in ("mine", "unread")}
        told.append(_event("counters", {**desk.counters, **own}))
    if desk.watching is not None:
        told.append(_event("watching", desk.watching))
    if desk.typing:
        told.append(_event("typing", [str(key) for key in desk.typing]))
    desk.forget()
    return told


def _event(name: str, data: Any) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
