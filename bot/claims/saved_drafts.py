"""Declarations that are not finished yet: kept at every step, offered again, gone once opened or cancelled."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from bot.catalogue import catalogue
from bot.claims.draft import Draft
from bot.claims.models import SavedDraft

OFFERED_FOR = timedelta(days=30)  # later, a member has forgotten or settled it


def save_draft(conversation: UUID, draft: Draft) -> None:
    """Keep a draft as it is now; saving it again replaces it."""
    SavedDraft.objects.update_or_create(
        conversation=conversation,
        incident_key=draft.key,
        defaults={
            "family": draft.subtype.family,
            "subtype": draft.subtype.id,
            "story": draft.story,
            "values": dict(draft.values),
            "saved_at": timezone.now(),
        },
    )


def saved_draft(conversation: UUID, other_than: str = "") -> Draft | None:
    """Return the newest draft kept for a conversation, but for the one with the key `other_than`."""
    lately = timezone.now() - OFFERED_FOR
    rows = SavedDraft.objects.filter(conversation=conversation, saved_at__gt=lately).exclude(incident_key=other_than)
    row = rows.order_by("-saved_at").first()
    if row is None:
        return None
    return Draft(row.incident_key, catalogue().subtype(row.family, row.subtype), row.story, row.values)


def forget_draft(conversation: UUID, key: str) -> None:
    """Delete a draft that was opened or cancelled."""
    SavedDraft.objects.filter(conversation=conversation, incident_key=key).delete()


def forget_drafts(conversation: UUID) -> None:
    """Delete all drafts of a conversation that is erased."""
    SavedDraft.objects.filter(conversation=conversation).delete()
