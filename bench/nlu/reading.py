"""How well the parsers fill the claim's fields and see danger, on stories that a person labelled."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.catalogue import SubType
from bot.understanding import mask, read_fields, read_safety
from bot.understanding.fields import is_same

LIFE = "life"


@dataclass(frozen=True)
class Story:
    """One labelled story; `fields` holds only what it states, None where nobody labelled them (not our incidents).

    On the fields in `unsure` two careful readers may differ: they do not count.
    """

    text: str
    now: datetime
    safety: str
    fields: dict[str, Any] | None
    unsure: frozenset[str] = frozenset()


@dataclass
class Counts:
    """How often a field's value was right, wrong (or not stated at all), or missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Return the share of right values among those read."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else float("nan")

    @property
    def recall(self) -> float:
        """Return the share of stated values that were read rightly."""
        return self.right / (self.right + self.missed) if self.right + self.missed else float("nan")


@dataclass
class Reading:
    """Counts by field and in all, and pairs (true level, read level) of safety."""

    by_field: dict[str, Counts] = field(default_factory=dict)
    safety: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def total(self) -> Counts:
        """Return the counts of all fields together."""
        every = self.by_field.values()
        return Counts(*(sum(getattr(each, name) for each in every) for name in ("right", "wrong", "missed")))

    @property
    def life_recall(self) -> float:
        """Return the share of dangers to life that are seen."""
        return self._share(LIFE, LIFE)

    @property
    def false_alarms(self) -> float:
        """Return the share of other messages that are taken for a danger to life."""
        others = sum(count for (truth, _), count in self.safety.items() if truth != LIFE)
        alarms = sum(count for (truth, read), count in self.safety.items() if truth != LIFE and read == LIFE)
        return alarms / others if others else float("nan")

    def _share(self, truth: str, read: str) -> float:
        total = sum(count for (true, _), count in self.safety.items() if true == truth)
        return self.safety[truth, read] / total if total else float("nan")


def read_stories(path: Path, part: str = "") -> list[Story]:
    """Return the stories of a JSON-lines file (`text`, `now`, `safety`, `fields`); of one `set` if `part` is given."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Story(
            row["text"],
            datetime.fromisoformat(row["now"]),
            row["safety"],
            row["fields"] if row["label"] != "out_of_scope" else None,
            frozenset(row.get("unsure", ())),
        )
        for row in rows
        if not part or row["set"] == part
    ]


def measure(stories: Iterable[Story], subtypes: Mapping[str, SubType | None]) -> Reading:
    """Return what the parsers make of the stories, masked as the product masks them.

    `subtypes` holds, by text, what the model takes a story for.
    """
    reading = Reading()
    for story in stories:
        text = mask(story.text).text
        read: dict[str, Any] = dict(read_fields(text, story.now, subtypes.get(story.text)))
        reading.safety[story.safety, read_safety(text, story.now).level] += 1
        for name in (read.keys() | story.fields.keys()) - story.unsure if story.fields is not None else ():
            _count(reading.by_field.setdefault(name, Counts()), read.get(name), story.fields.get(name))
    return reading


def _count(counts: Counts, read: Any, stated: Any) -> None:
    if read is not None and is_same(read, stated):
        counts.right += 1
        return
    counts.wrong += read is not None
    counts.missed += stated is not None
