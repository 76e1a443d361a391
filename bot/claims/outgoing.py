"""Events for the insurer's own system: one row each, in the transaction of what happened (docs/webhook.md)."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bot.claims.models import Claim, OutgoingEvent
from bot.claims.snapshot import snapshot
from bot.claims.webhook import deliver_outgoing
from bot.conversations.models import Evidence
from bot.invented import is_invented
from bot.members.services import find_member
from bot.settings import settings


def tell(claim: Claim, name: str, **details: Any) -> None:
    """Have the insurer's system told what happened, once the caller's transaction is committed.

    Without `CYBERCARE_WEBHOOK_URL` nothing is kept: there is nobody to tell. Of an invented claim nobody is told.
    """
    if not settings().webhook_url or is_invented(claim.pk):
        return
    event = OutgoingEvent(claim=claim, name=name, created_at=timezone.now())
    event.payload = {
        "id": str(event.pk),
        "event": name,
        "at": event.created_at.isoformat(),
        "details": details,
        "claim": snapshot(claim, find_member(claim.member)),
    }
    event.save(force_insert=True)
    _send_later(event)


def dead() -> QuerySet[OutgoingEvent]:
    """Return the events that were given up, the oldest first."""
    return OutgoingEvent.objects.exclude(dead_at=None).select_related("claim").order_by("created_at")


def revive(events: Iterable[OutgoingEvent]) -> int:
    """Have dead events sent again from the first attempt; return how many."""
    count = 0
    for event in events:
        with transaction.atomic():
            event.dead_at, event.attempts = None, 0
            event.save(update_fields=["dead_at", "attempts"])
            _send_later(event)
        count += 1
    return count


def facts_of(kept: Evidence) -> dict[str, Any]:
    """Return what is told of a file; its bytes stay here. `size` in bytes."""
    return {"file": str(kept.pk), "media_type": kept.media_type, "size": kept.size}


def _send_later(event: OutgoingEvent) -> None:
    """Defer the job; those of one claim run one after another."""
    deliver_outgoing.configure(lock=f"webhook:{event.claim_id}").defer(event_id=str(event.pk))
