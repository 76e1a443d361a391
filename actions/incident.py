"""From a story to its advice: the incident's draft is begun and filled with what the story already says."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions import gateway
from actions.slots import clear_incident, draft_of, entity, intent_of, sent_at, set_slots, text_of
from bot.catalogue import SubType, catalogue
from bot.texts import say
from bot.understanding import read_fields


class StartIncident(Action):
    """Begins a draft from a reported family, shows the advice; the form follows by rule."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_start_incident"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Show the advice and return the draft's slots."""
        subtype, confidence = _understood(tracker)
        typed = text_of(tracker)
        story = typed or tracker.slots.get("story") or ""
        said = read_fields(story, sent_at(tracker))
        values = {name: value for name, value in said.items() if name in catalogue().fields}
        if subtype.severity == "normal":
            say_what_cannot_wait(dispatcher, tracker)
        show_advice(dispatcher, subtype)
        gateway.record(
            dispatcher, "incident_understood", family=subtype.family, subtype=subtype.id, confidence=confidence
        )
        begun = {
            "family": subtype.family,
            "subtype": subtype.id,
            "incident_key": str(tracker.latest_message.get("message_id") or tracker.sender_id),
            "story": story,
            "misses": 0,
        }
        return clear_incident() + set_slots(begun | values)


class RepeatAdvice(Action):
    """Shows the advice of the present incident again."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_repeat_advice"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Show it, or ask what happened."""
        draft = draft_of(tracker)
        if draft:
            show_advice(dispatcher, draft.subtype)
        else:
            dispatcher.utter_message(response="utter_tell_me")
        return []


class ContinueDraft(Action):
    """Takes up a draft that was put away."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_continue_draft"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Go back to the form, or ask what happened."""
        if draft_of(tracker):
            return [*set_slots({"form_exit": None}), FollowupAction("incident_form")]
        dispatcher.utter_message(response="utter_tell_me")
        return []


def show_advice(dispatcher: CollectingDispatcher, subtype: SubType) -> None:
    """Say the sub-type's first steps, the most urgent on top, and what to keep."""
    steps = "\n".join(f"{number}. {step.do}" for number, step in enumerate(subtype.advice, 1))
    text = say(f"advice_{subtype.severity}", label=subtype.label, steps=steps)
    if subtype.evidence:
        text += "\n\n" + say("advice_keep", evidence=", ".join(subtype.evidence))
    dispatcher.utter_message(text=text)
    gateway.record(dispatcher, "advice_shown", family=subtype.family, subtype=subtype.id)


def say_what_cannot_wait(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Say first what the told danger asks for, where no advice does: it is for calmer cases, or not known yet."""
    level = (tracker.latest_message.get("metadata") or {}).get("safety")
    if level in ("ongoing", "fresh_money"):
        dispatcher.utter_message(text=say(f"urgent_{level}"))


def _understood(tracker: Tracker) -> tuple[SubType, float]:
    """Return the reported sub-type: the button's, or the likeliest of the classified family."""
    intent, confidence = intent_of(tracker)
    subtypes = catalogue().families[intent.removeprefix("report_")].subtypes
    tapped = entity(tracker, "subtype")
    if tapped in subtypes:
        return subtypes[tapped], confidence
    ranked = tracker.latest_message.get("incident") or []
    best = next((found["subtype"] for found in ranked if found["intent"] == intent), None)
    return subtypes.get(best or "") or next(iter(subtypes.values())), confidence
