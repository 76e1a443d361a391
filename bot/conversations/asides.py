"""What the gateway answers by itself while an adviser has the conversation: taps that are no question to a human."""

from django.utils import timezone

from bot.conversations import commands
from bot.conversations.delivery import deliver
from bot.conversations.live import announce
from bot.conversations.models import Author, Conversation, Message
from bot.conversations.services import append
from bot.events.services import record


def answer_aside(conversation: Conversation, message: Message) -> bool:
    """Answer the tap if it is one of these, and return whether it was; the caller holds the row lock."""
    command = commands.find(message.command) if commands.is_aside(message.command) else None
    if command is None:
        return False
    turn = command(message)
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
