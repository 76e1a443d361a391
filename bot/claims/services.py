"""Opening a claim and telling where it stands."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bot.claims.draft import Draft
from bot.claims.models import Answer, Claim, State, StateChange
from bot.claims.reference import new_reference
from bot.errors import IncompleteClaim
from bot.events.services import record


def open_claim(conversation: UUID, draft: Draft) -> Claim:
    """Open the claim of a confirmed draft; called again for the same draft, return the same claim.

    Raises:
        IncompleteClaim: a field of the sub-type was never answered; the message names it.
    """
    family, subtype, answers = draft.subtype.family, draft.subtype.id, draft.answers()
    if draft.missing:
        raise IncompleteClaim(", ".join(field.id for field in draft.missing))
    with transaction.atomic():
        claim, created = Claim.objects.get_or_create(
            conversation=conversation,
            incident_key=draft.key,
            defaults={
                "reference": new_reference(),
                "family": family,
                "subtype": subtype,
                "story": draft.story,
                "opened_at": timezone.now(),
            },
        )
        if created:
            Answer.objects.bulk_create(Answer(claim=claim, field=name, value=value) for name, value in answers.items())
            StateChange.objects.create(claim=claim, at=claim.opened_at, state=State.OPEN, by="member")
            record("claim_opened", conversation, claim.pk, family=family, subtype=subtype)
    return claim


def claims_of(conversation: UUID) -> list[Claim]:
    """Return the claims of a conversation, the newest first."""
    return list(Claim.objects.filter(conversation=conversation).order_by("-opened_at"))
