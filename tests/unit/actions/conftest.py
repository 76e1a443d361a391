import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher


class Talk:
    """Runs one action on a tracker made by hand, without Rasa."""

    def __init__(self) -> None:
        self.slots: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []
        self.said: list[dict[str, Any]] = []

    def run(self, action, text: str = "", intent: str = "", confidence: float = 0.99, **extra: Any) -> dict[str, Any]:
        """Return the slots that the action set."""
        entities = [{"entity": name, "value": value} for name, value in extra.pop("entities", {}).items()]
        message = {"text": text, "intent": {"name": intent, "confidence": confidence}, "entities": entities}
        message |= {"message_id": "m1", "metadata": {"sent_at": "2026-11-23T10:00:00+00:00"}} | extra
        tracker = Tracker(
            "7f3c2d3e-0000-4000-8000-000000000001:1", dict(self.slots), message, self.events, False, None, {}, ""
        )
        dispatcher = CollectingDispatcher()
        events = asyncio.run(action.run(dispatcher, tracker, {}))
        self.said = dispatcher.messages
        changed = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
        self.slots |= changed
        return changed

    @property
    def text(self) -> str:
        """Return all that was said."""
        return "\n".join(message.get("text") or "" for message in self.said)

    @property
    def wishes(self) -> list[dict[str, Any]]:
        """Return what was asked of the gateway."""
        return [message["custom"] for message in self.said if message.get("custom")]


@pytest.fixture
def talk() -> Talk:
    return Talk()
