"""What the actions read from Rasa's tracker: the draft, the message, the conversation."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from bot.catalogue import catalogue
from bot.claims.draft import Draft

BRUSSELS = ZoneInfo("Europe/Brussels")


def conversation_of(tracker: Tracker) -> UUID:
    """Return the conversation's id; the engine's own id carries the episode behind a colon."""
    return UUID(tracker.sender_id.split(":")[0])


def draft_of(tracker: Tracker) -> Draft | None:
    """Return the draft in the slots, or None when no incident was understood yet."""
    slots = tracker.slots
    if not slots.get("subtype"):
        return None
    values = {name: slots[name] for name in catalogue().fields if slots.get(name) is not None}
    subtype = catalogue().subtype(slots["family"], slots["subtype"])
    return Draft(slots["incident_key"], subtype, slots.get("story") or "", values)


def set_slots(values: dict[str, Any]) -> list[EventType]:
    """Return the events that set these slots."""
    return [SlotSet(name, value) for name, value in values.items()]


def clear_incident() -> list[EventType]:
    """Return the events that forget the draft."""
    names = ["family", "subtype", "incident_key", "story", "form_exit", *catalogue().fields]
    return set_slots(dict.fromkeys(names))


def sent_at(tracker: Tracker) -> datetime:
    """Return when the latest message was sent, in Brussels; now, where the channel does not say (rasa shell)."""
    said = (tracker.latest_message.get("metadata") or {}).get("sent_at")
    return datetime.fromisoformat(said).astimezone(BRUSSELS) if said else datetime.now(BRUSSELS)


def text_of(tracker: Tracker) -> str:
    """Return what the member typed; nothing when a button was tapped."""
    text = tracker.latest_message.get("text") or ""
    return "" if text.startswith("/") else text


def intent_of(tracker: Tracker) -> tuple[str, float]:
    """Return the latest intent and its confidence."""
    intent = tracker.latest_message.get("intent") or {}
    return intent.get("name") or "", float(intent.get("confidence") or 0.0)


def entity(tracker: Tracker, name: str) -> Any:
    """Return what a tapped button carries under `name`, or None."""
    return next(tracker.get_latest_entity_values(name), None)
