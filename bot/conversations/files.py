"""Files that members give: each kept with its message and confirmed by one receipt, on every channel alike."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import chain, count
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone

from bot.conversations import evidence
from bot.conversations.models import Conversation, Evidence, Message
from bot.conversations.notices import notify
from bot.conversations.receiving import Inbound, receive
from bot.errors import RefusedEvidence, TooManyFiles
from bot.settings import settings
from bot.texts import say

HOUR = timedelta(hours=1)
MARKUP = str.maketrans("*[]()", "     ")  # a file's name is no markup
Offer = Callable[[Evidence], list[dict[str, str]]]
_offers: list[Offer] = []


def register(offer: Offer) -> None:
    """Let a higher layer see each file in its transaction, and give the buttons of its receipt."""
    if offer not in _offers:
        _offers.append(offer)


def receive_file(inbound: Inbound, name: str, content: bytes) -> Message:
    """Store a message, its file and the receipt, or nothing at all; sent again, return the same row.

    A message without words of its own gets the file's name as its text, and no answer but the receipt.

    Raises:
        Conversation.DoesNotExist: the conversation is gone.
        RefusedEvidence: the file is not taken; its `reason` names the sentence for the member.
        TooManyFiles: the conversation brought as many files as one hour may hold.
    """
    conversation = Conversation.objects.get(pk=inbound.conversation)
    if known := conversation.messages.filter(external_id=inbound.external_id).first():
        return known
    _check_room(conversation)
    prepared = evidence.prepare(name, content)
    with evidence.stored(conversation.pk, prepared), transaction.atomic():
        conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
        if known := conversation.messages.filter(external_id=inbound.external_id).first():
            return known
        _check_room(conversation)
        message = receive(replace(inbound, brings_file=True))
        _keep(conversation, message, prepared)
        return message


def settle(message: Message, name: str, content: bytes, limit: int) -> None:
    """Keep the file of a message that is stored already, and say so or why not; safe to repeat.

    `limit` is the largest file of the channel, in megabytes.
    """
    try:
        _check_room(message.conversation)
        prepared = evidence.prepare(name, content)
        with evidence.stored(message.conversation_id, prepared), transaction.atomic():
            if conversation := _unsettled(message):
                _keep(conversation, message, _numbered(conversation, prepared))
    except RefusedEvidence as refusal:
        refuse(message, sentence(refusal.reason, name, limit))
    except TooManyFiles as refusal:
        refuse(message, too_many(refusal.seconds))


def refuse(message: Message, told: str) -> None:
    """Tell the member once why the file of a stored message is not taken; an erased message is left alone."""
    with transaction.atomic():
        if _unsettled(message):
            notify(message.conversation_id, receipt_key(message), told)


def sentence(id_: str, name: str = "", limit: int = 0) -> str:
    """Return what the member reads about a file: the receipt or a refusal. `limit` in megabytes, 0: the setting's."""
    shown = evidence.safe_name(name).translate(MARKUP)
    return say(id_, name=shown, limit=limit or settings().evidence_max_megabytes, files=settings().evidence_max_files)


def too_many(seconds: int) -> str:
    """Return what the member reads when files come too fast."""
    return say("evidence_too_many", minutes=-(-seconds // 60))


def receipt_key(message: Message) -> str:
    """Return the external id of the receipt for a message's file: there is never a second one."""
    return f"receipt:{message.pk}"


def _keep(conversation: Conversation, message: Message, prepared: evidence.Prepared) -> None:
    kept = evidence.keep(conversation, message, prepared)
    buttons = [button for offer in _offers for button in offer(kept)]
    told = sentence("evidence_received_claim" if kept.claim else "evidence_received", kept.name)
    if buttons:
        told += "\n" + say("evidence_which")
    notify(conversation.pk, receipt_key(message), told, buttons)


def _numbered(conversation: Conversation, prepared: evidence.Prepared) -> evidence.Prepared:
    """Return the file under a name that no other file of the conversation has: Telegram calls all photos the same."""
    taken, given = set(conversation.evidence.values_list("name", flat=True)), PurePath(prepared.name)
    others = (f"{given.stem}-{number}{given.suffix}" for number in count(2))
    name = next(name for name in chain([prepared.name], others) if name not in taken)
    return replace(prepared, name=name)


def _unsettled(message: Message) -> Conversation | None:
    """Lock and return the conversation of a message that has no receipt yet; None when it has, or was erased."""
    conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
    is_settled = conversation.messages.filter(external_id=receipt_key(message)).exists()
    return None if is_settled or not conversation.messages.filter(pk=message.pk).exists() else conversation


def _check_room(conversation: Conversation) -> None:
    """Let pass while there is room for one more file.

    Raises:
        TooManyFiles: the last hour's are as many as one hour may hold.
        RefusedEvidence: the claim, or the conversation without one, has as many as it may have.
    """
    allowed = settings().evidence_per_hour
    times = conversation.evidence.order_by("-received_at").values_list("received_at", flat=True)
    latest = list(times[:allowed])
    if len(latest) == allowed and (wait := latest[-1] + HOUR - timezone.now()) > timedelta(0):
        raise TooManyFiles(math.ceil(wait.total_seconds()))
    if conversation.evidence.filter(claim=conversation.claim).count() >= settings().evidence_max_files:
        raise RefusedEvidence("evidence_full")
