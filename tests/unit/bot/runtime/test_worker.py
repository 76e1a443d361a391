import asyncio
import os
import signal

import pytest

from bot.runtime.worker import _until_stopped


async def never():
    await asyncio.Event().wait()


async def soon(act):
    await asyncio.sleep(0)
    act()
    await never()


def fail():
    raise ConnectionError("the database is away")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_all_work(number):
    asyncio.run(_until_stopped(never(), soon(lambda: os.kill(os.getpid(), number))))


def test_a_signal_lets_each_work_come_to_its_end():
    ended = []

    async def work(name):
        try:
            await never()
        finally:
            ended.append(name)

    asyncio.run(_until_stopped(work("answers"), work("others"), soon(lambda: os.kill(os.getpid(), signal.SIGTERM))))
    assert ended == ["answers", "others"]


def test_what_fails_ends_the_worker_with_its_error():
    with pytest.raises(ConnectionError, match="away"):
        asyncio.run(_until_stopped(never(), soon(fail)))
