"""Asks twice for the pieces that are still missing: some days after the opening, and as many days later again."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from bot.claims.documents import missing
from bot.claims.locking import lock_with_conversation
from bot.claims.models import Claim, State
from bot.conversations.models import Conversation
from bot.conversations.notices import notify
from bot.events.services import record
from bot.settings import settings
from bot.texts import say

ROUNDS = (1, 2)
HOUR_OF_DAY = time(10)  # in Brussels: nobody is woken
BRUSSELS = ZoneInfo("Europe/Brussels")


def due(claim: Claim, round_: int) -> datetime:
    """Return when a round is due: at ten in the morning, `CYBERCARE_REMINDER_DAYS` after the opening or the first."""
    day = claim.opened_at.astimezone(BRUSSELS).date() + timedelta(days=settings().reminder_days * round_)
    return datetime.combine(day, HOUR_OF_DAY, BRUSSELS)


def remind(claim_id: UUID, round_: int) -> Claim | None:
    """List the missing pieces on the member's channel, once per round; return the claim if it was done now.

    Nothing is said of a closed claim, of one that is gone, or when nothing is missing.
    """
    with transaction.atomic():
        claim = _open(claim_id)
        names = [document.name for document in missing(claim)] if claim else []
        if claim is None or not names or not Conversation.objects.filter(pk=claim.conversation).exists():
            return None
        told = say("reminder", reference=claim.reference, lines="\n".join(f"- {name}" for name in names))
        buttons = [{"title": say("show_checklist"), "payload": "checklist"}]
        if not notify(claim.conversation, f"reminder:{claim.pk}:{round_}", told, buttons):
            return None
        record("documents_reminded", claim.conversation, claim.pk, round=round_, missing=len(names))
    return claim


def _open(claim_id: UUID) -> Claim | None:
    """Lock and return the claim; None when it is closed or gone."""
    try:
        claim = lock_with_conversation(claim_id)
    except Claim.DoesNotExist:
        return None
    return None if claim.state == State.CLOSED else claim
