"""Moves a claim on, as a human decides, and tells the member each time."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bot.claims import outgoing, tasks
from bot.claims.locking import lock_with_conversation
from bot.claims.models import Claim, Outcome, State, StateChange
from bot.claims.standing import what_next
from bot.conversations.models import Conversation
from bot.conversations.notices import notify
from bot.events.services import record
from bot.texts import say


def change_state(claim_id: UUID, state: str, by: str, outcome: str = "") -> Claim:
    """Move a claim on and tell its member, on their channel and by e-mail; to the state it has, do nothing.

    `by` is who among the staff decided it, by their id. `outcome` says how it ended: needed to close it, ignored else.

    Raises:
        Claim.DoesNotExist: the claim is gone.
        ValueError: there is no such state, or it is closed without one of the outcomes.
    """
    wanted = State(state)
    ended = {"outcome": Outcome(outcome).value} if wanted == State.CLOSED else {}
    with transaction.atomic():
        claim = lock_with_conversation(claim_id)
        if claim.state == wanted:
            return claim
        before, claim.state = claim.state, wanted
        claim.outcome = ended.get("outcome", "")
        claim.save(update_fields=["state", "outcome"])
        change = StateChange.objects.create(claim=claim, at=timezone.now(), state=wanted, by=by, **ended)
        record("state_changed", claim.conversation, claim.pk, before=before, state=wanted.value, **ended)
        outgoing.tell(claim, "state_changed", before=before)
        _tell_member(claim, change)
    return claim


def _tell_member(claim: Claim, change: StateChange) -> None:
    told = say("state_changed", reference=claim.reference, state=State(claim.state).label, next=what_next(claim))
    buttons = []
    if claim.state == State.DOCUMENTS_MISSING:
        buttons = [{"title": say("show_checklist"), "payload": "checklist"}]
    if Conversation.objects.filter(pk=claim.conversation).exists():
        notify(claim.conversation, f"state:{change.pk}", told, buttons)
    tasks.send_later(claim, "state", change.pk)
