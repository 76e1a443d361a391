"""Notes who reads a conversation by the parts of its page, which the browser fetches by itself, without opening it."""

from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpRequest

from bot.audit.services import is_noted, note
from bot.desk.access import BEGAN, adviser

OPENED = "desk:talk"  # the act of opening the page


def note_reading(request: HttpRequest, conversation: UUID) -> None:
    """Note that the conversation was opened, unless that is noted since this adviser has signed in."""
    who, began = adviser(request).pk, datetime.fromtimestamp(request.session[BEGAN], UTC)
    if not is_noted(OPENED, who, conversation, began):
        note(OPENED, who, conversation=conversation)
