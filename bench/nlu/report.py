"""The report as a page (HTML with the plots beside it), and its summary for docs/nlu.md."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.template import Context, Engine

from bench.nlu.figures import Figures, by_label, cheapest, confusions, figures, risk_coverage
from bench.nlu.plots import draw_reliability, draw_risk_coverage
from bench.nlu.predictions import Prediction
from bench.nlu.reading import Counts, Reading

TEMPLATE = Path(__file__).with_name("report.html")
MARKS = re.compile(r"(<!-- >>> nlu-report -->\n).*?(<!-- <<< nlu-report -->)", re.DOTALL)
HEAD = (
    "on",
    "messages",
    "all labels",
    "incidents",
    "family recall",
    "sub-type",
    "AUROC not ours",
    "ECE",
    "second harm found / false",
)


@dataclass(frozen=True)
class Report:
    """`sets` maps what was predicted on to the predictions; `held_out` names the one that curves are drawn from.

    `readings` maps what fields were read from to the counts.
    """

    date: str
    lines: int
    sets: Mapping[str, Sequence[Prediction]]
    held_out: str
    readings: Mapping[str, Reading]

    def write(self, folder: Path, docs: Path) -> list[Path]:
        """Write page and plots into `folder`, and the summary between the marks of `docs`; return what was written."""
        shown = self.sets[self.held_out]
        plots = [folder / "reliability.png", folder / "risk-coverage.png"]
        draw_reliability(shown, plots[0])
        draw_risk_coverage(shown, plots[1])
        page = folder / "index.html"
        page.write_text(self._page(plots), encoding="utf-8")
        text = docs.read_text(encoding="utf-8")
        docs.write_text(MARKS.sub(lambda found: f"{found[1]}{self.summary()}{found[2]}", text), encoding="utf-8")
        return [page, *plots, docs]

    def summary(self) -> str:
        """Return the figures of all sets as a Markdown table."""
        rows = [HEAD, ["---", *["---:"] * (len(HEAD) - 1)], *self._rows()]
        table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
        best = cheapest(risk_coverage(self.sets[self.held_out]))
        return (
            f"Measured on {self.date} with {self.lines} training lines.\n\n{table}\n"
            f"Cheapest threshold on “{self.held_out}”: {best.threshold:.2f}, which accepts {best.coverage:.0%} "
            f"of the messages, {best.risk:.1%} of them wrongly.\n\n{self._fields_table()}"
        )

    def _fields_table(self) -> str:
        names = sorted({name for reading in self.readings.values() for name in reading.by_field})
        rows = [["field", *(f"{set_}: {what}" for set_ in self.readings for what in ("precision", "recall"))]]
        rows.append(["---", *["---:"] * (len(rows[0]) - 1)])
        for name in names:
            counts = [reading.by_field.get(name, Counts()) for reading in self.readings.values()]
            rows.append([name, *(_share(value) for each in counts for value in (each.precision, each.recall))])
        totals = [reading.total for reading in self.readings.values()]
        rows.append(["**all**", *(_share(value) for each in totals for value in (each.precision, each.recall))])
        return "".join(f"| {' | '.join(row)} |\n" for row in rows)

    def _rows(self) -> list[list[str]]:
        return [[name, *_cells(figures(predictions))] for name, predictions in self.sets.items()]

    def _page(self, plots: Sequence[Path]) -> str:
        context = {
            "report": self,
            "head": HEAD,
            "rows": self._rows(),
            "plots": [plot.name for plot in plots],
            "labels": by_label(self.sets[self.held_out]),
            "confusions": confusions(self.sets[self.held_out]),
            "readings": self.readings,
            "curve": risk_coverage(self.sets[self.held_out]),
            "best": cheapest(risk_coverage(self.sets[self.held_out])),
        }
        return Engine(dirs=[str(TEMPLATE.parent)]).get_template(TEMPLATE.name).render(Context(context, use_l10n=False))


def _cells(found: Figures) -> list[str]:
    harms = f"{_share(found.harms[0])} / {_share(found.harms[1])}"
    middle = (found.incidents, found.incident_recall, found.subtypes, found.out_of_scope, found.calibration)
    accuracy = f"{_share(found.accuracy)} ± {found.error:.3f}"
    return [str(found.messages), accuracy, *map(_share, middle), harms]


def _share(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"
