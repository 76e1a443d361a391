"""A stock Rasa bot on our training lines: its files, its training, its two servers."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.examples import Example, without_subtypes, write_examples
from bench.processes import Server, answers, free_port, own_environment, run_to_end
from bot.runtime.children import ENGINE_PYTHON

SOURCE = Path(__file__).with_name("stock")
TRAIN_SECONDS = 3600.0
ACTION = "action_answer"
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "LOG_LEVEL": "ERROR",
    "PYTHONWARNINGS": "ignore",
}
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class RunningStock:
    """A stock bot that answers at `address`; `pids` are its servers', `started` the seconds until both answered."""

    address: str
    pids: tuple[int, int]
    started: float


def train(folder: Path, examples: Iterable[Example]) -> float:
    """Write the bot into `folder` and train it there; return how long the training took, in seconds.

    Raises:
        BenchProblem: the training fails.
    """
    shutil.copytree(SOURCE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    lines = without_subtypes(examples)
    write_examples(lines, folder / "data" / "nlu.yml")
    intents = sorted({line.label for line in lines})
    _write(folder / "domain.yml", domain(intents))
    _write(folder / "data" / "rules.yml", rules(intents))
    _write(folder / "data" / "stories.yml", stories(intents))
    command = [str(ENGINE_PYTHON), "-m", "rasa", "train", "--force", "--fixed-model-name", "stock"]
    env = own_environment(**QUIET, RASA_CACHE_DIRECTORY=str(folder / "cache"), STOCK_ACTIONS_ADDRESS="http://unused")
    return run_to_end(command, env, folder, folder / "logs" / "stock-training.log", TRAIN_SECONDS)


def domain(intents: Sequence[str]) -> dict[str, Any]:
    """Return the bot's domain: every intent leads to the one custom action."""
    slots = {"reported": {"type": "text", "influence_conversation": False, "mappings": [{"type": "custom"}]}}
    return {"version": "3.1", "intents": list(intents), "slots": slots, "actions": [ACTION]}


def rules(intents: Sequence[str]) -> dict[str, Any]:
    """Return one rule for each intent and one for what was not understood."""
    found = [_steps("rule", f"answer {intent}", [intent]) for intent in (*intents, "nlu_fallback")]
    return {"version": "3.1", "rules": found}


def stories(intents: Sequence[str]) -> dict[str, Any]:
    """Return the short stories that TED and UnexpecTED learn from: each intent alone, and after a greeting."""
    paths = [[intent] for intent in intents] + [["greet", intent] for intent in intents if intent != "greet"]
    return {"version": "3.1", "stories": [_steps("story", " then ".join(path), path) for path in paths]}


@contextmanager
def running(folder: Path) -> Iterator[RunningStock]:
    """Start the trained bot with rasa-sdk's own action server; stop both in the end.

    Raises:
        BenchProblem: one of them does not start.
    """
    port, actions_port = free_port(), free_port()
    address, actions_address = f"http://{LOOPBACK}:{port}", f"http://{LOOPBACK}:{actions_port}"
    env = own_environment(**QUIET, SANIC_HOST=LOOPBACK, STOCK_ACTIONS_ADDRESS=f"{actions_address}/webhook")
    python, logs = str(ENGINE_PYTHON), folder / "logs"
    model = ["--model", "models/stock.tar.gz", "--enable-api", "-i", LOOPBACK, "-p", str(port)]
    files = ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    actions = Server(
        [python, "-m", "rasa_sdk", "--actions", "actions", "--port", str(actions_port)],
        env,
        folder,
        logs / "stock-actions.log",
    )
    engine = Server([python, "-m", "rasa", "run", *model, *files], env, folder, logs / "stock-engine.log")
    try:
        actions.wait_until(lambda: answers(f"{actions_address}/health"))
        started = engine.wait_until(lambda: answers(f"{address}/status"))
        yield RunningStock(address, (engine.pid, actions.pid), started)
    finally:
        engine.stop()
        actions.stop()


def _steps(kind: str, name: str, intents: Sequence[str]) -> dict[str, Any]:
    steps: list[dict[str, str]] = []
    for intent in intents:
        steps += [{"intent": intent}, {"action": ACTION}]
    return {kind: name, "steps": steps}


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
