import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bench.load import Outcome, Say, Shape, put_load
from bench.problems import TurnFailed


class FakeBot:
    def __init__(self, fails_on: str = "", opens: bool = True) -> None:
        self.conversations: list[list[str]] = []
        self.fails_on, self.opens = fails_on, opens
        self.busy = self.busiest = 0

    @asynccontextmanager
    async def conversation(self) -> AsyncIterator[Say]:
        if not self.opens:
            raise TurnFailed("refused")
        said: list[str] = []
        self.conversations.append(said)

        async def say(text: str) -> None:
            self.busy += 1
            self.busiest = max(self.busiest, self.busy)
            await asyncio.sleep(0)
            self.busy -= 1
            said.append(text)
            if text == self.fails_on:
                raise TurnFailed("empty")

        yield say


def load(bot: FakeBot, conversations: int = 1, per_conversation: int = 2, turns: int = 6) -> Outcome:
    return asyncio.run(put_load(bot, Shape(["a", "b", "c"], conversations, per_conversation, turns, seconds=5)))


def test_one_conversation_follows_the_other_and_the_texts_take_turns() -> None:
    bot = FakeBot()
    outcome = load(bot)
    assert [said for said in bot.conversations if said] == [["a", "b"], ["c", "a"], ["b", "c"]]
    assert len(outcome.latencies) == outcome.turns == 6


def test_so_many_conversations_run_at_once() -> None:
    bot = FakeBot()
    load(bot, conversations=4, turns=40)
    assert bot.busiest == 4


def test_turns_bound_a_load() -> None:
    assert load(FakeBot(), conversations=8, turns=20).turns == 20


def test_failed_turns_are_counted_by_reason_and_not_timed() -> None:
    outcome = load(FakeBot(fails_on="b"))
    assert outcome.failures == {"empty": 2}
    assert len(outcome.latencies) == 4


def test_seconds_bound_a_load_even_when_nothing_can_be_opened() -> None:
    shape = Shape(["a"], conversations=1, per_conversation=1, turns=100, seconds=0.01)
    outcome = asyncio.run(put_load(FakeBot(opens=False), shape))
    assert outcome.failures == {"opening: refused": 1}


def test_the_rate_counts_good_turns_only() -> None:
    outcome = Outcome(latencies=[0.01, 0.03], elapsed=0.5)
    outcome.failures["empty"] = 3
    assert outcome.per_second == 4
    assert (outcome.p50_ms, outcome.p95_ms) == (10, 30)
