"""What an adviser does with a conversation; each answers with the line above it, problems included."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from bot.conversations import handling
from bot.conversations.models import Conversation
from bot.desk import moves, presence, tags
from bot.desk.access import adviser, staff
from bot.desk.composer import MAX_TEXT
from bot.desk.noting import never
from bot.desk.views.talk import head_of
from bot.errors import IllegalMove, LifeInDanger, TakenByOther
from bot.texts import say


@staff()
@require_POST
def take(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take the conversation without answering yet."""
    return _done(request, key, lambda: handling.take(key, adviser(request).pk))


@staff()
@require_POST
def transfer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give it to a colleague or a team, with a note."""
    to, note = request.POST.get("to", ""), request.POST.get("note", "")[:MAX_TEXT]
    return _done(request, key, lambda: moves.transfer(key, adviser(request), to, note))


@staff()
@require_POST
def release(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give it back to the bot."""
    return _done(request, key, lambda: moves.release(key, adviser(request)))


@staff()
@require_POST
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Close it for a reason."""
    return _done(request, key, lambda: moves.close(key, adviser(request), request.POST.get("reason", "")))


@staff()
@require_POST
def priority(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put it higher or lower in the queue."""
    chosen = request.POST.get("priority", "")
    number = int(chosen) if chosen in ("0", "1", "2", "3") else -1
    return _done(request, key, lambda: handling.set_priority(key, adviser(request).pk, number))


@staff()
@require_POST
def tag(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give it exactly the tags that were ticked."""
    return _done(request, key, lambda: tags.put(key, adviser(request), request.POST.getlist("tag")))


@staff()
@require_POST
def called(request: HttpRequest, key: UUID, call_back: UUID) -> HttpResponse:
    """Note that the member was called back."""
    return _done(request, key, lambda: handling.call_back_done(call_back, key, adviser(request).pk))


@staff(noted=never)
@require_POST
def typing(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the member, and the colleagues who look, that an adviser writes."""
    handling.show_typing(key, adviser(request).pk)
    presence.write(adviser(request).pk, key)
    return HttpResponse(status=204)


def _done(request: HttpRequest, key: UUID, act: Callable[[], object]) -> HttpResponse:
    """Do it, and return the line above the conversation; what cannot be done is said there."""
    get_object_or_404(Conversation, pk=key)
    try:
        act()
    except TakenByOther:
        name = moves.owner_name(Conversation.objects.get(pk=key))
        return _head(request, key, say("desk_taken", name=name), 409)
    except LifeInDanger:
        return _head(request, key, say("desk_life_in_danger"), 409)
    except (IllegalMove, LookupError):
        return _head(request, key, say("desk_not_possible"), 409)
    return _head(request, key)


def _head(request: HttpRequest, key: UUID, problem: str = "", status: int = 200) -> HttpResponse:
    conversation = get_object_or_404(Conversation, pk=key)
    return render(request, "desk/_head.html", head_of(request, conversation, problem), status=status)
