"""All rows that the demo makes, collected first and then written in one go, in the order of time."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

from bot.claims.models import Answer, Claim, Document, SavedDraft, StateChange
from bot.conversations.models import CallBack, Conversation, Evidence, Message, Rating
from bot.desk.models import Note, Tagging
from bot.events.models import Event
from bot.members.models import Member

BATCH = 2_000  # rows
#: In the order in which rows may refer to others; the column is one that Django would set to now.
WRITTEN: tuple[tuple[type[models.Model], str], ...] = (
    (Member, ""),
    (Conversation, "created_at"),
    (Message, ""),
    (Evidence, "received_at"),
    (CallBack, "asked_at"),
    (Rating, "asked_at"),
    (Claim, ""),
    (Answer, ""),
    (StateChange, ""),
    (Document, ""),
    (SavedDraft, ""),
    (Note, "at"),
    (Tagging, ""),
)


class Book:
    """Rows by model, and the events."""

    def __init__(self) -> None:
        """Begin empty."""
        self.rows: dict[type[models.Model], list[Any]] = {model: [] for model, _ in WRITTEN}
        self.events: list[Event] = []
        self.later: list[Callable[[], None]] = []  # what needs the keys that `number` gives

    def add[Row: models.Model](self, row: Row) -> Row:
        """Keep a row to be written."""
        self.rows[type(row)].append(row)
        return row

    def drop(self, row: models.Model) -> None:
        """Forget a row again."""
        self.rows[type(row)].remove(row)

    def happen(self, at: datetime, name: str, conversation: UUID, claim: UUID | None = None, **told: Any) -> Event:
        """Keep an event to be written."""
        event = Event(at=at, name=name, conversation=conversation, claim=claim, properties=told)
        self.events.append(event)
        return event

    def number(self) -> None:
        """Give messages and ratings the keys that they will have: other rows and buttons name them."""
        self.rows[Message].sort(key=lambda message: message.sent_at)
        for model in (Message, Rating):
            rows = self.rows[model]
            for row, key in zip(rows, _keys(model, len(rows)), strict=True):
                row.pk = key
        for fill in self.later:
            fill()

    def write(self) -> None:
        """Write all rows but the events, in the caller's transaction."""
        for model, dated in WRITTEN:
            rows = self.rows[model]
            times = [getattr(row, dated) for row in rows] if dated else []
            model._default_manager.bulk_create(rows, batch_size=BATCH)
            for row, at in zip(rows, times, strict=False):
                setattr(row, dated, at)
            if dated:
                model._default_manager.bulk_update(rows, [dated], batch_size=500)

    def write_events(self) -> None:
        """Write the events: their numbers then tell the same order as their times."""
        self.events.sort(key=lambda event: event.at)
        Event.objects.bulk_create(self.events, batch_size=BATCH)


def _keys(model: type[models.Model], count: int) -> Sequence[int]:
    with connection.cursor() as cursor:
        sequence = "pg_get_serial_sequence(%s, 'id')"
        cursor.execute(f"SELECT nextval({sequence}) FROM generate_series(1, %s)", [model._meta.db_table, count])  # noqa: S608
        return [key for (key,) in cursor.fetchall()]
