"""Opening a claim and telling where it stands."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bot.catalogue import catalogue
from bot.claims.models import Answer, Claim, State, StateChange
from bot.claims.reference import new_reference
from bot.errors import IncompleteClaim
from bot.events.services import record


def open_claim(
    conversation: UUID,
    incident_key: str,
    family: str,
    subtype: str,
    answers: Mapping[str, Any],
    story: str,
) -> Claim:
    """Open the claim of one confirmed draft; called again for the same draft, return the same claim.

    `answers` maps field ids to values; None means that the member does not know.

    Raises:
        IncompleteClaim: a field of the sub-type was never answered; the message names it.
        KeyError: the catalogue has no such family or sub-type.
    """
    asked = catalogue().subtype(family, subtype).fields
    if missing := [field for field in asked if field not in answers]:
        raise IncompleteClaim(", ".join(missing))
    with transaction.atomic():
        claim, created = Claim.objects.get_or_create(
            conversation=conversation,
            incident_key=incident_key,
            defaults={
                "reference": new_reference(),
                "family": family,
                "subtype": subtype,
                "story": story,
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
