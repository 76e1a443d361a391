"""One conversation: what was said, the claim beside it, its files."""

import io
import time
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from bot.claims.editing import edit_answer
from bot.claims.models import Claim
from bot.conversations import evidence
from bot.conversations.models import Conversation
from bot.conversations.ownership import Owner
from bot.conversations.services import LOWEST
from bot.conversations.urgency import priority_label
from bot.desk import drafts, history
from bot.desk.access import adviser, staff
from bot.desk.models import Role
from bot.desk.moves import CLOSE_REASONS
from bot.desk.noting import always
from bot.desk.panel import panel_of
from bot.desk.reading import note_reading
from bot.desk.rows import rows_of
from bot.desk.tags import offered
from bot.desk.views import inbox
from bot.errors import UnreadableAnswer

THUMBNAIL = (320, 320)  # pixels


def is_in_full(request: HttpRequest) -> bool:
    """Tell whether a file is asked for itself, rather than the little picture of it in the conversation."""
    return "small" not in request.GET


@staff(noted=always)
@require_safe
def show(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a conversation: the whole page, or, to a click in the list, only what changes."""
    conversation = get_object_or_404(Conversation, pk=key)
    shown = {
        "since": time.time(),  # before anything is read
        **head_of(request, conversation),
        **drafts.shown(adviser(request), conversation.pk),
        "history": history.latest(conversation),
        "panel": panel_of(conversation),
    }
    if request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request"):
        return render(request, "desk/_talk.html", shown)
    return render(request, "desk/page.html", {**inbox.page(request), **shown})


@staff(is_quiet=True)
@require_safe
def messages(request: HttpRequest, key: UUID) -> HttpResponse:
    """Return messages before a number, or those after one with what changed lately."""
    conversation = get_object_or_404(Conversation, pk=key)
    note_reading(request, key)
    if "before" in request.GET:
        shown = history.latest(conversation, _number(request, "before"))
    else:
        shown = history.History(history.news(conversation, _number(request, "after")), 0)
    return render(request, "desk/_messages.html", {"conversation": conversation, "history": shown})


@staff(is_quiet=True)
@require_safe
def head(request: HttpRequest, key: UUID) -> HttpResponse:
    """Return the line above the conversation: who has it, what may be done."""
    conversation = get_object_or_404(Conversation, pk=key)
    note_reading(request, key)
    return render(request, "desk/_head.html", head_of(request, conversation))


@staff(is_quiet=True)
@require_safe
def panel(request: HttpRequest, key: UUID) -> HttpResponse:
    """Return what stands beside the conversation."""
    conversation = get_object_or_404(Conversation, pk=key)
    note_reading(request, key)
    return render(request, "desk/_panel.html", {"conversation": conversation, "panel": panel_of(conversation)})


@staff()
@require_POST
def edit(request: HttpRequest, key: UUID, claim: UUID, field: str) -> HttpResponse:
    """Change one answer of the conversation's claim, and return the panel."""
    conversation = get_object_or_404(Conversation, pk=key)
    problem = ""
    shown = panel_of(conversation)
    if shown.claim is None or shown.claim.pk != claim:
        raise Http404
    try:
        edit_answer(claim, field, request.POST.get("value", ""), str(adviser(request).pk))
        shown = panel_of(conversation)
    except UnreadableAnswer as error:
        problem = str(error)
        note_reading(request, key)  # what is refused is not noted, and the panel shown all the same
    except Claim.DoesNotExist as error:
        raise Http404 from error
    context = {"conversation": conversation, "panel": shown, "problem": problem, "problem_field": field}
    return render(request, "desk/_panel.html", context, status=422 if problem else 200)


@staff(noted=is_in_full)
@require_safe
def file(request: HttpRequest, key: UUID, kept: UUID) -> HttpResponse:
    """Return a file of this conversation: an image to be looked at, a PDF to be downloaded (there is no small one)."""
    try:
        found = evidence.find(key, kept)
        content, is_image = evidence.read(found), found.media_type in evidence.IMAGES
    except FileNotFoundError as error:
        raise Http404 from error
    if not is_in_full(request):
        if not is_image:
            raise Http404
        content = _thumbnail(content)
    response = HttpResponse(content, content_type=found.media_type)
    response["Content-Disposition"] = content_disposition_header(not is_image, found.name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def head_of(request: HttpRequest, conversation: Conversation, problem: str = "") -> dict[str, object]:
    """Return what the line above a conversation shows."""
    who = adviser(request)
    is_mine = conversation.owner == Owner.AGENT and conversation.adviser == who.pk
    has_other = conversation.owner == Owner.AGENT and not is_mine
    return {
        "conversation": conversation,
        "row": rows_of([conversation])[0],
        "is_mine": is_mine,
        "has_other": has_other,
        "may_move": not has_other or who.role != Role.ADVISER,
        "priorities": [(number, priority_label(number)) for number in range(LOWEST + 1)],
        "tags": offered(),
        "reasons": CLOSE_REASONS.items(),
        "problem": problem,
    }


def _thumbnail(content: bytes) -> bytes:
    """Return a smaller picture of the same type; the store holds clean ones only."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        picture.thumbnail(THUMBNAIL)
        out = io.BytesIO()
        picture.save(out, picture.format)
        return out.getvalue()


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return min(int(text), 2**31 - 1) if text.isdecimal() and len(text) < 12 else 0
