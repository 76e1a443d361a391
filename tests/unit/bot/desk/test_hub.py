import asyncio
import json
import math
import time
from uuid import uuid4

import pytest

from bot.conversations.live import QUEUE
from bot.desk import hub as hub_module
from bot.desk.hub import Hub, News
from bot.desk.presence import Watcher
from bot.desk.stream import _news, events

ADVISER, TAB = uuid4(), uuid4()
COUNTS = {"waiting": 2, "open": 3, "bot": 1, "grave": 0, "mine": {str(ADVISER): 1}, "unread": {str(ADVISER): 4}}


@pytest.fixture
def reads(monkeypatch) -> list[list]:
    """What was read of the database, each time; nothing is."""
    asked: list[list] = []

    def read(changed, watched):
        asked.append(changed)
        lines = {key: json.dumps({"id": str(key), "html": "<li>"}) for key in changed if key != QUEUE}
        reads = {key: {ADVISER: 7} for key in [*lines, *watched]}
        looking = [Watcher(TAB, ADVISER, "Sophie Exemple", False), Watcher(uuid4(), uuid4(), "Marc Exemple", True)]
        return News(lines, COUNTS, reads, dict.fromkeys(watched, looking))

    monkeypatch.setattr(hub_module, "_read", read)
    monkeypatch.setattr(hub_module, "TOGETHER", 0)
    return asked


async def told(hub: Hub, do) -> str:
    """Return the first news of a stream after `do`."""
    stream = events(hub, ADVISER, TAB, math.inf)
    assert (await anext(stream)).endswith(f'event: tab\ndata: "{TAB}"\n\n'.encode())
    waiting = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    do()
    try:
        return (await asyncio.wait_for(waiting, 5)).decode()
    finally:
        await stream.aclose()


def test_many_changes_of_one_conversation_are_read_and_told_once(reads):
    async def play() -> str:
        hub, key = Hub(), uuid4()
        return await told(hub, lambda: [hub.wake(key, "messages") for _ in range(50)])

    text = asyncio.run(play())
    assert len(reads) == 1
    assert text.count("event: lines") == 1
    counters = json.loads(text.split("event: counters\ndata: ")[1].split("\n")[0])
    own = (counters["mine"], counters["unread"])
    assert own == (1, 4), "only one's own numbers, not the colleagues'"
    assert 'event: reads\ndata: {"' in text


def test_a_change_is_read_once_for_all_desks(reads):
    async def play() -> list[str]:
        hub, key = Hub(), uuid4()
        streams = [events(hub, uuid4(), uuid4(), math.inf) for _ in range(20)]
        for stream in streams:
            await anext(stream)
        waiting = [asyncio.ensure_future(anext(stream)) for stream in streams]
        await asyncio.sleep(0)
        hub.wake(key, "messages")
        return [(await each).decode() for each in waiting]

    texts = asyncio.run(play())
    assert len(reads) == 1
    assert all("event: lines" in text for text in texts)


def test_nothing_is_read_while_no_desk_is_open(reads):
    async def play() -> None:
        Hub().wake(uuid4(), "messages")
        await asyncio.sleep(0.01)

    asyncio.run(play())
    assert reads == []


def test_typing_and_missed_notifications_are_told_without_reading(reads):
    async def play() -> tuple[str, str]:
        hub, key = Hub(), uuid4()
        return await told(hub, lambda: hub.wake(key, "member_typing")), await told(hub, hub.wake_all)

    typing, stale = asyncio.run(play())
    assert "event: typing" in typing
    assert "event: stale" in stale
    assert reads == []


@pytest.mark.parametrize("happens", [lambda hub: hub.wake(uuid4(), "messages"), lambda hub: hub.wake_all()])
def test_what_changed_between_a_page_and_its_stream_makes_the_page_read_anew(reads, happens):
    async def play() -> tuple[bytes, bytes]:
        hub = Hub()
        before, _ = time.time(), happens(hub)
        late, fresh = events(hub, ADVISER, TAB, before), events(hub, ADVISER, TAB, time.time())
        for stream in (late, fresh):
            await anext(stream)
        first = await asyncio.wait_for(anext(late), 5)
        hub.wake(uuid4(), "messages")
        return first, await asyncio.wait_for(anext(fresh), 5)

    late, fresh = asyncio.run(play())
    assert b"event: stale" in late
    assert b"event: stale" not in fresh


def test_who_looks_is_told_to_those_who_look_at_the_same_and_to_nobody_else(reads):
    async def play() -> tuple[str, int]:
        hub, key = Hub(), uuid4()
        with hub.join(uuid4(), uuid4(), math.inf) as elsewhere:
            text = await told(hub, lambda: hub.wake(key, "watched"))
            return text, len(_news(elsewhere, str(elsewhere.adviser)))

    text, of_others = asyncio.run(play())
    watching = json.loads(text.split("event: watching\ndata: ")[1].split("\n")[0])
    assert watching["others"] == [{"name": "Marc Exemple", "writes": True}], "not oneself"
    assert "event: lines" not in text
    assert of_others == 0


def test_each_desk_hears_up_to_where_its_own_adviser_has_read(reads):
    async def play() -> tuple[str, str]:
        hub, key = Hub(), uuid4()
        with hub.join(uuid4(), uuid4(), math.inf) as other:
            mine = await told(hub, lambda: hub.wake(key, "messages"))
            return mine, b"".join(_news(other, str(other.adviser))).decode()

    mine, theirs = asyncio.run(play())
    number = [text.split("event: reads\ndata: ")[1].split("\n")[0].partition(": ")[2] for text in (mine, theirs)]
    assert number == ["7}", "0}"]


def test_what_could_not_be_read_makes_every_desk_read_anew_and_the_next_change_is_told(reads, monkeypatch):
    read = hub_module._read

    def fail(*_):
        monkeypatch.setattr(hub_module, "_read", read)
        raise TimeoutError

    monkeypatch.setattr(hub_module, "_read", fail)

    async def play() -> tuple[str, str]:
        hub, key = Hub(), uuid4()
        return await told(hub, lambda: hub.wake(key, "messages")), await told(hub, lambda: hub.wake(key, "messages"))

    lost, following = asyncio.run(play())
    assert "event: stale" in lost
    assert "event: lines" in following


def test_streams_end_when_the_process_stops():
    async def play() -> list[bytes]:
        hub = Hub()
        stream = events(hub, ADVISER, TAB, math.inf)
        first = await anext(stream)
        waiting = asyncio.ensure_future(_rest(stream))
        await asyncio.sleep(0)
        hub.close()
        return [first, *await asyncio.wait_for(waiting, 5)]

    assert len(asyncio.run(play())) == 1


async def _rest(stream) -> list[bytes]:
    return [each async for each in stream]
