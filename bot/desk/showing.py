"""Whether the desk shows a demo: every page then says so."""

from collections.abc import Callable

from django.http import HttpRequest

from bot.conversations.models import Conversation
from bot.invented import RANGE


def demo(_request: HttpRequest) -> dict[str, Callable[[], bool]]:
    """Give templates `has_demo`; the database is asked only where it is used."""
    return {"has_demo": Conversation.objects.filter(pk__range=RANGE).exists}
