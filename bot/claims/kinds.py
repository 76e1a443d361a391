"""Making a claim, or a declaration that is not finished, one of another kind; what is known of it stays."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bot.catalogue import catalogue
from bot.catalogue.model import Place
from bot.claims import outgoing
from bot.claims.documents import renew_checklist
from bot.claims.models import Claim, Edit, SavedDraft, State
from bot.conversations.live import announce
from bot.events.services import record

KIND = "kind"  # in the history of edits, in the place of a field; values are family/sub-type


def is_open_of_kind(claim: Claim, kind: Place) -> bool:
    """Tell whether the claim is not closed and of this kind: then a correction of the kind is one of the claim."""
    return claim.state != State.CLOSED and (claim.family, claim.subtype) == kind


def change_kind(claim_id: UUID, kind: Place, by: str) -> Claim:
    """Make it a claim of `kind`; the kind that it has changes nothing.

    All answers stay: they are facts. Of the pieces, those stay that were given, or that the new kind asks for too.
    `by` is who among the staff, by their id.

    Raises:
        Claim.DoesNotExist: the claim is gone.
        KeyError: there is no such kind.
    """
    wanted = catalogue().subtype(*kind)
    with transaction.atomic():
        claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
        before = (claim.family, claim.subtype)
        if before == kind:
            return claim
        claim.family, claim.subtype = kind
        claim.save(update_fields=["family", "subtype"])
        renew_checklist(claim, wanted.evidence)
        history = {"before": "/".join(before), "after": "/".join(kind)}
        Edit.objects.create(claim=claim, at=timezone.now(), by=by, field=KIND, **history)
        record("claim_edited", claim.conversation, claim.pk, field=KIND)
        outgoing.tell(claim, "claim_changed", what=KIND)
        announce(claim.conversation)
    return claim


def change_drafts(conversation: UUID, before: Place, kind: Place) -> None:
    """Make the conversation's unfinished declarations of one kind such of another, so that they go on as that."""
    drafts = SavedDraft.objects.filter(conversation=conversation, family=before[0], subtype=before[1])
    drafts.update(family=kind[0], subtype=kind[1])
