"""The lists, and the page that holds list, conversation and claim."""

import time
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from bot.catalogue import catalogue
from bot.claims.models import State
from bot.desk.access import EVERYBODY, READERS, adviser, staff
from bot.desk.models import Availability, Team
from bot.desk.queues import QUEUES, Wanted, counters, listed
from bot.desk.rows import CHANNELS, rows_of
from bot.desk.tags import offered
from bot.desk.views.given import day_of

MAX_WORDS = 200  # characters
TEXTS = ("family", "subtype", "channel", "state", "team")


@staff(*EVERYBODY)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the list; who may not read conversations gets their account."""
    if adviser(request).role not in READERS:
        return redirect("desk:account")
    return render(request, "desk/page.html", {"since": time.time(), **page(request)})


@staff(is_quiet=True)
@require_safe
def more(request: HttpRequest) -> HttpResponse:
    """Return the lines after a cursor."""
    return render(request, "desk/_rows.html", _rows(request))


@staff(is_quiet=True)
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Return the list column anew: another queue or filter was chosen, or the stream was interrupted."""
    return render(request, "desk/_list.html", page(request))


def page(request: HttpRequest) -> dict[str, Any]:
    """Return what the list column shows, and what filters may be chosen."""
    families = catalogue().families
    rows = _rows(request)
    wanted: Wanted = rows["wanted"]
    count = counters()
    return {
        **rows,
        "queues": [(name, label, _count(request, name, count)) for name, label in QUEUES.items()],
        "unread": (unread := count.unread.get(str(adviser(request).pk), 0)),
        "badge": count.waiting + unread,
        "availabilities": Availability.choices,
        "families": families.values(),
        "subtypes": families[wanted.family].subtypes.values() if wanted.family in families else (),
        "channels": CHANNELS.items(),
        "states": State.choices,
        "teams": Team.objects.all(),
        "tags": offered(),
    }


def _rows(request: HttpRequest) -> dict[str, Any]:
    wanted = _wanted(request.GET)
    found = listed(adviser(request), wanted, request.GET.get("after", ""))
    return {
        "rows": rows_of(found.conversations, adviser(request).pk),
        "next": found.next,
        "wanted": wanted,
        "query": _query(wanted),
    }


def _wanted(given: QueryDict) -> Wanted:
    """Return what the address asks for; what is no date or queue is left out."""
    queue = given.get("queue", "")
    return Wanted(
        queue=queue if queue in QUEUES else "waiting",
        words=given.get("words", "").strip().replace("\0", "")[:MAX_WORDS],
        **{name: given.get(name, "").replace("\0", "")[:48] for name in TEXTS},
        tag=tag if (tag := given.get("tag", "")).isdecimal() and tag.isascii() and len(tag) < 18 else "",
        since=day_of(given.get("since", "")),
        until=day_of(given.get("until", "")),
    )


def _query(wanted: Wanted) -> str:
    """Return what is wanted as the end of an address."""
    return urlencode({name: value for name, value in vars(wanted).items() if value})


def _count(request: HttpRequest, queue: str, count: Any) -> int | None:
    if queue == "mine":
        return int(count.mine.get(str(adviser(request).pk), 0))
    return getattr(count, queue, None)
