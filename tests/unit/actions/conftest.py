import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.asking import AskStep
from actions.closing import FinishIncident
from actions.dialogue import Dialogue
from actions.form import ValidateIncidentForm
from actions.reporting import StartIncident
from bot.claims.draft import Draft
from bot.errors import InvalidEmail


@dataclass
class OpenedClaim:
    """What a dialogue knows of a claim."""

    draft: Draft
    pk: str = "c1"
    reference: str = "CC-0000-0000-0000-00"
    email: str = ""
    psychologist: bool | None = None
    member: None = None
    state: str = "open"

    @property
    def family(self) -> str:
        return self.draft.subtype.family

    @property
    def subtype(self) -> str:
        return self.draft.subtype.id


@dataclass
class FakeRecords:
    """Keeps in memory what the real ones keep in the database."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    opened: list[OpenedClaim] = field(default_factory=list)
    known: str = ""
    mail: bool = True
    told_before: str | None = None

    def similar(self, draft: Draft) -> str | None:
        return self.told_before

    def begun(self, other_than: str = "") -> Draft | None:
        return next((draft for key, draft in reversed(self.drafts.items()) if key != other_than), None)

    def keep(self, draft: Draft) -> None:
        self.drafts[draft.key] = draft

    def forget(self, draft: Draft) -> None:
        self.drafts.pop(draft.key, None)

    def open(self, draft: Draft) -> OpenedClaim:
        assert not draft.missing
        self.opened.append(OpenedClaim(draft))
        return self.opened[-1]

    def claim(self, id_: str) -> OpenedClaim:
        return self.opened[-1]

    def claims(self) -> list[OpenedClaim]:
        return self.opened

    def missing_pieces(self, claim: OpenedClaim) -> list[str]:
        return list(claim.draft.subtype.evidence)

    def known_email(self, claim: OpenedClaim) -> str:
        return self.known

    def takes_email(self) -> bool:
        return self.mail

    def set_email(self, claim: OpenedClaim, address: str) -> None:
        if ".." in address:
            raise InvalidEmail("not an e-mail address")
        claim.email = address

    def set_psychologist(self, claim: OpenedClaim, wanted: bool) -> None:
        claim.psychologist = wanted


class Talk:
    """Runs actions as Rasa would, without Rasa: one message, the form if it is on, the next question."""

    def __init__(self, records: FakeRecords) -> None:
        self.slots: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []
        self.said: list[dict[str, Any]] = []
        self.records = records
        self.following: str | None = None

    def run(self, action, text: str = "", intent: str = "", confidence: float = 0.99, **extra: Any) -> dict[str, Any]:
        """Run one action and return the slots that it set."""
        self.said = []
        return self._run(action, self._message(text, intent, confidence, **extra))

    def report(self, text: str, *ranking: tuple[str, float], **extra: Any) -> "Talk":
        """Report an incident: `ranking` names family/sub-type and confidence, the likeliest first."""
        found = [
            {"intent": f"report_{name.split('/')[0]}", "subtype": name.split("/")[1], "confidence": confidence}
            for name, confidence in ranking
        ]
        self.said = []
        message = self._message(text, found[0]["intent"], 0.9, incident=found, **extra)
        self._run(StartIncident(), message)
        if self.following == "incident_form":
            self._form(message)
        return self

    def hear(self, text: str, intent: str = "nlu_fallback", confidence: float = 0.99, **extra: Any) -> "Talk":
        """Give the form a typed message."""
        self.said = []
        self._form(self._message(text, intent, confidence, **extra))
        return self

    def tap(self, intent: str, **entities: Any) -> "Talk":
        """Give the form a tapped button."""
        return self.hear(f"/{intent}", intent, entities=entities)

    def answer(self, field_: str, value: Any) -> "Talk":
        """Tap an answer to a field or step."""
        return self.tap("affirm", field=field_, value=value)

    def _form(self, message: dict[str, Any]) -> None:
        self._run(ValidateIncidentForm(), message)
        if self.slots.get("requested_slot"):
            self._run(AskStep(), message)
            return
        self._run(FinishIncident(), message)
        if self.following == "action_start_incident":
            self._run(StartIncident(), message)
        if self.following == "incident_form":
            self._run(ValidateIncidentForm(), message)
            self._run(AskStep(), message)

    def _message(self, text: str, intent: str, confidence: float, **extra: Any) -> dict[str, Any]:
        entities = [{"entity": name, "value": value} for name, value in extra.pop("entities", {}).items()]
        metadata = {"sent_at": "2026-11-23T10:00:00+00:00", **extra.pop("metadata", {})}
        message = {"text": text, "intent": {"name": intent, "confidence": confidence}, "entities": entities}
        return message | {"message_id": "m1", "metadata": metadata} | extra

    def _run(self, action, message: dict[str, Any]) -> dict[str, Any]:
        sender = "7f3c2d3e-0000-4000-8000-000000000001:1"
        tracker = Tracker(sender, dict(self.slots), message, self.events, False, None, {}, "")
        dispatcher = CollectingDispatcher()
        events = asyncio.run(action.run(dispatcher, tracker, {}))
        self.said += dispatcher.messages
        self.following = next((event["name"] for event in events if event["event"] == "followup"), None)
        changed = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
        self.slots |= changed
        return changed

    @property
    def asked(self) -> str | None:
        """Return what is asked now."""
        return self.slots.get("asked")

    @property
    def values(self) -> dict[str, Any]:
        """Return what is known of the incident."""
        return self.slots.get("values") or {}

    @property
    def subtype(self) -> str | None:
        """Return the present sub-type."""
        return self.slots.get("subtype")

    @property
    def text(self) -> str:
        """Return all that was said."""
        return "\n".join(message.get("text") or "" for message in self.said)

    @property
    def buttons(self) -> list[str]:
        """Return the titles of all buttons."""
        return [button["title"] for message in self.said for button in message.get("buttons") or []]

    @property
    def wishes(self) -> list[dict[str, Any]]:
        """Return what was asked of the gateway."""
        return [message["custom"] for message in self.said if message.get("custom")]

    def wished(self, name: str) -> list[Any]:
        """Return the values of one kind of wish."""
        return [wish[name] for wish in self.wishes if name in wish]


@pytest.fixture
def records() -> FakeRecords:
    return FakeRecords()


@pytest.fixture
def talk(records, monkeypatch) -> Talk:
    monkeypatch.setattr(Dialogue, "open_records", lambda _self, _conversation: records)
    return Talk(records)
