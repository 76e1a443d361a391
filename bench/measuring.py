"""What is measured of each bot, one bot running at a time."""

import asyncio
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import requests

from bench import cost, our_bot, stock_bot
from bench.examples import Example
from bench.labelled import OWN_FILE, Accuracy, Labelled, best_guess, measure_accuracy, read_labelled, stories
from bench.load import Bot, Outcome, Shape, put_load
from bench.plan import SHORT_PER_CONVERSATION, STORIES_PER_CONVERSATION, Plan
from bench.processes import proportional, resident, trees
from bench.talking import OurEngine, OurProduct, StockBot

#: Each runs one custom action in both bots: it looks up the member's claims.
SHORT_TEXTS = (
    "où en est mon dossier",
    "Où en est ma déclaration ?",
    "ou en est mon dossier svp",
    "quel est l'état de mon dossier ?",
    "mon dossier avance ?",
)
PARSE_SECONDS = 30.0
MakeBot = Callable[[aiohttp.ClientSession], Bot]
Tell = Callable[[str], None]


@dataclass
class Measured:
    """Values of one bot by name (see bench/report.py), and the reasons of turns that failed."""

    values: dict[str, float] = field(default_factory=dict)
    failures: dict[str, dict[str, int]] = field(default_factory=dict)

    def take(self, name: str, outcome: Outcome, keys: Sequence[str]) -> None:
        """Keep what a load came to under `<name>_<key>`."""
        self.values |= {f"{name}_{key}": getattr(outcome, key) for key in keys}
        if outcome.failures:
            self.failures[name] = dict(outcome.failures)


def measure_stock(
    folder: Path, examples: Sequence[Example], labelled: Sequence[Labelled], plan: Plan, tell: Tell
) -> Measured:
    """Train, start and load the stock bot."""
    measured = Measured()
    tell("stock: training")
    measured.values["training_s"] = stock_bot.train(folder, examples)
    tell("stock: starting")
    with stock_bot.running(folder) as stock:
        measured.values |= {"engine_start_s": stock.started, "start_s": stock.started}
        tell("stock: understanding")
        measured.values |= accuracy_values(_parse_all(stock.address, labelled))
        _load_turns(measured, lambda http: StockBot(http, stock.address), plan, lambda words: tell(f"stock: {words}"))
        measured.values["memory_mb"] = resident(trees(stock.pids).values())
    return measured


def measure_ours(folder: Path, examples: Sequence[Example], labelled: Sequence[Labelled], tell: Tell) -> Measured:
    """Train our model on the same lines, and have it alone understand the same messages."""
    measured = Measured()
    tell("ours: training")
    measured.values["training_s"] = our_bot.train(folder, examples)
    tell("ours: understanding")
    with our_bot.understanding(folder) as (address, started):
        measured.values["engine_start_s"] = started
        measured.values |= accuracy_values(_parse_all(address, labelled))
    return measured


def measure_product(folder: Path, python: str, labelled: Sequence[Labelled], plan: Plan, tell: Tell) -> Measured:
    """Start the whole product, and load its engine and then all of it."""
    measured = Measured()
    tell("ours: starting the product")
    with our_bot.product(folder, python, plan.starts) as product:
        measured.values["start_s"] = product.started

        def engine(http: aiohttp.ClientSession) -> OurEngine:
            return OurEngine(http, product.engine, product.token)

        tell("ours: understanding, as shipped")
        guessed = asyncio.run(_guess_all(engine, labelled))
        measured.values |= {f"shipped_{key}": value for key, value in accuracy_values(guessed).items()}
        _load_turns(measured, engine, plan, lambda words: tell(f"ours: {words}"))
        _load_product(measured, product, plan, tell)
        measured.values |= _memory(product)
    return measured


def accuracy_values(accuracy: Accuracy) -> dict[str, float]:
    """Return the shares under the names that the report uses."""
    return {"accuracy_all": accuracy.overall, "accuracy_incidents": accuracy.incidents}


