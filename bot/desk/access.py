"""Who may open which page: every view of the desk is `public` or `staff(...)`, and a test walks all of them."""

from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any
from urllib.parse import urlencode

from asgiref.sync import sync_to_async
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from bot.desk.models import Adviser, Role
from bot.desk.noting import Noted, changes, never, noting
from bot.settings import settings

View = Callable[..., Any]
EVERYBODY = frozenset(Role)
SUPERVISORS = (Role.SUPERVISOR, Role.ADMINISTRATOR)  # who keep what all advisers use
READERS = frozenset({Role.ADVISER, Role.SUPERVISOR, Role.ADMINISTRATOR})  # of what members write
TOUCH_SECONDS = 60  # how often the session notes that it is used
BEGAN, SEEN = "began", "seen"  # unix seconds, in the session


def public(view: View) -> View:
    """Let everybody open a page, signed in or not."""

    @wraps(view)
    def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return private(view(request, *args, **kwargs))

    open_to_all.roles = None  # type: ignore[attr-defined]
    return open_to_all


def staff(*roles: str, is_quiet: bool = False, noted: Noted = changes) -> Callable[[View], View]:
    """Let only these roles open a page; without any, all who have read-access to conversations.

    A quiet page is one that the browser asks for by itself: it does not keep an idle session alive, and is not noted.
    Of the others, the audit gets what `noted` says: every change by default (see noting.py).
    """
    allowed = frozenset(Role(role) for role in roles) or READERS

    def decorate(view: View) -> View:
        acting = view if is_quiet or iscoroutinefunction(view) else noting(view, noted)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return _refusal(request, allowed, is_quiet) or private(acting(request, *args, **kwargs))

        @wraps(view)
        async def guarded_async(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            refusal = await sync_to_async(_refusal)(request, allowed, is_quiet)
            return refusal or private(await view(request, *args, **kwargs))

        chosen: View = guarded_async if iscoroutinefunction(view) else guarded
        chosen.roles, chosen.is_noted = allowed, acting is not view and noted is not never  # type: ignore[attr-defined]
        return chosen

    return decorate


def adviser(request: HttpRequest) -> Adviser:
    """Return who asks; for views that `staff` let pass."""
    assert isinstance(request.user, Adviser), "only behind @staff"
    return request.user


def sign_in(request: HttpRequest, who: Adviser) -> None:
    """Begin a session under a new key."""
    login(request, who, backend="django.contrib.auth.backends.ModelBackend")
    request.session[BEGAN] = request.session[SEEN] = _now()


def is_signed_in(request: HttpRequest, is_quiet: bool = False) -> bool:
    """Tell whether the session is neither idle nor too old; note its use, at most once a minute."""
    if not isinstance(request.user, Adviser) or not request.user.is_active:
        return False
    now, began, seen = _now(), request.session.get(BEGAN, 0), request.session.get(SEEN, 0)
    if now - seen > settings().desk_idle_minutes * 60 or now - began > settings().desk_session_hours * 3600:
        logout(request)
        return False
    if not is_quiet and now - seen > TOUCH_SECONDS:
        request.session[SEEN] = now
    return True


def admits(request: HttpRequest, *roles: str) -> bool:
    """Tell whether the session is good and its role among these; for Django's admin."""
    return is_signed_in(request) and adviser(request).role in roles


def to_login(request: HttpRequest) -> HttpResponse:
    """Send a browser to the sign-in page; what scripts asked for gets a 401 that says where to go."""
    address = reverse("desk:login")
    is_page = request.method == "GET" and request.headers.get("Sec-Fetch-Dest", "document") == "document"
    if is_page and not request.headers.get("HX-Request"):
        return HttpResponseRedirect(f"{address}?{urlencode({'next': request.get_full_path()})}")
    return HttpResponse(status=401, headers={"HX-Redirect": address})


def private(response: HttpResponse) -> HttpResponse:
    """Keep a page of the desk out of every cache (others may use this computer too), and let its forms be sent.

    Under the site's own "no-referrer", browsers hide from which page a form comes, and the CSRF check refuses it.
    """
    response.headers.setdefault("Cache-Control", "private, no-store")
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _refusal(request: HttpRequest, allowed: frozenset[Role], is_quiet: bool) -> HttpResponse | None:
    if not is_signed_in(request, is_quiet):
        return to_login(request)
    if adviser(request).role not in allowed:
        return render(request, "desk/forbidden.html", status=403)
    return None


def _now() -> int:
    return int(timezone.now().timestamp())
