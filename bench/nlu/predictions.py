"""What a model makes of messages whose truth is known."""

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.examples import Example
from bench.labelled import FAMILIES
from bench.our_bot import ENGINE_ENV
from bench.problems import BenchProblem
from bench.processes import own_environment
from bot.runtime.children import ENGINE
from bot.settings import ROOT

MULTI = "multi"  # two harms in one message


@dataclass(frozen=True)
class Truth:
    """One message and what a person says it is; `subtype` is empty where it has none or nobody said."""

    text: str
    label: str
    subtype: str = ""


@dataclass(frozen=True)
class Prediction:
    """What the model made of one message; `shares` maps labels (families, intents) to probabilities."""

    truth: Truth
    shares: Mapping[str, float]
    subtype: str
    also: bool

    @property
    def guess(self) -> str:
        """Return the likeliest label; a text without letters has none and is not ours."""
        return max(self.shares, key=self.shares.__getitem__) if self.shares else "out_of_scope"

    @property
    def confidence(self) -> float:
        """Return the share of the likeliest label."""
        return max(self.shares.values(), default=0.0)

    @property
    def is_right(self) -> bool:
        """Return whether family or intent is right."""
        return self.guess == self.truth.label

    @property
    def is_incident(self) -> bool:
        """Return whether the message truly reports an incident."""
        return self.truth.label in FAMILIES


def predict(model: Path, truths: Sequence[Truth]) -> list[Prediction]:
    """Have the engine's own pipeline read each message.

    Raises:
        BenchProblem: the model cannot be loaded.
    """
    command = [*ENGINE, "parse", str(model)]
    asked = "".join(json.dumps({"text": truth.text}) + "\n" for truth in truths)
    env = own_environment(**ENGINE_ENV)
    done = subprocess.run(command, cwd=ROOT, env=env, input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchProblem(f"The model {model.name} cannot be loaded: run `make train`.")
    parsed = [json.loads(line) for line in done.stdout.splitlines()]
    return [prediction(truth, each) for truth, each in zip(truths, parsed, strict=True)]


def prediction(truth: Truth, parsed: Mapping[str, Any]) -> Prediction:
    """Return one line of the engine's answer as a prediction; the sub-type is the likeliest of the guessed family."""
    shares = {intent["name"].removeprefix("report_"): float(intent["confidence"]) for intent in parsed["ranking"]}
    guess = max(shares, key=shares.__getitem__) if shares else ""
    subtype = next((g["subtype"] for g in parsed["incident"] if g["intent"] == f"report_{guess}"), "")
    return Prediction(truth, shares, subtype, bool(parsed.get("also")))


def truths_of(examples: Iterable[Example]) -> list[Truth]:
    """Return training examples as truths."""
    parted = ((example.text, *example.label.partition("/")[::2]) for example in examples)
    return [Truth(text, label.removeprefix("report_"), subtype) for text, label, subtype in parted]


def read_truths(path: Path, part: str = "") -> list[Truth]:
    """Return the messages of a JSON-lines file with `text`, `label`, `subtype`?; of one `set` where `part` is given.

    Raises:
        BenchProblem: a line is something else.
    """
    truths = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            content = json.loads(line)
            if not part or content["set"] == part:
                truths.append(Truth(content["text"], content["label"], content.get("subtype") or ""))
        except (ValueError, KeyError, TypeError) as error:
            raise BenchProblem(f'{path.name}, line {number}: write {{"text": …, "label": …}}.') from error
    return truths
