"""What the desk's pages leave in the audit: by default every change, without a view having to think of it.

A page that refuses what was asked answers 4xx, and is not noted. A change and its row are stored together, or neither.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from bot.audit.services import note
from bot.desk.models import Adviser

Noted = Callable[[HttpRequest], bool]
IN_CONVERSATION = "c/<uuid:key>"  # in the route of everything that is done to one conversation
#: What a form says that may be kept: ids and words of ours, never what somebody typed.
KEPT = ("to", "reason", "state", "outcome", "priority", "decision", "availability")
WORD = re.compile(r"[\w:/.-]{1,64}", re.ASCII)
TOLD = "cybercare.told"  # in the request's META


def changes(request: HttpRequest) -> bool:
    """Note what may change something."""
    return request.method not in ("GET", "HEAD", "OPTIONS")


def always(_: HttpRequest) -> bool:
    """Note the looking as well."""
    return True


def never(_: HttpRequest) -> bool:
    """Note nothing: what happens at every keystroke, or says nothing about anybody."""
    return False


def by_itself(_: HttpRequest) -> bool:
    """Note nothing around the view: it calls `note_done` in a transaction of its own, which must be short."""
    return False


def tell(request: HttpRequest, **details: object) -> None:
    """Add to the row what the address does not say, such as the id of something new: ids and words of ours."""
    request.META.setdefault(TOLD, {}).update(details)


def noting(view: Callable[..., HttpResponse], noted: Noted) -> Callable[..., HttpResponse]:
    """Return the view, with a row in the audit for what it did."""

    @wraps(view)
    def acting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not noted(request):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            response = view(request, *args, **kwargs)
            if response.status_code < 400:
                note_done(request)
        return response

    return acting


def note_done(request: HttpRequest) -> None:
    """Append the row of what the request did, in the caller's transaction."""
    match = request.resolver_match
    assert match is not None, "Django has found the view"
    assert isinstance(request.user, Adviser), "only behind @staff"
    given = {name: str(value) for name, value in match.kwargs.items()}
    conversation = UUID(given.pop("key")) if IN_CONVERSATION in match.route else None
    object_ = given.pop(next(iter(given))) if given else ""
    said = {name: request.POST[name] for name in KEPT if WORD.fullmatch(request.POST.get(name, ""))}
    details: dict[str, Any] = given | said | request.META.get(TOLD, {})
    note(match.view_name, request.user.pk, conversation=conversation, object_=object_, **details)
