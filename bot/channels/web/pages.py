"""The page with the chat, and the health check."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from bot.channels.web import access
from bot.texts import contacts


@require_safe
@ensure_csrf_cookie
def chat(request: HttpRequest) -> HttpResponse:
    """Render the page; a conversation is opened only once its visitor writes."""
    register = contacts()
    urgent = [register[id_] for id_ in ("card_stop", "emergency", "police_emergency")]
    response = render(
        request, "chat/page.html", {"urgent": urgent, "resumes": access.known_conversation(request) is not None}
    )
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Tell whether this process answers and reaches its database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"ok": False}, status=503)
    return JsonResponse({"ok": True})
