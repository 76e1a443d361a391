"""The ends of the form: opened, left, given to a human; and on to what the member speaks of instead."""

from collections.abc import Callable, Mapping
from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue import Dialogue
from actions.minors import speak_to_minor
from actions.opening import offer_second
from actions.reporting import FORM
from bot.claims.checklist import offers
from bot.conversations.danger import life_sentence
from bot.texts import say

#: Actions by what a held message wants; `report_…` begins an incident, anything else is asked about.
BY_INTENT = {
    "ask_status": "action_tell_status",
    "ask_human": "action_hand_off",
    "ask_advice": "action_repeat_advice",
    "nlu_fallback": "action_offer_guesses",
}


class FinishIncident(Action):
    """Ends the form the way its `form_exit` says."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_finish_incident"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say how it goes on, and lead there."""
        dialogue = Dialogue(dispatcher, tracker)
        following = await sync_to_async(finish)(dialogue)
        return [*dialogue.events(), *([FollowupAction(following)] if following else [])]


def finish(dialogue: Dialogue) -> str:
    """End the form, and return the action that follows, if any."""
    way_out = str(dialogue.get("form_exit"))
    dialogue.set(form_exit=None)
    return ENDS[way_out](dialogue)


def _cancelled(dialogue: Dialogue) -> str:
    return _without_claim(dialogue, "form_cancelled", "form_cancelled")


def _no_claim(dialogue: Dialogue) -> str:
    return _without_claim(dialogue, "no_claim_taken", "claim_declined")


def _without_claim(dialogue: Dialogue, sentence: str, event: str) -> str:
    """Say that nothing was declared, and speak of the second incident if there is one."""
    draft = dialogue.draft
    dialogue.record(event)
    dialogue.say(sentence)
    if draft:
        dialogue.records.forget(draft)
    if draft and offer_second(dialogue):
        return FORM
    dialogue.forget()
    return ""


def _human(dialogue: Dialogue) -> str:
    dialogue.hand_off(say("handed_off_asked"), "asked")
    if dialogue.get("claim"):
        dialogue.forget()
    return ""


def _life(dialogue: Dialogue) -> str:
    """Put the form away: the draft is kept, and only the member's own word takes it up again."""
    dialogue.hand_off(life_sentence(dialogue.said.text, minor=dialogue.said.minor), "danger_to_life")
    dialogue.forget()
    return ""


def _minor(dialogue: Dialogue) -> str:
    if dialogue.draft:
        dialogue.records.forget(dialogue.draft)
    speak_to_minor(dialogue, f"{dialogue.get('story') or ''} {dialogue.said.text}")
    return ""


def _same(dialogue: Dialogue) -> str:
    dialogue.say("same_noted", reference=dialogue.get("similar"))
    dialogue.record("same_incident_told_again")
    if dialogue.draft:
        dialogue.records.forget(dialogue.draft)
    dialogue.forget()
    return ""


def _elsewhere(dialogue: Dialogue) -> str:
    """Answer the message that was held back."""
    held = dialogue.get("held") or {}
    intent = str(held.get("intent") or "")
    dialogue.forget()
    if intent.startswith("report_"):
        dialogue.set(held=held, replay=True)
        return "action_start_incident"
    if intent in BY_INTENT:
        dialogue.set(held=held, replay=True)
        return BY_INTENT[intent]
    dialogue.say(
        f"reply_{intent}" if intent in ("ask_cover", "ask_bot", "ask_privacy", "add_evidence") else "reply_report"
    )
    return ""


def _done(dialogue: Dialogue) -> str:
    dialogue.say("claim_goodbye", offers())
    return _opened(dialogue)


def _opened(dialogue: Dialogue) -> str:
    dialogue.forget()
    dialogue.end_episode()
    return ""


ENDS: Mapping[str, Callable[[Dialogue], str]] = {
    "cancelled": _cancelled,
    "no_claim": _no_claim,
    "human": _human,
    "life": _life,
    "minor": _minor,
    "same": _same,
    "elsewhere": _elsewhere,
    "done": _done,
    "opened": _opened,
}
