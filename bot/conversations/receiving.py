"""The way in: mask, store once, defer one job, all in one transaction; only then is the sender acknowledged."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from bot.conversations import commands, ratings
from bot.conversations.asides import answer_aside
from bot.conversations.live import announce
from bot.conversations.models import Author, Conversation, Message
from bot.conversations.overhearing import overhear
from bot.conversations.ownership import Owner
from bot.conversations.services import append, await_adviser, move
from bot.events.services import record
from bot.understanding import Masked, mask

MAX_STORED = 20_000  # characters of one message that are kept
KEPT = "\n\t\u200d"  # of what is not printable; the last one joins emoji


@dataclass(frozen=True)
class Inbound:
    """What a channel got, in neutral form. `command` is a tapped payload (`/affirm`) or one of `commands.py`."""

    conversation: UUID
    external_id: str
    text: str = ""
    command: str = ""
    sent_at: datetime = field(default_factory=timezone.now)
    brings_file: bool = False  # it is stored in the same transaction


def open_conversation(channel: str, address: str | None = None) -> Conversation:
    """Return the conversation at this address of a channel, a new one if there is none (always, without address)."""
    if address is None:
        conversation, created = Conversation.objects.create(channel=channel), True
    else:
        conversation, created = Conversation.objects.get_or_create(channel=channel, address=address)
    if created:
        record("conversation_started", conversation.pk, channel=channel)
    return conversation


def receive(inbound: Inbound) -> Message:
    """Store what a member sent and have it answered; sent again, return the same row and do nothing.

    Raises:
        Conversation.DoesNotExist: the conversation is gone.
    """
    try:
        with transaction.atomic():
            return _store(inbound)
    except IntegrityError:  # that it is there already is rarer than to be worth a question each time
        known = Message.objects.filter(conversation=inbound.conversation, external_id=inbound.external_id).first()
        if known is None:
            raise
        return known


def edit(conversation: Conversation, external_id: str, text: str, edited_at: datetime) -> Message | None:
    """Replace the text of a message the member edited; return None when it is not known."""
    with transaction.atomic():
        message = conversation.messages.select_for_update().filter(external_id=external_id).first()
        if message is None:
            return None
        masked = mask(_storable(text))
        message.text, message.masked, message.edited_at = masked.text, list(masked.kinds), edited_at
        message.save(update_fields=["text", "masked", "edited_at"])
        record("message_edited", conversation.pk, number=message.number)
        if message.answered_at or conversation.owner == Owner.AGENT:  # any other is read when it is answered
            overhear(conversation, message)
        announce(conversation.pk)
        return message


def _store(inbound: Inbound) -> Message:
    conversation = Conversation.objects.select_for_update().get(pk=inbound.conversation)
    masked = _masked(inbound)
    message = append(
        conversation,
        Author.MEMBER,
        masked.text,
        command=inbound.command,
        external_id=inbound.external_id,
        sent_at=inbound.sent_at,
        masked=list(masked.kinds),
    )
    record("message_received", conversation.pk, number=message.number, length=len(masked.text))
    is_asked = _pass_on(conversation, message)
    announce(conversation.pk, "asked" if is_asked else "messages", [] if inbound.brings_file else [message])
    return message


def _pass_on(conversation: Conversation, message: Message) -> bool:
    """Give the message to whom it concerns; return whether the bot will say something, once the engine has answered."""
    from bot.conversations.tasks import answer_message  # it imports this module

    if ratings.take_tap(conversation, message):
        return False
    if conversation.owner == Owner.CLOSED and not ratings.may_be_words(conversation, message):
        move(conversation, Owner.BOT, reason="member_wrote")
    if conversation.owner != Owner.AGENT:
        answer_message.configure(lock=str(conversation.pk)).defer(message_id=message.pk)
    elif not answer_aside(conversation, message):
        await_adviser(conversation)
        overhear(conversation, message)
    return conversation.owner == Owner.BOT and commands.find(message.command) is None


def _masked(inbound: Inbound) -> Masked:
    """Return what is stored; a file's name as it is: a screenshot's date and time in it can pass for a card number."""
    text = _storable(inbound.text)
    return Masked(text, ()) if inbound.command == "attachment" else mask(text)


def _storable(text: str) -> str:
    """Return the text without what PostgreSQL or a screen cannot hold, and not longer than is kept."""
    lines = text.replace("\r\n", "\n")
    spaced = "".join(" " if char.isspace() and char not in "\n\t" else char for char in lines)
    readable = "".join(char for char in spaced if char in KEPT or char.isprintable())
    return readable.encode("utf-8", "ignore").decode()[:MAX_STORED].strip()