def loads(plan: Plan) -> Mapping[str, tuple[Shape, tuple[str, ...]]]:
    """Return what each bot's engine has to bear, by name, and which values are kept."""
    texts = {
        "short": (SHORT_TEXTS, SHORT_PER_CONVERSATION),
        "long": (stories(read_labelled(OWN_FILE)), STORIES_PER_CONVERSATION),
    }
    found: dict[str, tuple[Shape, tuple[str, ...]]] = {}
    for name, (of_kind, each) in texts.items():
        found[name] = Shape(of_kind, 1, each, plan.rest_turns, plan.rest_seconds), ("p50_ms", "p95_ms")
        for at_once in plan.concurrencies:
            shape = Shape(of_kind, at_once, each, plan.load_turns, plan.load_seconds)
            found[f"{name}_{at_once}"] = shape, ("per_second", "p95_ms")
    return found


def _load_turns(measured: Measured, make: MakeBot, plan: Plan, tell: Tell) -> None:
    for name, (shape, keys) in loads(plan).items():
        tell(f"turns, {name.replace('_', ', at once ')}")
        _hold(make, _warm_up(shape, plan))
        measured.take(name, _hold(make, shape), keys)


def _load_product(measured: Measured, product: our_bot.RunningProduct, plan: Plan, tell: Tell) -> None:
    def make(http: aiohttp.ClientSession) -> OurProduct:
        return OurProduct(http, product.web)

    for name in ("short", "long"):
        tell(f"ours: end to end, {name}")
        shape = loads(plan)[name][0]
        _hold(make, _warm_up(shape, plan))
        measured.take(f"whole_{name}", _hold(make, shape), ("p50_ms", "p95_ms"))
    tell("ours: end to end, sustained")
    many = plan.sustained_conversations
    shape = Shape(SHORT_TEXTS, many, SHORT_PER_CONVERSATION, plan.load_turns, plan.sustained_seconds)
    before = cost.used_so_far(product)
    outcome = _hold(make, shape)
    measured.values |= cost.per_message(before, cost.used_so_far(product), len(outcome.latencies))
    measured.take("sustained", outcome, ("per_second", "p50_ms", "p95_ms"))


def _warm_up(shape: Shape, plan: Plan) -> Shape:
    return Shape(shape.texts, 1, shape.per_conversation, plan.warm_up_turns, plan.rest_seconds)


def _hold(make: MakeBot, shape: Shape) -> Outcome:
    async def hold() -> Outcome:
        async with _http() as http:
            return await put_load(make(http), shape)

    return asyncio.run(hold())


def _http() -> aiohttp.ClientSession:
    """Return a client without a limit of connections: streams hold theirs."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))


def _parse_all(address: str, labelled: Sequence[Labelled]) -> Accuracy:
    """Have Rasa's own interface understand each message."""
    with requests.Session() as http:

        def guess(message: Labelled) -> str:
            body = {"text": message.text}
            answer: dict[str, Any] = http.post(f"{address}/model/parse", json=body, timeout=PARSE_SECONDS).json()
            return best_guess(answer["intent_ranking"])

        return measure_accuracy(labelled, [guess(message) for message in labelled])


async def _guess_all(make: Callable[[aiohttp.ClientSession], OurEngine], labelled: Sequence[Labelled]) -> Accuracy:
    """Have the shipped engine answer each message in a conversation of its own."""
    guesses = []
    async with _http() as http:
        engine = make(http)
        for message in labelled:
            answer = await engine.take_turn(str(uuid.uuid4()), message.text)
            guesses.append(best_guess(answer["understood"]["ranking"]))
    return measure_accuracy(labelled, guesses)


def _memory(product: our_bot.RunningProduct) -> dict[str, float]:
    """Return the memory after the loads, in MB; of the other processes together, shared pages count once."""
    database, others = proportional(product.database()), proportional(product.others())
    return {
        "memory_mb": resident(product.engine_and_actions()),
        "memory_engine_mb": resident(product.engine_alone()),
        "memory_own_others_mb": others,
        "memory_own_others_resident_mb": resident(product.others()),
        "memory_database_mb": database,
        "memory_others_mb": others + database,
    }
