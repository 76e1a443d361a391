"""Who is there, and who looks at what."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from bot.conversations.models import Conversation
from bot.desk import presence
from bot.desk.access import adviser, staff
from bot.desk.models import Availability, Team


@staff()
@require_POST
def availability(request: HttpRequest) -> HttpResponse:
    """Say whether colleagues may count on oneself, and return the menu in which one does."""
    try:
        presence.set_availability(adviser(request), request.POST.get("availability", ""))
    except LookupError:
        return HttpResponseBadRequest()
    return render(request, "desk/_presence.html", {"availabilities": Availability.choices})


@staff(is_quiet=True)
@require_POST
def look(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note which page shows the conversation, and up to which message it was read."""
    number, tab = request.POST.get("number", ""), request.POST.get("tab", "")
    conversation = get_object_or_404(Conversation, pk=key)
    read = int(number) if number.isdecimal() and number.isascii() and len(number) < 10 else 0
    presence.look(_uuid(tab), adviser(request).pk, conversation, read)
    return HttpResponse(status=204)


@staff(is_quiet=True)
@require_safe
def colleagues(request: HttpRequest, key: UUID) -> HttpResponse:
    """Return to whom the conversation may be given: teams, then colleagues, those who are there first."""
    conversation = get_object_or_404(Conversation, pk=key)
    found = presence.colleagues(besides=conversation.adviser)
    groups = [(label, found[value]) for value, label in Availability.choices if found[value]]
    return render(request, "desk/_colleagues.html", {"teams": Team.objects.all(), "groups": groups})


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
