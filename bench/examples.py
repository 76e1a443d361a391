"""The product's training examples, as both bots get them: the same lines, with or without sub-types."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Example:
    """One training line under its label, `intent` or `intent/sub-type`."""

    label: str
    text: str


def read_examples(folder: Path) -> list[Example]:
    """Return all examples of the Rasa NLU files below `folder`, in a fixed order."""
    return [example for path in sorted(folder.rglob("*.yml")) for example in read_file(path)]


def read_file(path: Path) -> list[Example]:
    """Return the examples of one Rasa NLU file."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    examples = []
    for item in yaml.load(path.read_text(encoding="utf-8"), loader).get("nlu", []):
        lines = (line.strip() for line in item["examples"].splitlines())
        examples += [Example(item["intent"], line[1:].strip()) for line in lines if line.startswith("-")]
    return examples


def subset(examples: Iterable[Example], per_label: int | None) -> list[Example]:
    """Return at most `per_label` examples of each label, always the same ones; None keeps all."""
    kept: dict[str, list[Example]] = {}
    for example in sorted(examples, key=_order):
        of_label = kept.setdefault(example.label, [])
        if per_label is None or len(of_label) < per_label:
            of_label.append(example)
    return [example for label in sorted(kept) for example in kept[label]]


def without_subtypes(examples: Iterable[Example]) -> list[Example]:
    """Return the same lines under their intents alone: a stock bot knows no sub-types."""
    return [replace(example, label=example.label.split("/")[0]) for example in examples]


def write_examples(examples: Iterable[Example], path: Path) -> None:
    """Write a Rasa NLU file."""
    by_label: dict[str, list[str]] = {}
    for example in examples:
        by_label.setdefault(example.label, []).append(f"- {example.text}\n")
    items = [{"intent": label, "examples": "".join(lines)} for label, lines in by_label.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        yaml.safe_dump({"version": "3.1", "nlu": items}, file, allow_unicode=True, sort_keys=False)


def _order(example: Example) -> str:
    """Return a key that scatters the examples the same way on every machine."""
    return hashlib.sha256(f"{example.label}\0{example.text}".encode()).hexdigest()
