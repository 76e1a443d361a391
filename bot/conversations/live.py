"""Tells every process at once that a conversation changed (PostgreSQL LISTEN/NOTIFY)."""

import json
from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from django.db import connection

from bot.conversations.models import Message

CHANNEL = "cybercare_live"
QUEUE = UUID(int=0)  # in the place of a conversation: the waiting queue as a whole
Kind = Literal["messages", "asked", "adviser_typing", "member_typing", "queue", "watched"]  # asked: the bot will answer
CARRIED = ("id", "number", "author", "text", "buttons", "card", "external_id")  # columns, and `sent_at` in ISO form
MOST_BYTES = 7_900  # of a notification: PostgreSQL takes less than 8,000
Row = dict[str, Any]


def announce(conversation: UUID, kind: Kind = "messages", messages: Sequence[Message] = ()) -> None:
    """Notify the listeners once the caller's transaction is committed.

    `messages`, without files, are those that were stored last: if they are short they go along, and nobody has to read
    them from the database to show them.
    """
    told: Row = {"conversation": str(conversation), "kind": kind}
    payload = _packed({**told, "messages": [_row(message) for message in messages]} if messages else told)
    if len(payload.encode()) > MOST_BYTES:
        payload = _packed(told)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])


def announce_queue() -> None:
    """Notify the listeners that places in the waiting queue changed, once the caller's transaction is committed."""
    announce(QUEUE, "queue")


def _row(message: Message) -> Row:
    return {**{name: getattr(message, name) for name in CARRIED}, "sent_at": message.sent_at.isoformat()}


def _packed(told: Row) -> str:
    return json.dumps(told, ensure_ascii=False)
