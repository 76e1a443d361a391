"""Opening a claim, changing it, telling where it stands; what other parts may do with claims."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from email_validator import EmailNotValidError, validate_email

from bot.claims import outgoing, tasks
from bot.claims.counted import counted
from bot.claims.documents import make_checklist
from bot.claims.draft import Draft
from bot.claims.flags import raise_flags
from bot.claims.models import Answer, Claim, State, StateChange
from bot.claims.reference import new_reference
from bot.conversations.models import Conversation, Evidence
from bot.conversations.services import attach_evidence
from bot.errors import IncompleteClaim, InvalidEmail
from bot.events.services import record


def open_claim(conversation: UUID, draft: Draft) -> Claim:
    """Open the claim of a confirmed draft; called again for the same draft, return the same claim.

    What was sent before joins it, and so does what is sent afterwards.

    Raises:
        IncompleteClaim: a field of the sub-type was never answered; the message names it.
    """
    if draft.missing:
        raise IncompleteClaim(", ".join(field.id for field in draft.missing))
    with transaction.atomic():
        claim, created = Claim.objects.get_or_create(
            conversation=conversation, incident_key=draft.key, defaults=_beginning(conversation, draft)
        )
        if created:
            _fill(claim, draft)
    return claim


def set_email(claim_id: UUID, address: str) -> None:
    """Keep where the member wants to be written to, and send the acknowledgement there.

    Raises:
        InvalidEmail: it is no e-mail address.
        Claim.DoesNotExist: the claim is gone.
    """
    try:
        email = validate_email(address.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise InvalidEmail("not an e-mail address") from error  # without the address: it is personal
    with transaction.atomic():
        claim, is_changed = _change(claim_id, "email", email)
        if is_changed:  # a corrected address gets an acknowledgement of its own
            tasks.send_later(claim, "acknowledgement", claim.emails.filter(kind="acknowledgement").count())


def set_psychologist(claim_id: UUID, wanted: bool) -> None:
    """Keep whether the member wants a psychologist to call back: asked apart, refusable (GDPR art. 9).

    Raises:
        Claim.DoesNotExist: the claim is gone.
    """
    with transaction.atomic():
        _change(claim_id, "psychologist", wanted)


def claims_of(conversation: UUID) -> list[Claim]:
    """Return the claims of a conversation, the newest first."""
    return list(Claim.objects.filter(conversation=conversation).order_by("-opened_at"))


def _beginning(conversation: UUID, draft: Draft) -> dict[str, Any]:
    """Lock the conversation, so that no file arrives meanwhile, and return a new claim's own columns."""
    talk = Conversation.objects.select_for_update().filter(pk=conversation).first()
    return {
        "reference": new_reference(),
        "family": draft.subtype.family,
        "subtype": draft.subtype.id,
        "story": draft.story,
        "opened_at": timezone.now(),
        "member": talk.member if talk else None,
    }


def _fill(claim: Claim, draft: Draft) -> None:
    """Store all that belongs to a new claim, then tell of it."""
    Answer.objects.bulk_create(Answer(claim=claim, field=name, value=value) for name, value in draft.answers().items())
    StateChange.objects.create(claim=claim, at=claim.opened_at, state=State.OPEN, by="member")
    make_checklist(claim, draft.subtype.evidence)
    raise_flags(claim)
    facts = {"family": claim.family, "subtype": claim.subtype, **counted(draft.answers())}
    record("claim_opened", claim.conversation, claim.pk, **facts)
    outgoing.tell(claim, "claim_opened")
    attach_evidence(claim.conversation, claim.pk)
    Conversation.objects.filter(pk=claim.conversation).update(
        claim=claim.pk, family=claim.family, subtype=claim.subtype
    )
    for kept in Evidence.objects.filter(claim=claim.pk).order_by("received_at"):
        outgoing.tell(claim, "document_received", **outgoing.facts_of(kept))
    tasks.remind_later(claim)


def _change(claim_id: UUID, column: str, value: Any) -> tuple[Claim, bool]:
    """Set one column and tell of it; return the locked claim, and whether that was anything new."""
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    if getattr(claim, column) == value:
        return claim, False
    setattr(claim, column, value)
    claim.save(update_fields=[column])
    record("claim_changed", claim.conversation, claim.pk, what=column)
    outgoing.tell(claim, "claim_changed", what=column)
    return claim, True
