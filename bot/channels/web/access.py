"""Who is asking: the conversation behind a bearer token, or behind the page's cookie with Django's CSRF token."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf
from pydantic import ValidationError

from bot.channels.web import tokens
from bot.channels.web.problems import Problem
from bot.channels.web.shapes import Opening
from bot.errors import RefusedIdentity
from bot.events.services import record
from bot.members.identity import identify
from bot.settings import settings


class Bearer(HttpBearer):
    """`Authorization: Bearer <token>`, for clients other than the page."""

    def authenticate(self, request: HttpRequest, token: str) -> UUID | None:  # noqa: ARG002 (ninja's signature)
        """Return the token's conversation."""
        return tokens.read(token)


class Cookie(APIKeyCookie):
    """The page's HttpOnly cookie; a request that names a bearer token is judged by that alone."""

    param_name = tokens.COOKIE

    def __call__(self, request: HttpRequest) -> UUID | None:
        """Return the cookie's conversation.

        Raises:
            Problem: the cookie is good, but the CSRF token is not.
        """
        if "Authorization" in request.headers:
            return None
        conversation = tokens.read(request.COOKIES.get(self.param_name, ""))
        if conversation and check_csrf(request):
            raise Problem(403, "csrf_failed", "Send the csrftoken cookie as X-CSRFToken, or a bearer token.")
        return conversation

    def authenticate(self, request: HttpRequest, key: str | None) -> UUID | None:  # noqa: ARG002 (ninja's signature)
        """Return the key's conversation."""
        return tokens.read(key or "")


MEMBER = [Bearer(), Cookie()]


def known_conversation(request: HttpRequest) -> UUID | None:
    """Return the conversation that a bearer token or else the cookie opens, if any; asks for no CSRF token."""
    if "Authorization" in request.headers:
        found: UUID | None = Bearer()(request)
        return found
    return tokens.read(request.COOKIES.get(tokens.COOKIE, ""))


def member(request: HttpRequest) -> UUID:
    """Return the conversation of a request that `MEMBER` let pass."""
    conversation: UUID = request.auth  # type: ignore[attr-defined]  # set by ninja
    return conversation


def identified(request: HttpRequest) -> UUID | None:
    """Return the member whom a signed identity in the body names; None without one, or when the list lacks them.

    Raises:
        Problem: 401, it is forged, expired or meant for somebody else; 422, the body is not an `Opening`.
    """
    if request.content_type != "application/json" or not request.body:
        return None
    try:
        identity = Opening.model_validate_json(request.body).identity
    except ValidationError as error:
        raise Problem(422, "invalid", 'Send nothing, or JSON such as {"identity": "…"}.') from error
    return _member_of(identity) if identity else None


def _member_of(identity: str) -> UUID | None:
    try:
        member = identify(identity)
    except RefusedIdentity as error:
        record("identity_refused", reason=str(error))
        message = "The identity is not valid (any more): leave it out, or get a new one."
        raise Problem(401, "identity_refused", message) from error
    if member is None:
        record("identity_unknown")
    return member.pk if member else None


def refuse_foreign_page(request: HttpRequest) -> None:
    """Let pass what no browser sent, and what our own page sent.

    Raises:
        Problem: another site's page would replace the member's cookie by that of a new conversation.
    """
    if "Origin" in request.headers and check_csrf(request):
        raise Problem(403, "csrf_failed", "Only this site's own page may open a conversation from a browser.")


def remember(response: HttpResponse, token: str) -> None:
    """Give the browser the token in a cookie that no script can read."""
    secure = settings().mode == "production"
    response.set_cookie(tokens.COOKIE, token, max_age=tokens.MAX_AGE, httponly=True, samesite="Lax", secure=secure)
