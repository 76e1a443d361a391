"""What a channel says by itself: receipts, and that an edit was seen; a human may own the conversation."""

from uuid import UUID

from bot.conversations.delivery import deliver
from bot.conversations.live import announce
from bot.conversations.models import Author, Conversation
from bot.conversations.services import append


def notify(conversation_id: UUID, key: str, text: str, buttons: list[dict[str, str]] | None = None) -> bool:
    """Say `text` in the caller's transaction; the same `key` again says nothing. Return whether it was said now.

    Raises:
        Conversation.DoesNotExist: the conversation is gone.
    """
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    if conversation.messages.filter(external_id=key).exists():
        return False
    deliver(conversation, append(conversation, Author.SYSTEM, text, external_id=key, buttons=buttons or []))
    announce(conversation.pk)
    return True
