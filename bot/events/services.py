"""Appends events."""

from uuid import UUID

from django.utils import timezone

from bot.events.models import Event


def record(name: str, conversation: UUID | None = None, claim: UUID | None = None, **properties: object) -> None:
    """Append one event, named in the past tense, in the caller's transaction. No personal data in `properties`."""
    Event.objects.create(at=timezone.now(), name=name, conversation=conversation, claim=claim, properties=properties)
