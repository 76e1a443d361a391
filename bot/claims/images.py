"""Says why intimate images are no evidence, and how to save proof instead, where such a matter is told."""

from bot.catalogue import SubType, catalogue
from bot.claims.models import Claim
from bot.claims.saved_drafts import saved_draft
from bot.conversations.models import Evidence
from bot.conversations.notices import notify


def on_evidence(kept: Evidence) -> list[dict[str, str]]:
    """Say it once per conversation, before the receipt of the first file; nothing is offered with it."""
    subtype = _told(kept)
    if subtype and subtype.evidence_note:
        notify(kept.conversation_id, f"images:{kept.conversation_id}", subtype.evidence_note)
    return []


def _told(kept: Evidence) -> SubType | None:
    """Return the kind of incident that the file belongs to: of its claim, or of the declaration under way."""
    claim = Claim.objects.filter(pk=kept.claim).first() if kept.claim else None
    if claim:
        return catalogue().subtype(claim.family, claim.subtype)
    draft = saved_draft(kept.conversation_id)
    return draft.subtype if draft else None
