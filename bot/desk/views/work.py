"""What an adviser writes: answers, files, notes, drafts; what may be put into them; where the claim stands."""

from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from bot.claims.models import State
from bot.claims.states import change_state
from bot.conversations import evidence, files
from bot.conversations.models import Conversation
from bot.desk import composer, drafts, moves
from bot.desk.access import adviser, staff
from bot.desk.composer import MAX_TEXT, Written
from bot.desk.noting import by_itself, never, note_done
from bot.desk.panel import panel_of
from bot.desk.picks import picks_of, shown_values
from bot.desk.reading import note_reading
from bot.errors import IllegalMove, RefusedEvidence, TakenByOther, UnfilledPlaceholder
from bot.texts import say


@staff(noted=by_itself)
@require_POST
def reply(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send an answer, a file or a note; what stands in the way comes back as a sentence."""
    conversation = get_object_or_404(Conversation, pk=key)
    written = _written(request)
    if problem := _problem(request, written):
        return _refused(problem)
    try:
        _send(request, conversation, written)
    except UnfilledPlaceholder as error:
        return _refused(str(error))
    except RefusedEvidence as error:
        return _refused(files.sentence(error.reason, written.file[0] if written.file else ""))
    except TakenByOther:
        conversation.refresh_from_db()
        return _refused(say("desk_taken", name=moves.owner_name(conversation)), 409)
    except IllegalMove:
        return _refused(say("desk_not_possible"), 409)
    return HttpResponse(status=204)


@staff(noted=never)
@require_POST
def draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep what is in the composer."""
    conversation = get_object_or_404(Conversation, pk=key)
    text = request.POST.get("text", "")[:MAX_TEXT]
    drafts.keep(adviser(request), conversation.pk, text, _is_note(request), _pieces(request))
    return HttpResponse(status=204)


@staff(is_quiet=True)
@require_safe
def picks(request: HttpRequest, key: UUID) -> HttpResponse:
    """Return what may be put into an answer, and what its placeholders stand for."""
    conversation, who = get_object_or_404(Conversation, pk=key), adviser(request)
    note_reading(request, key)
    chosen = [vars(each) for each in picks_of(conversation, who)]
    return JsonResponse({"picks": chosen, "values": shown_values(conversation, who)})


@staff()
@require_POST
def state(request: HttpRequest, key: UUID, claim: UUID) -> HttpResponse:
    """Move the conversation's claim on, and return the panel; the member is told."""
    conversation = get_object_or_404(Conversation, pk=key)
    shown = panel_of(conversation)
    if shown.claim is None or shown.claim.pk != claim:
        raise Http404
    problem = ""
    wanted, outcome = request.POST.get("state", ""), request.POST.get("outcome", "")
    try:
        change_state(claim, wanted, str(adviser(request).pk), outcome)
        shown = panel_of(conversation)
    except ValueError:
        problem = say("desk_outcome" if wanted == State.CLOSED else "desk_not_possible")
        note_reading(request, key)  # what is refused is not noted, and the panel shown all the same
    context = {"conversation": conversation, "panel": shown, "problem": problem, "problem_field": "state"}
    return render(request, "desk/_panel.html", context, status=422 if problem else 200)


def _problem(request: HttpRequest, written: Written) -> str:
    """Return why it cannot be sent, whatever the conversation; "" if it can."""
    if not (written.text or written.file) or len(written.text) > MAX_TEXT:
        return say("desk_text_length", limit=MAX_TEXT)
    return say("desk_note_file") if _is_note(request) and written.file else ""


def _send(request: HttpRequest, conversation: Conversation, written: Written) -> None:
    """Send an answer, or keep a note, and have it in the audit."""
    who = adviser(request)
    if not _is_note(request):
        composer.answer(conversation, who, written, lambda: note_done(request))
        return
    with transaction.atomic():
        composer.note(conversation, who, written.text, written.key)
        note_done(request)


def _written(request: HttpRequest) -> Written:
    given = request.FILES.get("file")
    return Written(
        text=request.POST.get("text", "").strip(),
        key=request.POST.get("key", "")[:40] or uuid4().hex,
        pieces=_pieces(request),
        file=(given.name or "", given.read(evidence.max_bytes() + 1)) if given else None,
    )


def _is_note(request: HttpRequest) -> bool:
    return bool(request.POST.get("note"))


def _pieces(request: HttpRequest) -> tuple[UUID, ...]:
    """Return the pieces that the text asks for; what is no id is left out."""
    found = []
    for text in request.POST.getlist("piece")[:20]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return tuple(found)


def _refused(sentence: str, status: int = 422) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
