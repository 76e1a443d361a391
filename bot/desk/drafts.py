"""What an adviser typed and has not sent, kept for each of them and each conversation."""

from collections.abc import Sequence
from uuid import UUID

from bot.claims.asking import still_missing
from bot.desk.models import Adviser, Draft


def shown(who: Adviser, conversation: UUID) -> dict[str, object]:
    """Return what the composer begins with: the draft, and the pieces that it asks for."""
    draft = Draft.objects.filter(adviser=who, conversation=conversation).first()
    pieces = [UUID(each) for each in draft.pieces] if draft else []
    return {"draft": draft, "asked": still_missing(conversation, pieces)}


def keep(who: Adviser, conversation: UUID, text: str, is_note: bool, pieces: Sequence[UUID]) -> None:
    """Keep what stands in the composer now; an empty text keeps nothing."""
    if not text.strip():
        drop(who, conversation)
        return
    values = {"text": text, "is_note": is_note, "pieces": [str(each) for each in pieces]}
    Draft.objects.update_or_create(values, adviser=who, conversation=conversation)


def drop(who: Adviser, conversation: UUID) -> None:
    """Forget it: it was sent."""
    Draft.objects.filter(adviser=who, conversation=conversation).delete()
