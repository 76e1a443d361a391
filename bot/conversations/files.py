"""Files that members give: each kept with its message and confirmed by one receipt, on every channel alike."""

import math
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bot.conversations import evidence
from bot.conversations.models import Conversation, Message
from bot.conversations.notices import notify
from bot.conversations.receiving import Inbound, receive
from bot.errors import RefusedEvidence, TooManyFiles
from bot.settings import settings
from bot.texts import say

PER_HOUR = 20  # files of one conversation
HOUR = timedelta(hours=1)
MARKUP = str.maketrans("*[]()", "     ")  # a file's name is no markup


def receive_file(inbound: Inbound, name: str, content: bytes) -> Message:
    """Store a message, its file and the receipt, or nothing at all; sent again, return the same row.

    A message without words of its own gets the file's name as its text, and no answer but the receipt.

    Raises:
        Conversation.DoesNotExist: the conversation is gone.
        RefusedEvidence: the file is not taken; its `reason` names the sentence for the member.
        TooManyFiles: the conversation brought `PER_HOUR` files within the hour.
    """
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().get(pk=inbound.conversation)
        if known := conversation.messages.filter(external_id=inbound.external_id).first():
            return known
        _check_pace(conversation)
        message = receive(inbound)
        evidence.keep(conversation, message, name, content)
        notify(conversation.pk, receipt_key(message), sentence("evidence_received", name))
        return message


def settle(message: Message, name: str, content: bytes, limit: int) -> None:
    """Keep the file of a message that is stored already, and say so or why not; in the caller's transaction.

    `limit` is the largest file of the channel, in megabytes.
    """
    told = "evidence_received"
    try:
        evidence.keep(message.conversation, message, name, content)
    except RefusedEvidence as refusal:
        told = refusal.reason
    notify(message.conversation_id, receipt_key(message), sentence(told, name, limit))


def sentence(id_: str, name: str = "", limit: int = 0) -> str:
    """Return what the member reads about a file: the receipt or a refusal. `limit` in megabytes, 0: the setting's."""
    shown = evidence.safe_name(name).translate(MARKUP)
    return say(id_, name=shown, limit=limit or settings().evidence_max_megabytes)


def receipt_key(message: Message) -> str:
    """Return the external id of the receipt for a message's file: there is never a second one."""
    return f"receipt:{message.pk}"


def _check_pace(conversation: Conversation) -> None:
    """Raise TooManyFiles while the last `PER_HOUR` files are all younger than an hour."""
    times = conversation.evidence.order_by("-received_at").values_list("received_at", flat=True)
    latest = list(times[:PER_HOUR])
    if len(latest) == PER_HOUR and (wait := latest[-1] + HOUR - timezone.now()) > timedelta(0):
        raise TooManyFiles(math.ceil(wait.total_seconds()))
