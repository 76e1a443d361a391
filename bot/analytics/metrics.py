"""Every figure, defined once: pages, exports, e-mail and docs/metrics.md all read it here.

`python -m bot.analytics.metrics` writes docs/metrics.md; a test fails when it has drifted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from bot.analytics.sums import Sums, share
from bot.settings import ROOT

Value = Callable[[Sums], float | None]
Unit = Literal["count", "share", "cents", "seconds", "number", "score"]
LOW = ("0", "1", "2", "3", "4")  # tenths of confidence below 50 %
DOCUMENT = ROOT / "docs" / "metrics.md"


@dataclass(frozen=True)
class Figure:
    """One figure: what people call it, what exactly it is, and how it is computed from the sums of a period."""

    id: str
    title: str
    definition: str
    unit: Unit
    measures: tuple[str, ...]  # those it reads
    value: Value
    less_is_better: bool | None = None  # None: neither


def _count(measure: str) -> Value:
    return lambda sums: sums.count(measure)


def _share(part: str, whole: str) -> Value:
    return lambda sums: share(sums.count(part), sums.count(whole))


def _quantile(measure: str, below: float, *keys: str) -> Value:
    return lambda sums: sums.quantile(measure, below, *keys)


def _answer_time(sums: Sums) -> float | None:
    milliseconds = sums.quantile("answered_message", 0.5)
    return None if milliseconds is None else milliseconds / 1_000


#: Of each figure of figures.yml: the measures it reads, and how it is computed from their sums.
COMPUTED: Mapping[str, tuple[tuple[str, ...], Value]] = {
    # 1. Incidents
    "reports": (("report",), _count("report")),
    "claims": (("claim",), _count("claim")),
    "claim_share": (("claim", "report"), _share("claim", "report")),
    "amount_sum": (("amount",), lambda sums: sums.total("amount")),
    "amount_median": (("amount",), _quantile("amount", 0.5)),
    # 2. Path
    "conversations": (("started",), _count("started")),
    "understood_share": (("report", "started"), _share("report", "started")),
    "completion": (("claim", "form"), _share("claim", "form")),
    "questions": (("claim_questions",), _quantile("claim_questions", 0.5)),
    "claim_time": (("claim_time",), _quantile("claim_time", 0.5)),
    "claim_time_p90": (("claim_time",), _quantile("claim_time", 0.9)),
    "resumed": (("resumed",), _count("resumed")),
    "left": (("cancelled", "declined"), lambda sums: sums.count("cancelled") + sums.count("declined")),
    # 3. Humans
    "handed_off": (("handed_off",), _count("handed_off")),
    "handed_off_share": (("handed_off", "started"), _share("handed_off", "started")),
    "waiting": (("waiting",), _quantile("waiting", 0.5, "in")),
    "waiting_p90": (("waiting",), _quantile("waiting", 0.9, "in")),
    "first_reply": (("first_reply",), _quantile("first_reply", 0.5, "in")),
    "first_reply_p90": (("first_reply",), _quantile("first_reply", 0.9, "in")),
    "first_reply_out": (("first_reply",), _quantile("first_reply", 0.5, "out")),
    "handling": (("handling",), _quantile("handling", 0.5)),
    "gave_up_waiting": (("gave_up_waiting",), _count("gave_up_waiting")),
    "reopened": (("reopened",), _count("reopened")),
    "satisfaction": (("satisfaction",), lambda sums: sums.mean("satisfaction")),
    # 4. Understanding
    "confidence": (("confidence",), lambda sums: sums.mean("confidence")),
    "low_confidence": (("confidence",), lambda sums: share(sums.count("confidence", *LOW), sums.count("confidence"))),
    "not_understood": (("not_understood", "confidence"), _share("not_understood", "confidence")),
    "two_misses": (("not_understood",), lambda sums: sums.count("not_understood", "2")),
    "corrected": (("corrected", "report"), _share("corrected", "report")),
    "out_of_scope": (("out_of_scope", "confidence"), _share("out_of_scope", "confidence")),
    "messages": (("message", "started"), _share("message", "started")),
    "answer_time": (("answered_message",), _answer_time),
    # 6. Claims
    "closed": (("claim_closed",), _count("claim_closed")),
    "claim_age": (("claim_age",), _quantile("claim_age", 0.5)),
}
FIGURES: Mapping[str, Figure] = {
    id_: Figure(id=id_, measures=COMPUTED[id_][0], value=COMPUTED[id_][1], **row)
    for id_, row in yaml.safe_load(Path(__file__).with_name("figures.yml").read_text(encoding="utf-8")).items()
}

INTRODUCTION = """# Figures

Every figure of the analytics pages, defined once in `bot/analytics/metrics.py`, from which this page is written
(`python -m bot.analytics.metrics`). Counting is described in [analytics.md](analytics.md).

**Précision.** Médianes et « 9 sur 10 » viennent de classes qui croissent de 5 % : elles sont justes à 2,5 % près.
**Jour.** Un jour est un jour de Bruxelles, de 23, 24 ou 25 heures. **Filtres.** Un chiffre est rangé sous le canal, la
famille, le type et l'urgence connus au moment du fait ; un premier message n'a donc pas encore de famille.

| id | chiffre | définition | unité | mesures |
|---|---|---|---|---|
"""


def as_markdown() -> str:
    """Return the content of docs/metrics.md."""
    rows = (
        f"| `{each.id}` | {each.title} | {each.definition} | {each.unit} | {', '.join(each.measures)} |\n"
        for each in FIGURES.values()
    )
    return INTRODUCTION + "".join(rows)


if __name__ == "__main__":
    DOCUMENT.write_text(as_markdown(), encoding="utf-8")
