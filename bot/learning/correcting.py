"""An adviser says what an incident really is: conversation, claim and figures follow, and there is one more example."""

from uuid import UUID

from django.db import transaction

from bot.catalogue.model import Place
from bot.claims.kinds import change_drafts, change_kind, is_open_of_kind
from bot.claims.models import Claim
from bot.conversations.live import announce
from bot.conversations.models import Conversation
from bot.errors import StillAClaim
from bot.events.services import record
from bot.learning.labels import place_of
from bot.learning.models import Example
from bot.learning.proposing import propose
from bot.learning.telling import told


def correct(conversation_id: UUID, adviser: UUID, label: str) -> None:
    """Make the conversation one about `label`, and with it its open claim if that was of the same kind.

    Said again, or of what was understood rightly, it changes nothing but confirms the example.

    Raises:
        Conversation.DoesNotExist: it is gone.
        StillAClaim: the label reports no incident, but a claim is open for one.
    """
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
        was, kind = (conversation.family, conversation.subtype), place_of(label)
        message = told(conversation)
        if was != kind:
            conversation.family, conversation.subtype = kind
            conversation.save(update_fields=["family", "subtype"])
            claim = _corrected_claim(conversation, was, adviser)
            _record(conversation, claim, adviser, was, label)
            announce(conversation.pk)
        if message:
            propose(conversation, message, label, Example.Why.ADVISER)


def _corrected_claim(conversation: Conversation, was: Place, adviser: UUID) -> UUID | None:
    """Bring the open claim of the kind that was corrected up to date, and unfinished ones; return the open one's id."""
    kind = (conversation.family, conversation.subtype)
    claim = Claim.objects.filter(pk=conversation.claim).first() if conversation.claim else None
    is_meant = claim is not None and is_open_of_kind(claim, was)
    if claim and is_meant and not kind[0]:
        raise StillAClaim(claim.reference)
    if kind[0]:
        change_drafts(conversation.pk, was, kind)
    return change_kind(claim.pk, kind, str(adviser)).pk if claim and is_meant else None


def _record(conversation: Conversation, claim: UUID | None, adviser: UUID, was: Place, label: str) -> None:
    """Record the correction; the label says what it is where it is no incident."""
    told = {} if conversation.family else {"label": label}
    record(
        "incident_corrected",
        conversation.pk,
        claim,
        adviser=str(adviser),
        was_family=was[0],
        was_subtype=was[1],
        family=conversation.family,
        subtype=conversation.subtype,
        **told,
    )
