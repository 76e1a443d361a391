"""The claims that are open now; the cost grows with these, not with history."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db import connection
from django.utils import timezone

from bot.analytics.filters import Filters
from bot.analytics.models import OpenClaim
from bot.claims.checks import CENTS_A_YEAR
from bot.claims.flags import CASES_A_YEAR

DAY = 86_400
#: Upper bounds of the ages' bars, in days.
AGES = {2: "moins de 2 jours", 7: "2 à 7 jours", 14: "1 à 2 semaines", 30: "2 à 4 semaines", 90: "1 à 3 mois"}
OLDER = "plus de 3 mois"
CLOSE = 0.8  # of the yearly amount
YEAR = timedelta(days=365)

# Members of the households that have an open claim, then all claims of a year of each such household.
QUOTAS = """
WITH households AS (
    SELECT DISTINCT m.household FROM analytics_openclaim o
    JOIN claims_claim c ON c.id = o.claim JOIN members_member m ON m.id = c.member
), of_year AS (
    SELECT m.household, c.id FROM households h JOIN members_member m USING (household)
    JOIN claims_claim c ON c.member = m.id WHERE c.opened_at > %s
)
SELECT count(DISTINCT y.id), coalesce(sum((a.value #>> '{}')::bigint), 0)
FROM of_year y LEFT JOIN claims_answer a ON a.claim_id = y.id AND a.field = 'amount_cents' AND a.value <> 'null'
GROUP BY y.household
"""


@dataclass(frozen=True)
class Standing:
    """Counts of the open claims; ages in seconds."""

    count: int
    states: Mapping[str, int]
    ages: Mapping[str, int]
    kinds: Mapping[tuple[str, str], int]
    median_age: float | None


def open_claims(filters: Filters) -> Standing:
    """Return how the open claims stand, under the filters' dimensions."""
    rows = OpenClaim.objects.filter(**filters.dims()).values_list("state", "opened_at", "family", "subtype")
    now, found = timezone.now(), list(rows)
    ages = [(now - opened).total_seconds() for _, opened, _, _ in found]
    bars = dict.fromkeys([*AGES.values(), OLDER], 0)
    for age in ages:
        bars[next((name for days, name in AGES.items() if age < days * DAY), OLDER)] += 1
    states = Counter(state for state, *_ in found)
    kinds = Counter((family, subtype) for _, _, family, subtype in found)
    return Standing(len(found), states, bars, kinds, median(ages) if ages else None)


def quotas() -> dict[str, int]:
    """Return how many households with an open claim are near, at or over a yearly limit (see claims/flags.py)."""
    with connection.cursor() as cursor:
        cursor.execute(QUOTAS, [timezone.now() - YEAR])
        households = cursor.fetchall()
    return {
        f"{CASES_A_YEAR} cas atteints": sum(cases == CASES_A_YEAR for cases, _ in households),
        f"Plus de {CASES_A_YEAR} cas": sum(cases > CASES_A_YEAR for cases, _ in households),
        "80 % du montant annuel": sum(CLOSE * CENTS_A_YEAR <= cents <= CENTS_A_YEAR for _, cents in households),
        "Montant annuel dépassé": sum(cents > CENTS_A_YEAR for _, cents in households),
    }
