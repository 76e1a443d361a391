"""Messages with the label a person gave them, and how well guesses agree."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.problems import BenchProblem

OWN_FILE = Path(__file__).with_name("labelled.jsonl")
FAMILIES = ("fraud", "suspicious_behaviour", "failed_delivery", "insults")
SKIPPED = "multi"  # two incidents in one message: no single label is right
LONG_CHARACTERS = 110  # from here on, an incident message is a story


@dataclass(frozen=True)
class Labelled:
    """One message and its label: a family without `report_`, or the name of another intent."""

    text: str
    label: str


@dataclass(frozen=True)
class Accuracy:
    """Shares between 0 and 1; the counts say of how many messages."""

    overall: float
    incidents: float
    messages: int
    incident_messages: int


def read_labelled(path: Path) -> list[Labelled]:
    """Return the messages of a JSON-lines file with `text` and `label`, but for those labelled `multi`.

    Raises:
        BenchProblem: a line is something else.
    """
    messages = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            content: dict[str, Any] = json.loads(line)
            message = Labelled(str(content["text"]), str(content["label"]))
        except (ValueError, KeyError, TypeError) as error:
            raise BenchProblem(f'{path.name}, line {number}: write {{"text": …, "label": …}}.') from error
        if message.label != SKIPPED:
            messages.append(message)
    if not messages:
        raise BenchProblem(f"{path.name} holds no labelled message.")
    return messages


def measure_accuracy(messages: Sequence[Labelled], guesses: Sequence[str]) -> Accuracy:
    """Return which share of the guessed labels, one per message, is right: of all, and of the incidents."""
    rights = [message.label == guess for message, guess in zip(messages, guesses, strict=True)]
    of_incidents = [right for message, right in zip(messages, rights, strict=True) if message.label in FAMILIES]
    return Accuracy(_share(rights), _share(of_incidents), len(rights), len(of_incidents))


def best_guess(ranking: Sequence[dict[str, Any]]) -> str:
    """Return the label that an engine ranks first; a fallback is no label, what was behind it is."""
    names = (str(intent.get("name") or "") for intent in ranking)
    return next((name.removeprefix("report_") for name in names if name and name != "nlu_fallback"), "")


def stories(messages: Sequence[Labelled]) -> list[str]:
    """Return the long incident messages, for loads that need stories."""
    return [m.text for m in messages if m.label in FAMILIES and len(m.text) >= LONG_CHARACTERS]


def _share(rights: Sequence[bool]) -> float:
    return sum(rights) / len(rights) if rights else float("nan")
