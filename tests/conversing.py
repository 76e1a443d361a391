"""Plays the worker's part in tests of the web: stores what the bot, an adviser or a member says."""

from typing import Any
from uuid import UUID

from django.db import transaction

from bot.conversations.live import announce
from bot.conversations.models import Author, Conversation, Message
from bot.conversations.services import append


def say(conversation: UUID | str, text: str, author: str = Author.BOT, **values: Any) -> Message:
    """Store one message and announce it, in one transaction as the worker does."""
    with transaction.atomic():
        row = Conversation.objects.select_for_update().get(pk=conversation)
        message = append(row, author, text, **values)
        announce(row.pk, messages=[message])
        return message


def type_(conversation: UUID | str) -> None:
    """Announce that an answer is being written."""
    announce(UUID(str(conversation)), "asked")
