"""What an adviser says an incident is; and the supervisors' list of what the model could learn from it."""

from typing import Any
from uuid import UUID

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from bot.conversations.models import Conversation
from bot.desk.access import SUPERVISORS, adviser, staff
from bot.desk.noting import tell
from bot.desk.panel import panel_of
from bot.desk.reading import note_reading
from bot.errors import StillAClaim
from bot.learning import labels, reviewing
from bot.learning.correcting import correct as correct_incident
from bot.learning.models import Example
from bot.texts import say

PAGE = 40  # examples


@staff()
@require_POST
def correct(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say what the conversation is about, and return the panel."""
    conversation, problem = get_object_or_404(Conversation, pk=key), ""
    try:
        label = labels.read_label(request.POST.get("label", ""))
        correct_incident(key, adviser(request).pk, label)
        tell(request, label=label)
    except LookupError:
        problem = say("desk_no_label")
    except StillAClaim as error:
        problem = say("desk_still_a_claim", reference=str(error))
    if problem:
        note_reading(request, key)  # what is refused is not noted, and the panel shown all the same
    conversation.refresh_from_db()
    shown = {"conversation": conversation, "panel": panel_of(conversation), "incident_problem": problem}
    return render(request, "desk/_panel.html", shown, status=422 if problem else 200)


@staff(*SUPERVISORS)
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Show the proposed examples, the oldest first, and how many are accepted."""
    proposed = Example.objects.filter(state=Example.State.PROPOSED)
    accepted = Example.objects.filter(state=Example.State.ACCEPTED)
    context = {
        "examples": [_shown(example) for example in proposed.order_by("found_at", "pk")[:PAGE]],
        "left": proposed.count(),
        "accepted": accepted.count(),
        "fresh": accepted.filter(exported_at=None).count(),
        "labels": [*labels.incidents().values(), *labels.spoken().values()],
    }
    return render(request, "desk/review.html", context)


@staff(*SUPERVISORS)
@require_POST
def example(request: HttpRequest, key: UUID) -> HttpResponse:
    """Accept an example under a label or set it aside, and return what stands in its place."""
    by = adviser(request).pk
    try:
        if request.POST.get("decision") == "discard":
            decided = reviewing.discard(key, by)
        else:
            label = labels.read_label(request.POST.get("label", ""))
            decided = reviewing.accept(key, label, by)
            tell(request, label=label)
    except LookupError:
        found = get_object_or_404(Example, pk=key)
        return _card(request, found, say("desk_no_label"), 422)
    except Example.DoesNotExist:
        return render(request, "desk/_decided.html", {"gone": True})
    shown = {"decided": decided, "label": labels.shown(decided.example.label)}
    return render(request, "desk/_decided.html", shown)


@staff(*SUPERVISORS)
@require_POST
def example_undo(request: HttpRequest) -> HttpResponse:
    """Propose an example again that was decided within the hour."""
    try:
        return _card(request, reviewing.undo(request.POST.get("back", "")))
    except (BadSignature, Example.DoesNotExist):
        return render(request, "desk/_decided.html", {"gone": True})


def _card(request: HttpRequest, found: Example, problem: str = "", status: int = 200) -> HttpResponse:
    return render(request, "desk/_example.html", {**_shown(found), "problem": problem}, status=status)


def _shown(found: Example) -> dict[str, Any]:
    return {
        "example": found,
        "label": labels.shown(found.label),
        "guess": labels.shown(found.guess),
        "percent": round(100 * found.confidence) if found.confidence is not None else None,
    }
