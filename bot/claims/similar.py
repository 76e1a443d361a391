"""Recognises the same incident told twice: a member who is upset may tell it again, or on another day."""

from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from bot.claims.draft import Draft
from bot.claims.models import Claim, State
from bot.conversations.models import Conversation
from bot.understanding import fold

LOOK_BACK = timedelta(days=90)
NEAR = timedelta(days=1)  # "hier soir" and "cette nuit" are the same night
TELLING = ("amount_cents", "merchant", "order_number", "iban", "url", "incident_date", "order_date", "platform")
SAME_WORDS = 0.75  # of two stories, as difflib measures it; only asked where no telling value is known of both


def similar_claim(conversation: UUID, draft: Draft) -> Claim | None:
    """Return the open claim of the same member or conversation that seems to tell the same incident, if any.

    It is one to ask about ("Est-ce le même incident ?"), never one to merge without asking.
    """
    member = Conversation.objects.filter(pk=conversation).values_list("member", flat=True).first()
    same_person = Q(conversation=conversation) | (Q(member=member) if member else Q())
    recent = Claim.objects.filter(
        same_person, family=draft.subtype.family, opened_at__gt=timezone.now() - LOOK_BACK
    ).exclude(state=State.CLOSED)
    others = recent.exclude(conversation=conversation, incident_key=draft.key)
    for claim in others.order_by("-opened_at").prefetch_related("answers"):
        if _is_same(claim, draft):
            return claim
    return None


def _is_same(claim: Claim, draft: Draft) -> bool:
    """Compare the values that both know: one difference is another incident, one match at least is the same."""
    before = {answer.field: answer.value for answer in claim.answers.all() if answer.value is not None}
    now = {name: value for name, value in draft.answers().items() if value is not None}
    known = [name for name in TELLING if name in before and name in now]
    if known:
        return all(_equal(name, before[name], now[name]) for name in known)
    return SequenceMatcher(None, fold(claim.story), fold(draft.story)).ratio() > SAME_WORDS


def _equal(name: str, one: Any, other: Any) -> bool:
    if name.endswith("_date"):
        return abs(date.fromisoformat(one) - date.fromisoformat(other)) <= NEAR
    return fold(str(one)) == fold(str(other))
