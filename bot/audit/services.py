"""Appends to the audit, and lets go of what is too old to be kept."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from bot.audit.models import Entry

#: As long as the table's trigger holds (migration 0002). Six months to a year is what the French authority recommends
#: (CNIL, deliberation 2021-122 on logging).
KEPT = timedelta(days=365)


def note(
    act: str, who: UUID | None = None, *, conversation: UUID | None = None, object_: object = "", **details: object
) -> None:
    """Append one row in the caller's transaction. `details` hold ids and words of ours, nothing anybody typed."""
    Entry.objects.create(act=act, who=who, conversation=conversation, object=str(object_)[:64], details=details)


def is_noted(act: str, who: UUID, conversation: UUID, since: datetime) -> bool:
    """Tell whether somebody has done this to a conversation since then."""
    return Entry.objects.filter(conversation=conversation, who=who, act=act, at__gte=since).exists()


def forget_old() -> int:
    """Delete the rows that are older than they are kept; return how many."""
    return Entry.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
