"""Tells every process at once that a conversation changed (PostgreSQL LISTEN/NOTIFY)."""

import json
from typing import Literal
from uuid import UUID

from django.db import connection

CHANNEL = "cybercare_live"
Kind = Literal["messages", "typing"]


def announce(conversation: UUID, kind: Kind = "messages") -> None:
    """Notify the listeners once the caller's transaction is committed."""
    payload = json.dumps({"conversation": str(conversation), "kind": kind})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])
