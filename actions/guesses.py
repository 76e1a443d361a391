"""When the message was not clear: the two best guesses as buttons, and after two misses a human."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import gateway
from actions.incident import say_what_cannot_wait
from actions.slots import set_slots, text_of
from bot.catalogue import catalogue
from bot.texts import say

MIN_GUESS = 0.05  # a guess below this helps nobody
NONE_FITS = "/report"


class OfferGuesses(Action):
    """Offers the two likeliest sub-types; the story is kept for the one that is tapped."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_offer_guesses"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Offer buttons, ask to tell it otherwise, or call a human at the second miss in a row."""
        second = _missed_before(tracker)
        gateway.record(dispatcher, "not_understood", misses=2 if second else 1)
        if second:
            gateway.hand_off(dispatcher, say("handed_off_missed"), "not_understood")
            return []
        say_what_cannot_wait(dispatcher, tracker)
        guesses = _guesses(tracker)
        buttons = [*guesses, {"title": say("guess_none"), "payload": NONE_FITS}]
        if guesses:
            dispatcher.utter_message(text=say("guess"), buttons=buttons)
        else:
            dispatcher.utter_message(text=say("tell_more"))
        return set_slots({"story": text_of(tracker) or None})


def _missed_before(tracker: Tracker) -> bool:
    """Return whether the message before the latest one was not clear either, and no human was called for it.

    The tap that says none of the guesses fits is no message of its own: it must not begin the count anew.
    """
    told = (index for index, event in enumerate(tracker.events) if event["event"] == "user")
    user_turns = [index for index in told if tracker.events[index].get("text") != NONE_FITS]
    if len(user_turns) < 2:
        return False
    between = tracker.events[user_turns[-2] : user_turns[-1]]
    said = [event["data"].get("custom") or {} for event in between if event["event"] == "bot"]
    missed = any(event.get("name") == "action_offer_guesses" for event in between)
    return missed and not any(custom.get("hand_off") for custom in said)


def _guesses(tracker: Tracker) -> list[dict[str, str]]:
    found = tracker.latest_message.get("incident") or []
    likely = [guess for guess in found if guess["confidence"] >= MIN_GUESS][:2]
    return [
        {
            "title": catalogue().subtype(guess["intent"].removeprefix("report_"), guess["subtype"]).button,
            "payload": f'/{guess["intent"]}{{"subtype": "{guess["subtype"]}"}}',
        }
        for guess in likely
    ]
