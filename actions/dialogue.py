"""One turn of the dialogue: reads slots, changes them, says things; at the end it is events for Rasa."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.records import Records
from actions.said import Said
from bot.catalogue import SubType, catalogue
from bot.claims.draft import Draft
from bot.conversations.services import resume_button
from bot.texts import say

#: The form's one slot: never filled, so that the form goes on until it is told to end. `asked` says what is asked.
STEP = "step"
DRAFT = ("family", "subtype", "incident_key", "story", "values")
PASSING = (
    "asked",
    "lead",
    "misses",
    "answered",
    "form_exit",
    "second",
    "second_story",
    "offering",
    "claim",
    "held",
    "replay",
    "resume_at",
)
OF_INCIDENT = (*DRAFT, *PASSING, "ranking", "similar", "advised", "warned")

Button = dict[str, str]


class Dialogue:
    """The slots with their pending changes, the latest message, and the way to the member."""

    open_records = Records  # by conversation

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        """Read the tracker."""
        self.said = Said.read(tracker)
        self.conversation = UUID(tracker.sender_id.split(":")[0])  # the episode stands behind the colon
        self.records = self.open_records(self.conversation)
        self._dispatcher, self._slots, self._changed = dispatcher, tracker.slots, dict[str, Any]()

    def get(self, name: str) -> Any:
        """Return a slot's value, a pending change included."""
        return self._changed[name] if name in self._changed else self._slots.get(name)

    def set(self, **values: Any) -> None:
        """Change slots."""
        self._changed |= values

    def events(self) -> list[EventType]:
        """Return the changes as Rasa's events."""
        return [SlotSet(name, value) for name, value in self._changed.items()]

    @property
    def draft(self) -> Draft | None:
        """Return the incident being told, or None."""
        if not self.get("subtype"):
            return None
        subtype = catalogue().subtype(self.get("family"), self.get("subtype"))
        return Draft(self.get("incident_key"), subtype, self.get("story") or "", self.get("values") or {})

    @property
    def drafted(self) -> Draft:
        """Return the incident being told, where there must be one."""
        draft = self.draft
        assert draft is not None, "this step has a draft"
        return draft

    @property
    def asked(self) -> str | None:
        """Return the field or step that was asked."""
        asked: str | None = self.get("asked")
        return asked

    def begin(self, draft: Draft, **more: Any) -> None:
        """Make this the incident being told, and forget the one before."""
        self.forget()
        self.set(
            family=draft.subtype.family,
            subtype=draft.subtype.id,
            incident_key=draft.key,
            story=draft.story,
            values=dict(draft.values),
            **more,
        )

    def become(self, subtype: SubType) -> None:
        """Make it another kind of incident; what is known stays."""
        self.set(family=subtype.family, subtype=subtype.id, misses=0)

    def fill(self, values: Mapping[str, Any]) -> None:
        """Keep values of the incident."""
        self.set(values={**(self.get("values") or {}), **values})

    def drop(self, *names: str) -> None:
        """Forget values of the incident."""
        self.set(values={name: value for name, value in (self.get("values") or {}).items() if name not in names})

    def forget(self) -> None:
        """Forget the incident and all that belongs to it."""
        self.set(**dict.fromkeys(OF_INCIDENT))

    def ask(self, step: str, lead: str = "") -> None:
        """Ask a field or step next, after the words `lead`."""
        self.set(requested_slot=STEP, asked=step, lead=lead, misses=0)

    def ask_again(self, lead: str) -> None:
        """Ask the same once more, after the words `lead`; counts as a miss."""
        self.set(requested_slot=STEP, lead=lead, misses=int(self.get("misses") or 0) + 1)

    def leave(self, way_out: str) -> None:
        """End the form; `action_finish_incident` says how."""
        self.set(requested_slot=None, asked=None, form_exit=way_out)

    def say(self, name: str, buttons: Sequence[Button] = (), /, **values: object) -> None:
        """Say a sentence of bot/texts/fr.yml."""
        self.tell(say(name, **values), buttons)

    def tell(self, text: str, buttons: Sequence[Button] = (), card: dict[str, Any] | None = None) -> None:
        """Say a text."""
        custom = {"card": card} if card else None
        self._dispatcher.utter_message(text=text, buttons=list(buttons), json_message=custom)

    def record(self, name: str, **properties: Any) -> None:
        """Have the gateway record one event; no personal data in `properties`."""
        self._dispatcher.utter_message(json_message={"events": [{"name": name, "properties": properties}]})

    def hand_off(self, text: str, reason: str) -> None:
        """Tell the member, and have the gateway put the conversation into the humans' queue."""
        self._dispatcher.utter_message(text=text, buttons=[resume_button()], json_message={"hand_off": reason})

    def end_episode(self) -> None:
        """Have the engine begin the next message with an empty memory, so that trackers stay short."""
        self._dispatcher.utter_message(json_message={"ends_episode": True})
