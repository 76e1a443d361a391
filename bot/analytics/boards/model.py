"""What a page is made of: tiles with one figure each, and charts, each with the table behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from bot.analytics import reading
from bot.analytics.filters import Filters
from bot.analytics.formats import NOTHING, change, day, month, shown
from bot.analytics.metrics import FIGURES
from bot.analytics.sums import Sums

Kind = Literal["line", "stacked", "bars", "across", "heat"]
WEEKLY_FROM = 120  # days: a longer period is drawn by week
WEEK = 7


@dataclass(frozen=True)
class Series:
    """One line or one set of bars; None where there is nothing to show."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Chart:
    """One chart and the table behind it; `links` leads from a label to the conversations, "" where it does not."""

    id: str
    title: str
    kind: Kind
    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = "count"
    label: str = ""  # what the labels are, for the table's head
    note: str = ""
    links: Sequence[str] = field(default_factory=tuple)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not any(value for series in self.series for value in series.values)

    @property
    def rows(self) -> list[tuple[str, str, list[str]]]:
        """Return the table's rows: label, link, shown values."""
        links = list(self.links) or [""] * len(self.labels)
        return [
            (label, links[place], [shown(series.values[place], self.unit) for series in self.series])
            for place, label in enumerate(self.labels)
        ]


@dataclass(frozen=True)
class Tile:
    """One figure, with the same of the period before."""

    id: str
    title: str
    definition: str
    value: float | None
    before: float | None
    unit: str
    link: str = ""
    less_is_better: bool | None = None

    @property
    def shown(self) -> str:
        """Return the figure in words."""
        return shown(self.value, self.unit)

    @property
    def change(self) -> str:
        """Return the change against the period before, in words."""
        return change(self.value, self.before)

    @property
    def mood(self) -> str:
        """Return "good" or "bad" where the direction says so, otherwise ""."""
        if self.less_is_better is None or not self.change or self.change == "stable":
            return ""
        fell = (self.value or 0) < (self.before or 0)
        return "good" if fell == self.less_is_better else "bad"


@dataclass(frozen=True)
class Board:
    """One page."""

    id: str
    title: str
    tiles: Sequence[Tile]
    charts: Sequence[Chart]


def measures_of(figures: Iterable[str]) -> set[str]:
    """Return the measures that these figures read."""
    return {measure for id_ in figures for measure in FIGURES[id_].measures}


def tiles(filters: Filters, now: Sums, figures: Sequence[str], traced: Mapping[str, str] | None = None) -> list[Tile]:
    """Return one tile per figure; `traced` maps figures to the measure whose cases can be looked at."""
    earlier = filters.before()
    before = reading.sums(earlier, measures_of(figures)) if reading.is_known(earlier) else Sums()
    made = []
    for figure in (FIGURES[id_] for id_ in figures):
        link = cases(filters, traced[figure.id]) if traced and figure.id in traced else ""
        values = figure.value(now), figure.value(before)
        made.append(Tile(figure.id, figure.title, figure.definition, *values, figure.unit, link, figure.less_is_better))
    return made


def cases(filters: Filters, measure: str, key: str | None = None, **dims: str) -> str:
    """Return the query that leads to the conversations behind a figure."""
    more = {"measure": measure} | ({} if key is None else {"key": key})
    return filters.query(**more, **dims)


def timeline(
    filters: Filters, counts: Mapping[date, float], weekly_from: int = WEEKLY_FROM
) -> tuple[list[str], list[float]]:
    """Return labels and sums by day; by week (from its first day) or by month when the period is long."""
    days = [filters.first + timedelta(days=offset) for offset in range(filters.days)]
    if filters.days > reading.BY_MONTH_FROM:
        months: dict[date, float] = dict.fromkeys((each.replace(day=1) for each in days), 0)
        for each, count in counts.items():
            months[each.replace(day=1)] += count
        return [month(start) for start in months], list(months.values())
    step = WEEK if filters.days > weekly_from else 1
    starts = days[::step]
    values = [sum(counts.get(start + timedelta(days=each), 0) for each in range(step)) for start in starts]
    return [day(start) for start in starts], values


def across(
    chart: tuple[str, str],
    counts: Mapping[str, float],
    names: Mapping[str, str],
    links: Mapping[str, str] | None = None,
) -> Chart:
    """Return bars for the twelve largest counts by key; `chart` is its id and title."""
    largest = sorted(counts.items(), key=lambda item: -item[1])[:12]
    labels = [names.get(key, key) or NOTHING for key, _ in largest]
    of_keys = [(links or {}).get(key, "") for key, _ in largest]
    return Chart(*chart, "across", labels, [Series("Nombre", [n for _, n in largest])], label="Quoi", links=of_keys)
