"""What the engine remembers of a conversation: one row per turn in PostgreSQL, and only the last turns are read.

Rasa 3.6.21's own SQL store reads, counts and rebuilds all events of a conversation at each turn: a third of a short
turn's time at rest, and the 200th turn took five times as long as the first.
"""

from __future__ import annotations

import itertools
import json
from typing import Any, Dict, Iterable, List, Optional, Text

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import create_engine, text

TURNS_READ = 4  # what rules, stories and actions may look back on; slots and the open form last however long
TIMEOUT_SECONDS = 5
CONNECTING = {
    "connect_timeout": TIMEOUT_SECONDS,
    "options": f"-c statement_timeout={1000 * TIMEOUT_SECONDS}",
    "application_name": "cybercare-engine",
}
READ = text("SELECT number, events, state FROM engine.turns WHERE memory = :memory ORDER BY number DESC LIMIT :rows")
WRITE = text("INSERT INTO engine.turns (memory, number, events, state) VALUES (:memory, :number, :events, :state)")
KNOWN = text("SELECT DISTINCT memory FROM engine.turns")


class TurnStore(TrackerStore):
    """Rasa's tracker store for `endpoints.yml`: `url` is PostgreSQL's, the table is the gateway's migration.

    A row holds a turn's events and, as events too, the state after it. The primary key (memory, number) lets only one
    of two engines store the same turn; the other fails, and its gateway gets the first one's answer when it repeats.
    """

    def __init__(self, domain: Optional[Domain], event_broker: Any = None, host: Text = "", **kwargs: Any) -> None:
        """Connect to nothing yet; a turn blocks the event loop while it reads or writes, so one connection will do."""
        super().__init__(domain, event_broker, **kwargs)
        options = {"isolation_level": "AUTOCOMMIT", "pool_size": 1, "connect_args": CONNECTING}
        self._database = create_engine(host, **options)

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """Return the tracker as the last turns left it, or None where there was no turn yet."""
        with self._database.connect() as connection:
            rows = connection.execute(READ, {"memory": sender_id, "rows": TURNS_READ + 1}).all()
        if not rows:
            return None
        before = rows[-1].state if len(rows) > TURNS_READ else []
        events = [event for row in reversed(rows[:TURNS_READ]) for event in row.events]
        tracker = DialogueStateTracker.from_dict(sender_id, [*before, *events], self.domain.slots)
        _mark_stored(tracker, turns=rows[0].number)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store what happened since the tracker was read, as one turn.

        Raises:
            sqlalchemy.exc.IntegrityError: another engine stored this turn first.
        """
        events = list(itertools.islice(tracker.events, getattr(tracker, "stored_events", 0), None))
        if not events:
            return
        number = getattr(tracker, "stored_turns", 0) + 1
        row = {"memory": tracker.sender_id, "number": number, "events": _json(events), "state": _json(_state(tracker))}
        with self._database.connect() as connection:
            connection.execute(WRITE, row)
        _mark_stored(tracker, turns=number)

    async def keys(self) -> Iterable[Text]:
        """Return the ids of all conversations remembered."""
        with self._database.connect() as connection:
            return connection.execute(KNOWN).scalars().all()


def _mark_stored(tracker: DialogueStateTracker, turns: int) -> None:
    tracker.stored_events, tracker.stored_turns = len(tracker.events), turns


def _state(tracker: DialogueStateTracker) -> List[Event]:
    """Return the events that bring an empty tracker to the state of this one: slots and the open form."""
    changed = [slot for slot in tracker.slots.values() if slot.value != slot.initial_value]
    events: List[Event] = [SlotSet(slot.name, slot.value) for slot in changed]
    if tracker.active_loop_name:
        events.append(ActiveLoop(tracker.active_loop_name))
    return [*events, ActionExecuted(ACTION_LISTEN_NAME)]


def _json(events: List[Event]) -> Text:
    dumped: List[Dict[Text, Any]] = [event.as_dict() for event in events]
    return json.dumps(dumped)
