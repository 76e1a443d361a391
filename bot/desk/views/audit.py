"""The audit, for administrators: who saw, took, changed or exported what."""

import csv
import io
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bot.audit.models import Entry
from bot.audit.reading import NOBODY, ZONE, Asked, acts, entries, shown
from bot.claims.export import cell
from bot.claims.models import Claim
from bot.desk.access import staff
from bot.desk.models import Adviser, Role
from bot.desk.noting import always
from bot.desk.views.given import day_of

PAGE = 100  # rows
MOST = 50_000  # rows of a file
COLUMNS = ("quand", "qui", "acte", "conversation", "dossier", "objet", "détails")


@staff(Role.ADMINISTRATOR, noted=always)
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Show the latest rows that are asked for."""
    asked = _asked(request.GET)
    found = _page(asked, request.GET.get("before", "")) if asked else []
    names = _names()
    references = _references(found)
    given = {name: value for name, value in request.GET.items() if name != "before" and value}
    context = {
        "lines": [_line(entry, names, references) for entry in found[:PAGE]],
        "next": urlencode({**given, "before": found[PAGE - 1].pk}) if len(found) > PAGE else "",
        "query": urlencode(given),
        "given": request.GET,
        "people": sorted(names.items(), key=lambda item: item[1]),
        "nobody": NOBODY,
        "acts": acts().items(),
        "is_unknown": asked is None,
    }
    return render(request, "desk/audit.html", context)


@staff(Role.ADMINISTRATOR, noted=always)
@require_safe
def audit_csv(request: HttpRequest) -> HttpResponse:
    """Give the rows that are asked for as a file, UTF-8 with the mark that spreadsheets look for."""
    asked, out = _asked(request.GET), io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    found = list(entries(asked)[:MOST]) if asked else []
    names, references = _names(), _references(found)
    for entry in found:
        line = _line(entry, names, references)
        details = " ".join(f"{name}={value}" for name, value in line["details"])
        row = (entry.at.astimezone(ZONE).isoformat(timespec="seconds"), line["who"], line["act"])
        writer.writerow(
            [cell(each) for each in (*row, str(entry.conversation or ""), line["reference"], line["object"], details)]
        )
    file = f"cyber-care-journal-{timezone.localdate()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)


def _asked(given: QueryDict) -> Asked | None:
    """Return what the address asks for; None where it names a conversation or person that nobody knows."""
    asked = Asked(act=given.get("act", ""), since=day_of(given.get("since", "")), until=day_of(given.get("until", "")))
    try:
        who = given.get("who", "")
        asked = replace(asked, who=who if who in ("", NOBODY) else str(UUID(who)))
        if words := given.get("object", "").strip():
            claim = Claim.objects.filter(reference__iexact=words).values_list("conversation", flat=True).first()
            asked = replace(asked, conversation=claim or UUID(words))
    except ValueError:
        return None
    return asked


def _page(asked: Asked, before: str) -> list[Entry]:
    """Return the rows before the one that ended the page before, and one more if there are others."""
    found = entries(asked)
    if before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    return list(found[: PAGE + 1])


def _names() -> dict[str, str]:
    return {str(key): name for key, name in Adviser.objects.values_list("pk", "name")}


def _references(found: list[Entry]) -> dict[str, str]:
    """Return the reference of the latest claim of each conversation that the rows name."""
    talks = {entry.conversation for entry in found if entry.conversation}
    claims = Claim.objects.filter(conversation__in=talks).order_by("opened_at")
    return {str(conversation): reference for conversation, reference in claims.values_list("conversation", "reference")}


def _line(entry: Entry, names: dict[str, str], references: dict[str, str]) -> dict[str, Any]:
    """Return one row in words: accounts by their names, conversations by their claim's reference if there is one."""
    at: datetime = entry.at
    details = [(name, names.get(str(value).removeprefix("adviser:"), value)) for name, value in entry.details.items()]
    return {
        "at": at,
        "who": names.get(str(entry.who), "compte supprimé") if entry.who else "—",
        "act": shown(entry.act),
        "conversation": entry.conversation,
        "reference": references.get(str(entry.conversation), ""),
        "object": names.get(entry.object, entry.object),
        "details": details,
    }
