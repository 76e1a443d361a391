"""Locking a claim together with its conversation, in the one order that all parts keep: the conversation first."""

from uuid import UUID

from bot.claims.models import Claim
from bot.conversations.models import Conversation


def lock_with_conversation(claim_id: UUID) -> Claim:
    """Lock the conversation if it still exists, then the claim; return the claim. In the caller's transaction.

    For who tells the member of a claim: others hold the conversation's lock when they come to its claim, and two that
    wait for each other fail. Rows that refer to the claim may be added meanwhile.

    Raises:
        Claim.DoesNotExist: the claim is gone.
    """
    conversation = Claim.objects.values_list("conversation", flat=True).get(pk=claim_id)
    Conversation.objects.select_for_update().filter(pk=conversation).first()
    return Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
