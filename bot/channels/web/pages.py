"""The page with the chat, and the health check."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from bot.channels.web import access
from bot.conversations import evidence, files
from bot.texts import contacts

URGENT = ("card_stop", "emergency", "police_emergency")  # ids of data/contacts.yml


@require_safe
@ensure_csrf_cookie
def chat(request: HttpRequest) -> HttpResponse:
    """Render the page; a conversation is opened only once its visitor writes."""
    resumes = access.known_conversation(request) is not None
    shown = {"urgent": _urgent_contacts(), "resumes": resumes, "files": _taken_files()}
    response = render(request, "chat/page.html", shown)
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


def _taken_files() -> dict[str, object]:
    """Return what the page must know to refuse a file before it is uploaded."""
    return {
        "types": ",".join((*evidence.IMAGES, evidence.PDF)),
        "bytes": evidence.max_bytes(),
        "too_large": files.sentence("evidence_too_large"),
        "wrong_type": files.sentence("evidence_type"),
    }


def _urgent_contacts() -> list[dict[str, str]]:
    """Return what the page shows all the time; `short_label` leaves out what the register has in brackets."""
    return [
        {
            "target": contact.target,
            "shown": contact.shown,
            "label": contact.label,
            "short_label": contact.label.split(" (")[0],
        }
        for contact in (contacts()[id_] for id_ in URGENT)
    ]
