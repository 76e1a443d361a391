"""The way from a first message to a claim, and where people stop."""

from bot.analytics import reading
from bot.analytics.boards.model import Board, Chart, Series, cases, measures_of, tiles, timeline
from bot.analytics.filters import Filters
from bot.analytics.sums import Sums
from bot.catalogue import catalogue

FIGURES = (
    "conversations",
    "understood_share",
    "completion",
    "questions",
    "claim_time",
    "claim_time_p90",
    "resumed",
    "left",
)
STEPS = {
    "started": "Premier message",
    "report": "Incident compris",
    "advised": "Conseils montrés",
    "form": "Questions commencées",
    "recap": "Récapitulatif",
    "claim": "Dossier ouvert",
}


def build(filters: Filters) -> Board:
    """Return the board."""
    now = reading.sums(filters, {*measures_of(FIGURES), *STEPS, "asked", "answered", "unknown"})
    traced = {"resumed": "resumed", "left": "cancelled"}
    charts = [_funnel(filters, now), _stops(filters, now), _questions(now), _completion(filters)]
    return Board("path", "Parcours", tiles(filters, now, FIGURES, traced), charts)


def _funnel(filters: Filters, now: Sums) -> Chart:
    """Return the steps; a first message has no family yet, so it is left out where one is chosen."""
    steps = [step for step in STEPS if step != "started" or not (filters.family or filters.safety)]
    links = [cases(filters, step) if step in ("report", "recap", "claim") else "" for step in steps]
    values = [now.count(step) for step in steps]
    labels = [STEPS[step] for step in steps]
    return Chart(
        "funnel",
        "Du premier message au dossier",
        "across",
        labels,
        [Series("Nombre", values)],
        label="Étape",
        links=links,
    )


def _stops(filters: Filters, now: Sums) -> Chart:
    """Return the questions that were asked and have no answer so far."""
    asked, answered = now.split("asked"), now.split("answered")
    open_ = {field: max(0, n - answered.get(field, 0)) for field, n in asked.items()}
    worst = sorted((field for field in open_ if open_[field]), key=lambda field: -open_[field])[:12]
    return Chart(
        "stops",
        "Questions restées sans réponse",
        "across",
        [_label(field) for field in worst],
        [Series("Sans réponse", [open_[field] for field in worst])],
        label="Question",
        note="Posées et pas encore répondues : là où les membres s'arrêtent.",
        links=[cases(filters, "pending", field) for field in worst],
    )


def _questions(now: Sums) -> Chart:
    asked, answered, unknown = now.split("asked"), now.split("answered"), now.split("unknown")
    most = list(asked)[:12]
    series = [
        Series("Répondues", [answered.get(field, 0) - unknown.get(field, 0) for field in most]),
        Series("« Je ne sais pas »", [unknown.get(field, 0) for field in most]),
        Series("Sans réponse", [max(0, asked[field] - answered.get(field, 0)) for field in most]),
    ]
    return Chart(
        "questions", "Réponses par question", "across", [_label(field) for field in most], series, label="Question"
    )


def _completion(filters: Filters) -> Chart:
    found = reading.by_day(filters, "form", "claim")
    labels, begun = timeline(filters, found["form"])
    _, opened = timeline(filters, found["claim"])
    series = [Series("Déclarations commencées", begun), Series("Dossiers ouverts", opened)]
    return Chart("completion_over_time", "Commencées et menées au bout", "line", labels, series, label="Jour")


def _label(field: str) -> str:
    known = catalogue().fields.get(field)
    return known.label if known else field
