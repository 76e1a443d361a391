"""Writes all claims out, one by one: as CSV for a spreadsheet, or as JSON Lines for programs."""

import csv
import json
from collections.abc import Callable
from datetime import date, datetime, time
from itertools import batched
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from bot.catalogue import catalogue
from bot.claims.models import Claim, Document
from bot.claims.snapshot import snapshot
from bot.members.services import find_members

BRUSSELS = ZoneInfo("Europe/Brussels")
CHUNK = 500  # claims in memory at once
FIXED = (
    "reference",
    "opened_at",
    "state",
    "outcome",
    "family",
    "subtype",
    "contract",
    "household",
    "email",
    "psychologist",
)
LISTED = ("flags", "documents_to_come", "story")
Write = Callable[[dict[str, Any]], object]
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run (OWASP, CSV injection)


def export_claims(out: TextIO, format_: str, since: date | None = None, until: date | None = None) -> int:
    """Write the claims opened from `since` to `until` (days in Brussels, both included); return how many.

    `format_` is "csv" (UTF-8, `;`, with headings) or "jsonl" (as the webhook's `claim`). Amounts in euro cents.
    """
    write = _csv_writer(out) if format_ == "csv" else _jsonl_writer(out)
    count = 0
    for claims in batched(_claims(since, until).iterator(CHUNK), CHUNK, strict=False):
        members = find_members(claim.member for claim in claims)
        for claim in claims:
            write(snapshot(claim, members.get(claim.member) if claim.member else None))
        count += len(claims)
    return count


def _claims(since: date | None, until: date | None) -> QuerySet[Claim]:
    claims = Claim.objects.order_by("opened_at", "pk").prefetch_related("answers", "documents", "flags")
    if since:
        claims = claims.filter(opened_at__gte=datetime.combine(since, time.min, BRUSSELS))
    if until:
        claims = claims.filter(opened_at__lte=datetime.combine(until, time.max, BRUSSELS))
    return claims


def _jsonl_writer(out: TextIO) -> Write:
    return lambda claim: out.write(json.dumps(claim, ensure_ascii=False) + "\n")


def _csv_writer(out: TextIO) -> Write:
    fields = list(catalogue().fields)
    writer = csv.DictWriter(out, [*FIXED, *fields, *LISTED], delimiter=";", extrasaction="ignore")
    writer.writeheader()
    return lambda claim: writer.writerow({name: cell(value) for name, value in _row(claim).items()})


def _row(claim: dict[str, Any]) -> dict[str, Any]:
    """Return a claim as one line: contract and answers beside the rest, lists in words."""
    to_come = [each["name"] for each in claim["documents"] if each["state"] == Document.State.TO_COME]
    listed = {"flags": " ".join(each["rule"] for each in claim["flags"]), "documents_to_come": ", ".join(to_come)}
    return {**claim, **(claim["member"] or {}), **claim["answers"], **listed}


def cell(value: Any) -> Any:
    """Return what a spreadsheet shows and never runs: a text that looks like a formula gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
