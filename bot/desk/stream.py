"""One tab's stream of server-sent events: `lines`, `counters`, `typing`, and `stale` when all must be read anew."""

import json
import time
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from bot.desk.hub import Desk, Hub

HEARTBEAT = 15.0  # seconds
LONGEST = 300.0  # seconds; then the browser comes again, and its session is looked at
RETRY = 1500  # milliseconds a browser waits before it reconnects


async def events(hub: Hub, adviser: UUID) -> AsyncIterator[bytes]:
    """Yield what changes, until `LONGEST` is over or the process stops."""
    end = time.monotonic() + LONGEST
    with hub.join() as desk:
        yield f"retry: {RETRY}\n\n".encode()
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
    if desk.lines:
        told.append(f"event: lines\ndata: [{','.join(desk.lines.values())}]\n\n".encode())
    if desk.counters:
        told.append(_event("counters", {**desk.counters, "mine": desk.counters["mine"].get(adviser, 0)}))
    if desk.typing:
        told.append(_event("typing", [str(key) for key in desk.typing]))
    desk.lines, desk.counters, desk.typing, desk.is_stale = {}, {}, set(), False
    return told


def _event(name: str, data: Any) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
