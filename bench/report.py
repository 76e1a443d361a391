"""The result as a table: absolute values of both bots, ratios, and the targets met or missed."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.cost import NAMES

Values = Mapping[str, float]


@dataclass(frozen=True)
class Row:
    """One value: its key, what it is, its unit, and whether more is better."""

    key: str
    title: str
    unit: str
    more_is_better: bool = False


@dataclass(frozen=True)
class Target:
    """A value of ours that must be at most (or, where more is better, at least) `limit`."""

    row: Row
    limit: float

    def is_met(self, ours: Values) -> bool:
        """Return whether it is; what was not measured is not met."""
        value = ours.get(self.row.key, math.nan)
        return value >= self.limit if self.row.more_is_better else value <= self.limit


ACCURACY = Row("accuracy_all", "right label, all messages", "%", more_is_better=True)
COMPARED = (
    ACCURACY,
    Row("accuracy_incidents", "right label, incidents", "%", more_is_better=True),
    Row("training_s", "training on the same lines", "s"),
    Row("engine_start_s", "engine alone: start to ready", "s"),
    Row("start_s", "whole bot: start to ready", "s"),
    Row("memory_mb", "memory of engine and actions", "MB"),
    Row("short_p50_ms", "turn at rest, short message, p50", "ms"),
    Row("short_p95_ms", "turn at rest, short message, p95", "ms"),
    Row("long_p50_ms", "turn at rest, story, p50", "ms"),
    Row("long_p95_ms", "turn at rest, story, p95", "ms"),
    Row("short_8_per_second", "8 conversations, short", "msg/s", more_is_better=True),
    Row("short_32_per_second", "32 conversations, short", "msg/s", more_is_better=True),
    Row("long_8_per_second", "8 conversations, stories", "msg/s", more_is_better=True),
    Row("long_32_per_second", "32 conversations, stories", "msg/s", more_is_better=True),
    Row("short_32_p95_ms", "32 conversations, short, p95", "ms"),
    Row("long_32_p95_ms", "32 conversations, stories, p95", "ms"),
)
TRAINING = Row("training_all_s", "training on all lines", "s")
WHOLE = Row("whole_short_p50_ms", "end to end at rest, short, p50", "ms")
SUSTAINED = Row("sustained_per_second", "end to end, sustained, short", "msg/s", more_is_better=True)
ENGINE_MEMORY = Row("memory_engine_mb", "memory of the engine", "MB")
OTHER_MEMORY = Row("memory_others_mb", "memory of all other processes, shared pages once", "MB")
FAILED = Row("failed_turns", "messages without a good answer", "")
OURS_ONLY = (
    Row("shipped_accuracy_all", "as shipped: right label, all messages", "%", more_is_better=True),
    Row("shipped_accuracy_incidents", "as shipped: right label, incidents", "%", more_is_better=True),
    TRAINING,
    WHOLE,
    Row("whole_short_p95_ms", "end to end at rest, short, p95", "ms"),
    Row("whole_long_p50_ms", "end to end at rest, story, p50", "ms"),
    Row("whole_long_p95_ms", "end to end at rest, story, p95", "ms"),
    SUSTAINED,
    Row("sustained_p95_ms", "end to end, sustained, p95", "ms"),
    Row("cost_ms", "processor time of a message then, client included", "ms"),
    *(Row(f"cost_{name}_ms", f"… of these {name}", "ms") for name in (*NAMES, "database", "client")),
    ENGINE_MEMORY,
    OTHER_MEMORY,
    Row("memory_own_others_mb", "… of these web, worker, actions, supervisor", "MB"),
    Row("memory_own_others_resident_mb", "… the same as resident sets, shared pages counted in each", "MB"),
    Row("memory_database_mb", "… of these PostgreSQL", "MB"),
)
BY_KEY = {row.key: row for row in (*COMPARED, *OURS_ONLY, FAILED)}
TARGETS = (
    Target(BY_KEY["short_p50_ms"], 15),
    Target(BY_KEY["long_p50_ms"], 60),
    Target(WHOLE, 80),
    Target(SUSTAINED, 60),
    Target(ENGINE_MEMORY, 800),
    Target(OTHER_MEMORY, 400),
    Target(TRAINING, 60),
    Target(BY_KEY["start_s"], 25),
    Target(FAILED, 0),
)


@dataclass(frozen=True)
class Report:
    """Everything that one run found; `setup` says on what, `stock` is empty where it was left out."""

    setup: Mapping[str, Any]
    stock: Values
    ours: Values
    failures: Mapping[str, Any]

    def as_json(self) -> str:
        """Return all values and the targets, with null for what was not measured."""
        targets = [
            {"key": t.row.key, "limit": t.limit, "measured": self.ours.get(t.row.key), "met": t.is_met(self.ours)}
            for t in TARGETS
        ]
        content = {**asdict(self), "targets": targets}
        return json.dumps(_rounded(content), indent=1, ensure_ascii=False)

    def tables(self) -> list[list[list[str]]]:
        """Return three tables, each with its head: compared, ours alone, targets."""
        return [_compared(self.stock, self.ours), _ours_only(self.ours), _targets(self.ours)]

    def as_markdown(self) -> str:
        """Return the tables as Markdown, with what they were measured on."""
        setup = "\n".join(f"- {key.replace('_', ' ')}: {value}" for key, value in self.setup.items())
        failures = f"\nMessages without a good answer: `{json.dumps(self.failures)}`\n" if self.failures else ""
        tables = "\n".join(_markdown(table) for table in self.tables())
        return f"# Benchmark of {self.setup.get('date', '')}\n\n{setup}\n{failures}\n{tables}"


def write(report: Report, folder: Path, name: str) -> list[Path]:
    """Write `<name>.json` and `<name>.md` into the folder; return both."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.json", folder / f"{name}.md"]
    for path, text in zip(paths, (report.as_json() + "\n", report.as_markdown()), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def ratio(row: Row, stock: float, ours: float) -> str:
    """Return how many times ours is better ("2.0 ×"; below 1 it is worse); for shares, the difference in points."""
    if math.isnan(stock) or math.isnan(ours):
        return "–"
    if row.unit == "%":
        return f"{100 * (ours - stock):+.1f} points"
    better, worse = (ours, stock) if row.more_is_better else (stock, ours)
    return f"{better / worse:.1f} ×" if worse else "–"


def shown(row: Row, value: float) -> str:
    """Return a value with its unit."""
    if math.isnan(value):
        return "–"
    if row.unit == "%":
        return f"{100 * value:.1f} %"
    digits = 0 if value >= 100 or value == int(value) else 1
    return f"{value:.{digits}f} {row.unit}".strip()


def _compared(stock: Values, ours: Values) -> list[list[str]]:
    rows = [["", "stock Rasa", "ours", "better by"]]
    for row in COMPARED:
        theirs, own = stock.get(row.key, math.nan), ours.get(row.key, math.nan)
        rows.append([row.title, shown(row, theirs), shown(row, own), ratio(row, theirs, own)])
    return rows


def _ours_only(ours: Values) -> list[list[str]]:
    rows = [[row.title, shown(row, ours.get(row.key, math.nan))] for row in OURS_ONLY]
    return [["", "ours"], *rows]


def _targets(ours: Values) -> list[list[str]]:
    rows = [["target", "limit", "measured", ""]]
    for target in TARGETS:
        sign = "≥" if target.row.more_is_better else "≤"
        measured = shown(target.row, ours.get(target.row.key, math.nan))
        verdict = "pass" if target.is_met(ours) else "FAIL"
        rows.append([target.row.title, f"{sign} {shown(target.row, target.limit)}", measured, verdict])
    return rows


def _markdown(table: list[list[str]]) -> str:
    head, *rows = table
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _rounded(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 4)
    return value
