"""Which of a conversation's claims a member means."""

from uuid import UUID

from bot.claims.models import Claim, State


def open_claims(conversation: UUID) -> list[Claim]:
    """Return the conversation's claims that are not closed, the newest first; all are closed: the newest of them."""
    claims = list(Claim.objects.filter(conversation=conversation).order_by("-opened_at"))
    return [claim for claim in claims if claim.state != State.CLOSED] or claims[:1]
