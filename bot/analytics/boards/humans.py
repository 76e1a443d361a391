"""When a human is needed, how long members wait, how it ends."""

from bot.analytics import reading
from bot.analytics.boards.incidents import DAYS
from bot.analytics.boards.model import Board, Chart, Series, across, cases, measures_of, tiles, timeline
from bot.analytics.buckets import middle
from bot.analytics.filters import Filters
from bot.analytics.sums import Sums

FIGURES = (
    "handed_off",
    "handed_off_share",
    "waiting",
    "waiting_p90",
    "first_reply",
    "first_reply_p90",
    "first_reply_out",
    "handling",
    "gave_up_waiting",
    "reopened",
    "satisfaction",
)
TRACED = {
    "handed_off": "handed_off",
    "waiting": "waiting",
    "first_reply": "first_reply",
    "handling": "handling",
    "gave_up_waiting": "gave_up_waiting",
    "reopened": "reopened",
    "satisfaction": "satisfaction",
}
REASONS = {
    "asked": "Demandé par le membre",
    "not_understood": "Deux messages non compris",
    "danger_to_life": "Vie en danger",
    "engine_failure": "Panne du moteur",
    "answer_failure": "Panne de la réponse",
    "taken_by_adviser": "Pris par un conseiller",
    "minor": "Mineur",
    "callback_asked": "Veut être rappelé",
    "transferred": "Transféré par un conseiller",
    "rule": "Règle d'un superviseur",
}
#: Upper bounds of the waiting times' bars, in seconds, and what they are called.
WAITS = {
    60: "moins d'1 min",
    300: "1 à 5 min",
    900: "5 à 15 min",
    3_600: "15 à 60 min",
    14_400: "1 à 4 h",
    86_400: "4 à 24 h",
}
LONGER = "plus d'un jour"


def build(filters: Filters) -> Board:
    """Return the board."""
    now = reading.sums(filters, measures_of(FIGURES))
    reasons = now.split("handed_off")
    links = {reason: cases(filters, "handed_off", reason) for reason in reasons}
    charts = [
        _over_time(filters),
        across(("reasons", "Pourquoi un conseiller"), reasons, REASONS, links),
        _load(filters),
        _scores(now),
        _waits(now),
    ]
    return Board("humans", "Conseillers", tiles(filters, now, FIGURES, TRACED), charts)


def _over_time(filters: Filters) -> Chart:
    labels, handed = timeline(filters, reading.by_day(filters, "handed_off")["handed_off"])
    return Chart(
        "handed_off_over_time", "Passages par jour", "line", labels, [Series("Passages", handed)], label="Jour"
    )


def _waits(now: Sums) -> Chart:
    series = []
    for key, name in (("in", "Heures d'ouverture"), ("out", "Hors heures")):
        bars = [0] * (len(WAITS) + 1)
        for bucket, count in now.buckets("first_reply", key).items():
            bars[sum(middle(bucket) >= bound for bound in WAITS)] += count
        series.append(Series(name, bars))
    return Chart(
        "waits", "Délai de la première réponse humaine", "bars", [*WAITS.values(), LONGER], series, label="Délai"
    )


def _load(filters: Filters) -> Chart:
    counts = reading.by_hour_of_week(filters, "handed_off")
    series = [Series(name, [counts.get((number, hour), 0) for hour in range(24)]) for number, name in enumerate(DAYS)]
    return Chart("load", "Charge par heure", "heat", [f"{hour} h" for hour in range(24)], series, label="Heure")


def _scores(now: Sums) -> Chart:
    scores = now.split("satisfaction")
    labels = [str(score) for score in range(1, 6)]
    return Chart(
        "scores",
        "Notes des membres",
        "bars",
        labels,
        [Series("Notes", [scores.get(each, 0) for each in labels])],
        label="Note",
    )
