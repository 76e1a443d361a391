"""From a figure to the conversations behind it, the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from bot.analytics.boards.incidents import label_of
from bot.analytics.filters import CHANNELS, SAFETY, Filters
from bot.analytics.formats import duration
from bot.analytics.models import Fact, OpenClaim, Subject
from bot.analytics.writing import BRUSSELS, TRACED
from bot.catalogue import catalogue

MOST = 100  # cases shown
TITLES = {
    "report": "Signalements",
    "claim": "Dossiers ouverts",
    "recap": "Récapitulatifs montrés",
    "cancelled": "Déclarations annulées",
    "declined": "Déclarations refusées",
    "resumed": "Déclarations reprises",
    "handed_off": "Passages à un conseiller",
    "waiting": "Attentes",
    "first_reply": "Premières réponses humaines",
    "handling": "Traitements",
    "reopened": "Réouvertures",
    "gave_up_waiting": "Attentes abandonnées",
    "satisfaction": "Notes des membres",
    "not_understood": "Messages non compris",
    "out_of_scope": "Messages hors sujet",
    "corrected": "Types corrigés",
    "claim_closed": "Dossiers clos",
    "open": "Dossiers en cours",
    "pending": "Questions restées sans réponse",
}
SECONDS = ("waiting", "first_reply", "handling")


@dataclass(frozen=True)
class Case:
    """One case; `conversation` is None once its member is forgotten."""

    at: datetime
    incident: str
    channel: str
    safety: str
    detail: str
    conversation: UUID | None


@dataclass(frozen=True)
class Cases:
    """The latest cases of one figure; `more` says that there are others."""

    title: str
    cases: list[Case]
    more: bool


def cases_of(filters: Filters, measure: str, key: str | None) -> Cases | None:
    """Return the cases of a measure (and key) within the filters; None for a measure that leads to none."""
    rows: list[Mapping[str, Any]]
    if measure == "open":
        rows = _open(filters, key)
    elif measure == "pending":
        rows = _pending(filters, key or "")
    elif measure in TRACED:
        rows = _facts(filters, measure, key)
    else:
        return None
    title = TITLES[measure]
    if measure == "pending" and key and key in catalogue().fields:
        title += f" : {catalogue().fields[key].label}"
    return Cases(title, [_case(row, measure) for row in rows[:MOST]], len(rows) > MOST)


def _facts(filters: Filters, measure: str, key: str | None) -> list[Mapping[str, Any]]:
    found = Fact.objects.filter(measure=measure, **filters.dims(), **_within(filters, "at"))
    if key is not None:
        found = found.filter(key=key)
    return list(_newest(found.order_by("-at")))


def _open(filters: Filters, key: str | None) -> list[Mapping[str, Any]]:
    found = OpenClaim.objects.filter(**filters.dims(), **({"state": key} if key else {})).order_by("opened_at")
    rows = found.values("opened_at", "family", "subtype", "channel", "safety", "conversation")[: MOST + 1]
    return [{**row, "at": row["opened_at"], "value": 0, "key": ""} for row in rows]


def _pending(filters: Filters, field: str) -> list[Mapping[str, Any]]:
    found = Subject.objects.filter(pending=field, **_within(filters, "asked_at")).exclude(pending="")
    dims = {f"memory__{name}": value for name, value in filters.dims().items()}
    rows = found.filter(**dims).order_by("-asked_at")[: MOST + 1]
    return [{**row.memory, "at": row.asked_at, "conversation": row.conversation, "value": 0, "key": ""} for row in rows]


def _newest(found: QuerySet[Fact]) -> Any:
    return found.values("at", "family", "subtype", "channel", "safety", "value", "key", "conversation")[: MOST + 1]


def _within(filters: Filters, column: str) -> dict[str, datetime]:
    """Return the limits of the period: midnights in Brussels."""
    ends = (filters.first, filters.last + timedelta(days=1))
    start, end = (datetime(day.year, day.month, day.day, tzinfo=BRUSSELS) for day in ends)
    return {f"{column}__gte": start, f"{column}__lt": end}


def _case(row: Mapping[str, Any], measure: str) -> Case:
    detail = ""
    if measure in SECONDS:
        detail = duration(row["value"])
    elif measure == "open":
        detail = f"depuis {duration((timezone.now() - row['at']).total_seconds())}"
    elif measure == "satisfaction":
        detail = f"{row['key']} sur 5"
    incident = label_of(row["family"], row["subtype"])
    levels = SAFETY.get(row["safety"], "") if row["safety"] != "none" else ""
    return Case(row["at"], incident, CHANNELS.get(row["channel"], ""), levels, detail, row["conversation"])
