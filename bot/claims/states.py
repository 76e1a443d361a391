"""Where a claim stands, what happens next, and telling the member each time a human moves it on."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bot.claims import outgoing, tasks
from bot.claims.models import Claim, State, StateChange
from bot.conversations.models import Conversation
from bot.conversations.notices import notify
from bot.events.services import record
from bot.texts import say


def change_state(claim_id: UUID, state: str, by: str) -> Claim:
    """Move a claim on and tell its member, on their channel and by e-mail; to the state it has, do nothing.

    `by` is who among the staff decided it, by their user name.

    Raises:
        Claim.DoesNotExist: the claim is gone.
        ValueError: there is no such state.
    """
    wanted = State(state)
    with transaction.atomic():
        claim = Claim.objects.select_for_update().get(pk=claim_id)
        if claim.state == wanted:
            return claim
        before, claim.state = claim.state, wanted
        claim.save(update_fields=["state"])
        change = StateChange.objects.create(claim=claim, at=timezone.now(), state=wanted, by=by)
        record("state_changed", claim.conversation, claim.pk, before=before, state=wanted.value)
        outgoing.tell(claim, "state_changed", before=before)
        _tell_member(claim, change)
    return claim


def standing(claim: Claim) -> str:
    """Return where a claim stands and what happens next, in the messages' markup."""
    return say("status_next", reference=claim.reference, state=State(claim.state).label, next=what_next(claim))


def what_next(claim: Claim) -> str:
    """Return what happens next, in words."""
    return say(f"next_{claim.state}")


def _tell_member(claim: Claim, change: StateChange) -> None:
    told = say("state_changed", reference=claim.reference, state=State(claim.state).label, next=what_next(claim))
    buttons = []
    if claim.state == State.DOCUMENTS_MISSING:
        buttons = [{"title": say("show_checklist"), "payload": "checklist"}]
    if Conversation.objects.filter(pk=claim.conversation).exists():
        notify(claim.conversation, f"state:{change.pk}", told, buttons)
    tasks.send_later(claim, "state")
