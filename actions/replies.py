"""What is answered outside of a declaration: the plain replies, the status, a human."""

from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.advice import say_what_cannot_wait
from actions.beginning import AWAY
from actions.dialogue import Dialogue
from bot.claims.checklist import offers
from bot.claims.standing import standing
from bot.conversations.danger import life_sentence
from bot.conversations.services import TAKE_UP
from bot.texts import say

SHOWN_CLAIMS = 5
#: Intents with a sentence of their own in bot/texts/fr.yml; what only answers a question is asked what happened.
OWN_SENTENCE = {
    "add_evidence",
    "ask_bot",
    "ask_cover",
    "ask_privacy",
    "cancel",
    "goodbye",
    "greet",
    "other_language",
    "out_of_scope",
    "start_over",
    "thank",
}


class Reply(Action):
    """Says the sentence `reply_<intent>`; a greeting after a long silence offers what was begun."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_reply"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it, after what cannot wait."""
        dialogue = Dialogue(dispatcher, tracker)
        await sync_to_async(reply)(dialogue)
        return dialogue.events()


class TellStatus(Action):
    """Tells where the conversation's claims stand."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_tell_status"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """List reference and state of each claim, the newest first."""
        dialogue = Dialogue(dispatcher, tracker)
        await sync_to_async(tell_status)(dialogue)
        dialogue.set(held=None, replay=None)
        return dialogue.events()


class HandOff(Action):
    """Gives the conversation to a human: because the member asks, or is in danger."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_hand_off"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say so, in the words the reason needs."""
        dialogue = Dialogue(dispatcher, tracker)
        if dialogue.said.intent == "distress":
            dialogue.hand_off(life_sentence(dialogue.said.text, minor=dialogue.said.minor), "danger_to_life")
        else:
            dialogue.hand_off(say("handed_off_asked"), "asked")
        dialogue.set(held=None, replay=None)
        return dialogue.events()


def tell_status(dialogue: Dialogue) -> None:
    """Say where each claim of the conversation stands, the newest first."""
    claims = dialogue.records.claims()
    if not claims:
        dialogue.say("status_none")
    for claim in claims[:SHOWN_CLAIMS]:
        dialogue.tell(standing(claim), offers() if claim is claims[0] else ())


def reply(dialogue: Dialogue) -> None:
    """Say what belongs to the intent; a greeting from someone who has begun a declaration offers to go on."""
    say_what_cannot_wait(dialogue)
    intent = dialogue.said.intent
    begun = dialogue.records.begun() if intent == "greet" and dialogue.said.silence >= AWAY else None
    if begun:
        go_on = {"title": say("continue"), "payload": TAKE_UP}
        dialogue.say(
            "greet_back", [go_on, {"title": say("something_else"), "payload": "/report"}], label=begun.subtype.label
        )
        return
    human = [{"title": say("talk_to_human"), "payload": "/ask_human"}]
    name = intent if intent in OWN_SENTENCE else "report"
    dialogue.say(f"reply_{name}", human if intent in ("out_of_scope", "other_language") else [])
