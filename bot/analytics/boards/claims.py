"""The claims as they stand now, and how they end; quotas of the contract that are close to their limit."""

from bot.analytics import reading, standing
from bot.analytics.boards.incidents import label_of
from bot.analytics.boards.model import Board, Chart, Series, Tile, across, cases, measures_of, tiles, timeline
from bot.analytics.filters import Filters
from bot.analytics.sums import Sums
from bot.claims.models import Outcome, State

FIGURES = ("claims", "closed", "claim_age")
NOT_CLOSED = "Dossiers qui ne sont pas clos, maintenant."
WAIT_FOR_PIECES = "Dossiers qui attendent des pièces du membre, maintenant."
HALF_ARE_YOUNGER = "La moitié des dossiers en cours sont ouverts depuis moins longtemps."
OUTCOMES = {"": "Sans précision", **dict(Outcome.choices)}


def build(filters: Filters) -> Board:
    """Return the board; what stands open is that of now, whatever the period."""
    now = reading.sums(filters, measures_of(FIGURES))
    stands = standing.open_claims(filters)
    made = [*_tiles(filters, stands), *tiles(filters, now, FIGURES, {"claims": "claim", "closed": "claim_closed"})]
    charts = [_states(stands), _ages(stands), _kinds(stands), _flow(filters), _outcomes(filters, now), _quotas()]
    return Board("claims", "Dossiers", made, charts)


def _tiles(filters: Filters, stands: standing.Standing) -> list[Tile]:
    missing = stands.states.get(State.DOCUMENTS_MISSING, 0)
    everything, waiting = cases(filters, "open"), cases(filters, "open", State.DOCUMENTS_MISSING)
    return [
        Tile("open", "Dossiers en cours", NOT_CLOSED, stands.count, None, "count", everything),
        Tile("documents", "En attente de documents", WAIT_FOR_PIECES, missing, None, "count", waiting),
        Tile("open_age", "Âge médian", HALF_ARE_YOUNGER, stands.median_age, None, "seconds"),
    ]


def _states(stands: standing.Standing) -> Chart:
    names = {state.value: str(state.label) for state in State}
    return across(("states", "En cours, par état"), stands.states, names)


def _ages(stands: standing.Standing) -> Chart:
    labels, values = zip(*stands.ages.items(), strict=True)
    return Chart("ages", "En cours, par âge", "bars", labels, [Series("Dossiers", values)], label="Âge")


def _kinds(stands: standing.Standing) -> Chart:
    names = {f"{family}/{subtype}": label_of(family, subtype) for family, subtype in stands.kinds}
    return across(("kinds", "En cours, par type"), {"/".join(place): n for place, n in stands.kinds.items()}, names)


def _flow(filters: Filters) -> Chart:
    found = reading.by_day(filters, "claim", "claim_closed")
    labels, opened = timeline(filters, found["claim"])
    _, closed = timeline(filters, found["claim_closed"])
    return Chart(
        "flow", "Ouverts et clos", "line", labels, [Series("Ouverts", opened), Series("Clos", closed)], label="Jour"
    )


def _outcomes(filters: Filters, now: Sums) -> Chart:
    closed = now.split("claim_closed")
    links = {outcome: cases(filters, "claim_closed", outcome) for outcome in closed}
    return across(("outcomes", "Clos, par issue"), closed, OUTCOMES, links)


def _quotas() -> Chart:
    """Return how many households with an open claim are close to a limit of the contract, or above it."""
    found = standing.quotas()
    labels = list(found)
    values = [found[label] for label in labels]
    note = "Ménages avec un dossier en cours, sur les 12 derniers mois. Un fait pour le gestionnaire, jamais un refus."
    return Chart(
        "quotas", "Plafonds proches", "across", labels, [Series("Ménages", values)], label="Plafond", note=note
    )
