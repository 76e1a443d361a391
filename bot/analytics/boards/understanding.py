"""How well the model understands: an early sign that it ages."""

from bot.analytics import reading
from bot.analytics.boards.incidents import label_of
from bot.analytics.boards.model import Board, Chart, Series, measures_of, tiles, timeline
from bot.analytics.filters import Filters
from bot.analytics.sums import Sums
from bot.learning.labels import spoken

FIGURES = (
    "confidence",
    "low_confidence",
    "not_understood",
    "two_misses",
    "corrected",
    "out_of_scope",
    "messages",
    "answer_time",
)
MONTH = 31  # days: these are few, so that longer periods are drawn by week
TRACED = {"not_understood": "not_understood", "corrected": "corrected", "out_of_scope": "out_of_scope"}


def build(filters: Filters) -> Board:
    """Return the board."""
    now = reading.sums(filters, measures_of(FIGURES))
    charts = [_confidence(filters), _spread(now), _confusion(filters), _misses(filters)]
    return Board("understanding", "Compréhension", tiles(filters, now, FIGURES, TRACED), charts)


def _confidence(filters: Filters) -> Chart:
    found = reading.totals_by_day(filters, "confidence")
    labels, counts = timeline(filters, {day: count for day, (count, _) in found.items()})
    _, totals = timeline(filters, {day: total for day, (_, total) in found.items()})
    means = [total / count if count else None for count, total in zip(counts, totals, strict=True)]
    return Chart(
        "confidence_over_time",
        "Confiance moyenne par jour",
        "line",
        labels,
        [Series("Confiance", means)],
        "share",
        "Jour",
    )


def _spread(now: Sums) -> Chart:
    tenths = now.split("confidence")
    labels = [f"{10 * tenth}–{10 * tenth + 10} %" for tenth in range(10)]
    values = [tenths.get(str(tenth), 0) for tenth in range(10)]
    return Chart(
        "confidence_spread", "Messages par confiance", "bars", labels, [Series("Messages", values)], label="Confiance"
    )


def _misses(filters: Filters) -> Chart:
    found = reading.by_day(filters, "not_understood", "out_of_scope", "corrected")
    names = {"not_understood": "Non compris", "out_of_scope": "Hors sujet", "corrected": "Types corrigés"}
    series = [Series(name, timeline(filters, found[measure], MONTH)[1]) for measure, name in names.items()]
    return Chart("misses", "Signes d'usure", "line", timeline(filters, {}, MONTH)[0], series, label="Jour")


def _confusion(filters: Filters) -> Chart:
    """Return the corrections as pairs: what the model said, what it was."""
    pairs = sorted(reading.confusion(filters).items(), key=lambda item: -item[1])[:15]
    labels = [f"{_label(was)} → {_label(became)}" for (was, became), _ in pairs]
    return Chart(
        "confusion",
        "Types corrigés : compris → réel",
        "across",
        labels,
        [Series("Corrections", [count for _, count in pairs])],
        label="Correction",
    )


def _label(place: str) -> str:
    family, _, subtype = place.partition("/")
    return spoken().get(place) or label_of(family, subtype)
