"""The bot's part of an invented conversation: the real actions, run as the engine would run them."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.asking import ask
from actions.closing import finish
from actions.dialogue import Dialogue
from actions.form import take
from actions.guesses import OfferGuesses
from actions.replies import reply, tell_status
from actions.reporting import FORM, start
from bot.catalogue import Place
from bot.engine import read_turn
from bot.texts import say
from bot.turn import Turn

START = "action_start_incident"
GUESSES = "action_offer_guesses"


@dataclass(frozen=True)
class Heard:
    """One message of the member as the engine reads it; `ranking`: sub-types with confidence, the likeliest first."""

    id: str
    at: datetime
    text: str
    intent: str
    confidence: float
    ranking: tuple[tuple[Place, float], ...] = ()
    command: str = ""  # a tapped button's payload
    safety: str = "none"
    silence: float = 0.0  # seconds since the message before

    def parsed(self) -> dict[str, Any]:
        """Return it as a tracker's latest message."""
        name, _, entities = self.command.removeprefix("/").partition("{")
        values = json.loads("{" + entities) if entities else {}
        return {
            "text": self.command or self.text,
            "intent": {"name": name or self.intent, "confidence": 1.0 if name else self.confidence},
            "entities": [{"entity": key, "value": value} for key, value in values.items()],
            "message_id": self.id,
            "metadata": {"sent_at": self.at.isoformat(), "safety": self.safety, "silence": self.silence},
            "incident": [
                {"intent": f"report_{family}", "subtype": subtype, "confidence": sure}
                for (family, subtype), sure in self.ranking
            ],
        }


class Assistant:
    """Remembers one conversation's slots, and answers."""

    def __init__(self, conversation: UUID, records: Any) -> None:
        """Begin with nothing; `records` is what actions read and leave behind (actions/records.py)."""
        self.sender, self.records = f"{conversation}:1", records
        self.slots: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []  # as far as actions look back on them
        self.is_asking = False  # the form is on

    @property
    def asked(self) -> str:
        """Return the field or step that was asked, or nothing."""
        return str(self.slots.get("asked") or "") if self.is_asking else ""

    def hear(self, heard: Heard) -> Turn:
        """Answer one message."""
        self.dispatcher, self.latest = CollectingDispatcher(), heard.parsed()
        intent = str(self.latest["intent"]["name"])
        self.events.append({"event": "user", "text": self.latest["text"]})
        if self.is_asking:
            self._go_on()
        elif intent.startswith("report_"):
            self._begin()
        elif intent == "nlu_fallback":
            self._guess()
        elif intent == "ask_human":
            self._run(lambda dialogue: dialogue.hand_off(say("handed_off_asked"), "asked"))
        elif intent == "ask_status":
            self._run(tell_status)
        else:
            self._run(reply)
        said = self.dispatcher.messages
        self.events += [{"event": "bot", "data": {"custom": each.get("custom")}} for each in said]
        return read_turn({"replies": said, "understood": self._understood()})

    def forget(self) -> None:
        """Begin a new episode."""
        self.slots, self.events, self.is_asking = {}, [], False

    def _begin(self) -> None:
        if self._run(start) == FORM:
            self.is_asking = True
            self._go_on()

    def _go_on(self) -> None:
        """Give the form the message: the next question, or its end and what follows."""
        self._run(take)
        if self.slots.get("requested_slot"):
            self._run(ask)
            return
        self.is_asking = False
        following = self._run(finish)
        if following == START:
            self._begin()
        elif following == FORM:
            self.is_asking = True
            self._go_on()

    def _guess(self) -> None:
        self.events.append({"event": "action", "name": GUESSES})
        found = asyncio.run(OfferGuesses().run(self.dispatcher, self._tracker(), {}))
        self.slots |= {event["name"]: event["value"] for event in found if event["event"] == "slot"}
        if any(event["event"] == "followup" for event in found):
            self._begin()

    def _run[Result](self, act: Callable[[Dialogue], Result]) -> Result:
        dialogue = _dialogue(self.dispatcher, self._tracker(), self.records)
        result = act(dialogue)
        self.slots |= {event["name"]: event["value"] for event in dialogue.events()}
        return result

    def _tracker(self) -> Tracker:
        return Tracker(self.sender, dict(self.slots), self.latest, self.events, False, None, {}, "")

    def _understood(self) -> dict[str, Any]:
        """Return what is kept beside the message (engine/turn.py)."""
        intent = self.latest["intent"]
        return {"intent": intent, "ranking": [intent], "incident": self.latest["incident"][:3], "danger": 0.0}


def _dialogue(dispatcher: CollectingDispatcher, tracker: Tracker, records: Any) -> Dialogue:
    """Return a dialogue whose records are those of the demo."""

    class Told(Dialogue):
        open_records = staticmethod(lambda _conversation: records)  # type: ignore[assignment]

    return Told(dispatcher, tracker)
