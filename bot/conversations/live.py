"""Tells every process at once that a conversation changed (PostgreSQL LISTEN/NOTIFY)."""

import json
from typing import Literal
from uuid import UUID

from django.db import connection

CHANNEL = "cybercare_live"
QUEUE = UUID(int=0)  # in the place of a conversation: the waiting queue as a whole
Kind = Literal["messages", "typing", "adviser_typing", "member_typing", "queue", "watched"]


def announce(conversation: UUID, kind: Kind = "messages") -> None:
    """Notify the listeners once the caller's transaction is committed."""
    payload = json.dumps({"conversation": str(conversation), "kind": kind})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])


def announce_queue() -> None:
    """Notify the listeners that places in the waiting queue changed, once the caller's transaction is committed."""
    announce(QUEUE, "queue")
