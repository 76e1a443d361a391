"""A small reader of server-sent events for tests."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True)
class Event:
    """One event of the stream."""

    name: str
    data: dict[str, Any]
    id: str


@contextmanager
def listening(address: str, token: str, after: int = 0, **headers: str) -> Iterator[Iterator[Event]]:
    """Open the stream of a conversation; the block gets its events, and an error after 10 s of silence."""
    headers = {"Authorization": f"Bearer {token}", **headers}
    with httpx.stream("GET", f"{address}/api/chat/events?after={after}", headers=headers, timeout=10) as response:
        response.raise_for_status()
        yield _events(response)


def _events(response: httpx.Response) -> Iterator[Event]:
    fields: dict[str, str] = {}
    for line in response.iter_lines():
        if not line and "event" in fields:
            yield Event(fields["event"], json.loads(fields["data"]), fields.get("id", ""))
        if not line:
            fields = {}
        elif not line.startswith(":"):
            name, _, value = line.partition(": ")
            fields[name] = value
