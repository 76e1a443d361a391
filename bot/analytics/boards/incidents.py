"""What is reported: how much, of which kind, when, what was lost, through what."""

from collections.abc import Mapping

from bot.analytics import reading
from bot.analytics.boards.model import Board, Chart, Series, across, cases, measures_of, tiles, timeline
from bot.analytics.buckets import middle
from bot.analytics.filters import Filters
from bot.analytics.formats import shown
from bot.analytics.sums import Sums
from bot.catalogue import catalogue

FIGURES = ("reports", "claims", "claim_share", "amount_sum", "amount_median")
SPLITS = {
    "merchant": "Vendeurs les plus cités",
    "platform": "Plateformes les plus citées",
    "contact_channel": "Par où l'auteur est venu",
    "payment_means": "Moyens de paiement",
    "victim": "Personnes touchées",
}
#: Upper bounds of the amounts' bars, in cents.
STEPS = (5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000)
DAYS = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")


def build(filters: Filters) -> Board:
    """Return the board."""
    now = reading.sums(filters, {*measures_of(FIGURES), *SPLITS})
    shown_tiles = tiles(filters, now, FIGURES, {"reports": "report", "claims": "claim"})
    charts = [_over_time(filters), _subtypes(filters), _heat(filters), _amounts(now), *_splits(now)]
    return Board("incidents", "Incidents", shown_tiles, charts)


def _over_time(filters: Filters) -> Chart:
    counts = reading.by_family_and_day(filters, "report")
    series, labels = [], timeline(filters, {})[0]
    for family in catalogue().families.values():
        if not filters.family or family.id == filters.family:
            series.append(Series(family.label, timeline(filters, counts.get(family.id, {}))[1]))
    return Chart("reports_over_time", "Signalements par famille", "stacked", labels, series, label="Jour")


def _subtypes(filters: Filters) -> Chart:
    """Return the kinds with their count now and in the period before: what rises is seen at once."""
    now, period = reading.by_incident(filters, "report"), filters.before()
    before = reading.by_incident(period, "report") if reading.is_known(period) else None
    largest = sorted(now, key=lambda place: -now[place]["report"])[:12]
    series = [Series("Cette période", [now[place]["report"] for place in largest])]
    if before is not None:
        earlier = [before.get(place, {}).get("report", 0) for place in largest]
        series.append(Series("Période précédente", earlier))
    return Chart(
        "reports_by_subtype",
        "Types les plus signalés",
        "across",
        [label_of(*place) for place in largest],
        series,
        label="Type",
        links=[cases(filters, "report", family=family, subtype=subtype) for family, subtype in largest],
    )


def _heat(filters: Filters) -> Chart:
    counts = reading.by_hour_of_week(filters, "report")
    series = [Series(name, [counts.get((number, hour), 0) for hour in range(24)]) for number, name in enumerate(DAYS)]
    labels = [f"{hour} h" for hour in range(24)]
    return Chart("hours_of_week", "Heures de la semaine", "heat", labels, series, label="Heure")


def _amounts(now: Sums) -> Chart:
    bars = [0] * (len(STEPS) + 1)
    for bucket, count in now.buckets("amount").items():
        bars[sum(middle(bucket) >= step for step in STEPS)] += count
    bounds = [shown(step, "cents") for step in STEPS]
    between = [f"{low} – {high}" for low, high in zip(bounds, bounds[1:], strict=False)]
    labels = [f"moins de {bounds[0]}", *between, f"plus de {bounds[-1]}"]
    return Chart("amounts", "Montants déclarés", "bars", labels, [Series("Dossiers", bars)], label="Montant")


def _splits(now: Sums) -> list[Chart]:
    return [across((measure, title), now.split(measure), choices_of(measure)) for measure, title in SPLITS.items()]


def choices_of(field: str) -> Mapping[str, str]:
    """Return the labels of a field's choices."""
    known = catalogue().fields.get(field)
    return dict(known.choices) if known else {}


def label_of(family: str, subtype: str) -> str:
    """Return what people call a kind of incident, retired ones and unknown ones too."""
    return catalogue().incident_label(family, subtype) or "Pas encore clair"
