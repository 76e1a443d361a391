"""What the gateway answers by itself while an adviser has the conversation: taps that are no question to a human."""

import structlog
from django.db import transaction
from django.utils import timezone

from bot.conversations import commands
from bot.conversations.delivery import deliver
from bot.conversations.live import announce
from bot.conversations.models import Author, Conversation, Message
from bot.conversations.services import append
from bot.events.services import record
from bot.turn import Turn

log = structlog.get_logger(__name__)


def answer_aside(conversation: Conversation, message: Message) -> bool:
    """Answer the tap if it is one of these, and return whether it was answered; the caller holds the row lock."""
    turn = _turn(message)
    if turn is None:
        return False
    conversation.refresh_from_db(fields=["last_number"])
    for reply in turn.replies:
        values = {"buttons": reply.buttons, "card": reply.card, "answers": message}
        deliver(conversation, append(conversation, Author.SYSTEM, reply.text, **values))
    for name, properties in turn.events:
        record(name, conversation.pk, **properties)
    message.answered_at = timezone.now()
    message.save(update_fields=["answered_at"])
    announce(conversation.pk)
    return True


def _turn(message: Message) -> Turn | None:
    """Return what a tap of these is answered; None for all else, and for what fails: then the adviser reads the tap."""
    command = commands.find(message.command) if commands.is_aside(message.command) else None
    if command is None:
        return None
    try:
        with transaction.atomic():
            return command(message)
    except Exception as error:  # whatever it is, the member's message is kept
        log.error("aside_failed", command=message.command.partition(":")[0], error=type(error).__name__)
        return None
