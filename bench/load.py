"""Conversations that send one message after the other, each once the last is answered; and how long that took."""

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol

from bench.problems import TurnFailed
from bench.quantiles import quantile

PAUSE_SECONDS = 0.2  # after a conversation that could not be opened
Say = Callable[[str], Awaitable[None]]


class Bot(Protocol):
    """A bot under load; used within one event loop."""

    def conversation(self) -> AbstractAsyncContextManager[Say]:
        """Open a new conversation and give what sends a message and returns once it is answered.

        The sending raises `TurnFailed` where the answer is not a good one.
        """
        ...


@dataclass(frozen=True)
class Shape:
    """What is sent: `texts` in turn by so many conversations at once, until the turns or seconds are used up."""

    texts: Sequence[str]
    conversations: int
    per_conversation: int
    turns: int
    seconds: float


@dataclass
class Outcome:
    """What came of it: seconds of each good turn, reasons of the bad ones, seconds in all."""

    latencies: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)
    elapsed: float = 0.0

    @property
    def turns(self) -> int:
        """Return how many messages were sent."""
        return len(self.latencies) + self.failures.total()

    @property
    def p50_ms(self) -> float:
        """Return the median of a turn in milliseconds."""
        return 1000 * quantile(self.latencies, 0.50)

    @property
    def p95_ms(self) -> float:
        """Return the 95th percentile of a turn in milliseconds."""
        return 1000 * quantile(self.latencies, 0.95)

    @property
    def per_second(self) -> float:
        """Return how many messages were answered in a second."""
        return len(self.latencies) / self.elapsed if self.elapsed else float("nan")


async def put_load(bot: Bot, shape: Shape) -> Outcome:
    """Hold the conversations and return what came of it."""
    outcome, texts = Outcome(), itertools.cycle(shape.texts)
    began, begun = time.monotonic(), 0

    def goes_on() -> bool:
        return begun < shape.turns and time.monotonic() - began <= shape.seconds

    async def converse() -> None:
        nonlocal begun
        async with bot.conversation() as say:
            for _ in range(shape.per_conversation):
                if not goes_on():
                    return
                begun += 1
                await _take_turn(say, next(texts), outcome)

    async def converse_on() -> None:
        while goes_on():
            try:
                await converse()
            except TurnFailed as failure:  # it could not even be opened
                outcome.failures[f"opening: {failure}"] += 1
                await asyncio.sleep(PAUSE_SECONDS)

    async with asyncio.TaskGroup() as group:
        for _ in range(shape.conversations):
            group.create_task(converse_on())
    outcome.elapsed = time.monotonic() - began
    return outcome


async def _take_turn(say: Say, text: str, outcome: Outcome) -> None:
    began = time.perf_counter()
    try:
        await say(text)
    except TurnFailed as failure:
        outcome.failures[str(failure)] += 1
    else:
        outcome.latencies.append(time.perf_counter() - began)
