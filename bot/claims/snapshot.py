"""A claim as other systems get it: the webhook's `claim` and a line of the export; docs/schemas/claim-event.json."""

from typing import Any

from bot.claims.models import Claim
from bot.members.models import Member


def snapshot(claim: Claim, member: Member | None) -> dict[str, Any]:
    """Return a claim and whose it is as plain JSON values. Amounts in cents, dates ISO 8601, unknown answers null."""
    return {
        "reference": claim.reference,
        "state": claim.state,
        "outcome": claim.outcome or None,
        "family": claim.family,
        "subtype": claim.subtype,
        "opened_at": claim.opened_at.isoformat(),
        "story": claim.story,
        "member": {"contract": member.contract, "household": member.household} if member else None,
        "email": claim.email or None,
        "psychologist": claim.psychologist,
        "answers": {each.field: each.value for each in claim.answers.all()},
        "documents": [
            {"number": each.number, "name": each.name, "state": each.state} for each in claim.documents.all()
        ],
        "flags": [{"rule": each.rule, "detail": each.detail} for each in claim.flags.all()],
    }
