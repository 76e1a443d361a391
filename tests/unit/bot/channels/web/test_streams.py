import asyncio
import json
from uuid import uuid4

import pytest

from bot.channels.web import streams
from bot.channels.web.listener import MOST_CARRIED
from bot.channels.web.listener import streams as open_streams
from bot.channels.web.reading import Page

HERE = uuid4()


def row(number, author="bot"):
    return {
        "id": 100 + number,
        "number": number,
        "author": author,
        "text": f"texte {number}",
        "buttons": [],
        "card": None,
        "external_id": None,
        "sent_at": "2026-01-02T03:04:05+00:00",
    }


@pytest.fixture
def stored(monkeypatch):
    """What the database holds, and how often it was read."""
    messages, reads = [], []

    def page_after(conversation, after):
        reads.append(after)
        return Page([message for message in messages if message["id"] > after], 1 if messages else 0)

    monkeypatch.setattr(streams, "page_after", page_after)
    monkeypatch.setattr(streams, "waiting_line", lambda conversation: None)
    return messages, reads


def hear(wakings, count):
    """Return the first events of a stream, as name and data, that hears these notifications once it has begun."""

    async def listen():
        content = streams.stream(HERE, 0).streaming_content
        told = []
        async with asyncio.timeout(5):
            await anext(content)  # retry
            pending = asyncio.ensure_future(anext(content))
            await asyncio.sleep(0.05)
            for kind, carried in wakings:
                open_streams.wake(HERE, kind, carried)
            while len(told) < count:
                name, data = (await pending).decode().strip().split("\n")[-2:]
                told.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
                pending = asyncio.ensure_future(anext(content))
            pending.cancel()
        return told

    return asyncio.run(listen())


def test_a_message_that_came_along_is_shown_without_reading(stored):
    _, reads = stored
    ((name, data),) = hear([("messages", [row(1)])], 1)
    assert (name, data["id"], data["text"], data["attachments"]) == ("message", 1, "texte 1", [])
    assert reads == [0]  # when it began


def test_a_message_told_twice_is_shown_once(stored):
    told = hear([("messages", [row(1)]), ("messages", [row(1), row(2)])], 2)
    assert [data["id"] for _, data in told] == [1, 2]


def test_what_was_missed_before_a_message_is_read(stored):
    messages, reads = stored

    def store_all():
        messages.extend({"id": number, "author": "bot"} for number in (1, 2, 3))
        yield "messages", [row(3)]

    told = hear(store_all(), 3)
    assert [data["id"] for _, data in told] == [1, 2, 3]
    assert len(reads) == 2


def test_a_slow_reader_keeps_few_messages_and_reads_the_others(stored):
    messages, reads = stored

    def store_many():
        for number in range(1, MOST_CARRIED + 4):
            messages.append({"id": number, "author": "bot"})
            yield "messages", [row(number)]

    told = hear(store_many(), MOST_CARRIED + 3)
    assert [data["id"] for _, data in told] == list(range(1, MOST_CARRIED + 4))
    assert len(reads) == 2


def test_the_bot_is_shown_typing_after_the_members_message_until_its_answer(stored):
    told = hear([("asked", [row(1, "member")])], 2)
    assert [name for name, _ in told] == ["message", "typing"]
    told = hear([("asked", [row(1, "member")]), ("messages", [row(2)]), ("messages", [row(3)])], 3)
    assert [name for name, _ in told] == ["message", "message", "message"]
