"""The pages of the figures: boards, the cases behind a figure, today's strip, files."""

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bot.analytics import exporting
from bot.analytics.boards import BOARDS
from bot.analytics.boards.model import Board, Chart
from bot.analytics.filters import CHANNELS, PERIODS, SAFETY, Filters
from bot.analytics.formats import period
from bot.analytics.todays import strip
from bot.analytics.tracing import cases_of
from bot.catalogue import catalogue
from bot.desk.access import READERS, adviser, staff
from bot.desk.models import Role
from bot.desk.noting import always

ALLOWED = (Role.ANALYST, Role.SUPERVISOR, Role.ADMINISTRATOR)
TABS = {
    "incidents": "Incidents",
    "path": "Parcours",
    "humans": "Conseillers",
    "understanding": "Compréhension",
    "waves": "Vagues",
    "claims": "Dossiers",
}


@require_safe
@staff(*ALLOWED)
def board(request: HttpRequest, name: str) -> HttpResponse:
    """Show one board."""
    built, filters = _built(request, name)
    shown = {"board": built, "charts": [_drawn(chart) for chart in built.charts], "today": strip()}
    return render(request, "analytics/board.html", {**shown, **frame(filters, name)})


@require_safe
@staff(*ALLOWED)
def cases(request: HttpRequest) -> HttpResponse:
    """List the latest cases behind a figure; only who may read conversations gets links to them."""
    filters = Filters.read(request.GET, timezone.localdate())
    measure, key = request.GET.get("measure", ""), request.GET.get("key")
    found = cases_of(filters, measure, key)
    if found is None:
        raise Http404
    may_read = adviser(request).role in READERS
    return render(request, "analytics/cases.html", {"found": found, "may_read": may_read, **frame(filters, "")})


@require_safe
@staff(*ALLOWED, is_quiet=True)
def today(request: HttpRequest) -> HttpResponse:
    """Give today's strip anew."""
    return render(request, "analytics/_today.html", {"today": strip()})


@require_safe
@staff(*ALLOWED, noted=always)
def export(request: HttpRequest, name: str, format_: str) -> HttpResponse:
    """Give a board's tables as a file; small numbers are protected for analysts."""
    if format_ not in exporting.FORMATS:
        raise Http404
    built, filters = _built(request, name)
    is_protected = adviser(request).role == Role.ANALYST
    content = exporting.FORMATS[format_](exporting.table(built, is_protected))
    file = f"cyber-care-{name}-{filters.first}-{filters.last}.{format_}"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return HttpResponse(content, content_type=exporting.MEDIA_TYPES[format_], headers=headers)


def _built(request: HttpRequest, name: str) -> tuple[Board, Filters]:
    if name not in BOARDS:
        raise Http404
    filters = Filters.read(request.GET, timezone.localdate())
    return BOARDS[name](filters), filters


def frame(filters: Filters, name: str) -> dict[str, Any]:
    """Return what the frame of every page shows."""
    return {
        "filters": filters,
        "query": filters.query(),
        "period": period(filters.first, filters.last),
        "tabs": TABS,
        "tab": name,
        "channels": CHANNELS,
        "levels": SAFETY,
        "periods": PERIODS,
        "families": catalogue().families.values(),
        "today_date": timezone.localdate(),
    }


def _drawn(chart: Chart) -> dict[str, Any]:
    """Return a chart with what the page's script draws it from."""
    data = {
        "kind": chart.kind,
        "unit": chart.unit,
        "labels": list(chart.labels),
        "links": list(chart.links),
        "series": [asdict(series) for series in chart.series],
    }
    largest = max((value or 0 for series in chart.series for value in series.values), default=0) or 1
    heat = [
        (series.name, [(value, min(5, -int(-5 * (value or 0) // largest))) for value in series.values])
        for series in chart.series
    ]
    return {"chart": chart, "data": data, "data_id": f"data-{chart.id}", "heat": heat}
