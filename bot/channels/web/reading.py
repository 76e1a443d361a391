"""Reads a conversation's messages in the one shape that the list and the stream share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Min, prefetch_related_objects

from bot.conversations import buttons, waiting
from bot.conversations.live import Row
from bot.conversations.models import Author, Conversation, Evidence, Message, SentFile

PAGE = 200  # messages read at once
FILES = {Author.MEMBER.value: "evidence", Author.ADVISER.value: "sent_files"}  # whose messages bring files


@dataclass(frozen=True)
class Page:
    """Some messages in order; `first` is the lowest number the conversation still has (0: it has none)."""

    messages: list[dict[str, Any]]
    first: int


def messages_after(conversation: UUID, after: int, limit: int = PAGE) -> list[dict[str, Any]]:
    """Return the messages whose number is above `after`, in order, at most `limit`."""
    found = Message.objects.filter(conversation=conversation, number__gt=after)
    messages = list(found.order_by("number")[:limit])
    for author, relation in FILES.items():
        if bringing := [message for message in messages if message.author == author]:
            prefetch_related_objects(bringing, relation)
    return [shown(message, _files(message)) for message in messages]


def page_after(conversation: UUID, after: int) -> Page:
    """Return the next page; for threads that are not a request's: the connection is given back at once."""
    try:
        lowest = Message.objects.filter(conversation=conversation).aggregate(first=Min("number"))["first"]
        return Page(messages_after(conversation, after), lowest or 0)
    finally:
        connection.close()


def waiting_line(conversation: UUID) -> str | None:
    """Return what a member who waits for a human sees all the time; for threads that are not a request's."""
    try:
        found = Conversation.objects.filter(pk=conversation).first()
        return waiting.shown(found) if found else None
    finally:
        connection.close()


def carried(conversation: UUID, row: Row) -> dict[str, Any]:
    """Return a message that came with its notification (`live.announce`) as readers see it."""
    sent_at = datetime.fromisoformat(row["sent_at"])
    return shown(Message(**{**row, "sent_at": sent_at}, conversation_id=conversation))


def shown(message: Message, files: Iterable[Evidence | SentFile] = ()) -> dict[str, Any]:
    """Return the message as readers see it (`shapes.Shown`); payloads of buttons stay here."""
    is_member = message.author == Author.MEMBER
    return {
        "id": message.number,
        "at": _utc(message.sent_at),
        "author": message.author,
        "text": message.text,
        "buttons": [
            {"title": button["title"], "token": buttons.token(message, index)}
            for index, button in enumerate(message.buttons)
        ],
        "card": message.card,
        "client_id": message.external_id if is_member else None,
        "edited": _utc(message.edited_at) if message.edited_at else None,
        "attachments": [
            {"id": str(item.pk), "name": item.name, "media_type": item.media_type, "size": item.size} for item in files
        ],
    }


def _files(message: Message) -> Iterable[Evidence | SentFile]:
    """Return the files that were read with the message."""
    return getattr(message, FILES[message.author]).all() if message.author in FILES else ()


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
