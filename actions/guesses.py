"""When the message was not clear: the question between two kinds, or the two best guesses; after two misses a human."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.advice import answer_about_advice, asked_detail, say_what_cannot_wait, warn_of_kinds
from actions.dialogue import Dialogue
from actions.straddles import close_straddle
from bot.catalogue import SubType, catalogue
from bot.texts import say

MIN_GUESS = 0.05  # a guess below this helps nobody
MIN_URGENT = 0.15  # a guess below this says no urgent words: they would alarm those who are only unclear
MIN_STRADDLE = 0.3  # of both guesses together: below, the message may be about something else altogether
NONE_FITS = "/report"


class OfferGuesses(Action):
    """Offers the two likeliest sub-types; the story is kept for the one that is tapped."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_offer_guesses"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Offer buttons, ask to tell it otherwise, or call a human at the second miss in a row."""
        dialogue = Dialogue(dispatcher, tracker)
        if asked_detail(dialogue) and answer_about_advice(dialogue):
            return dialogue.events()
        if _is_between_two(dialogue.said.ranking):
            return [FollowupAction("action_start_incident")]
        second = _missed_before(tracker)
        dialogue.record("not_understood", misses=2 if second else 1)
        if second:
            dialogue.hand_off(say("handed_off_missed"), "not_understood")
            return []
        say_what_cannot_wait(dialogue)
        guesses = _guesses(dialogue.said.ranking)
        if guesses:
            warn_of_kinds(dialogue, _likely(dialogue.said.ranking, MIN_URGENT))
            dialogue.say("guess", [*guesses, {"title": say("guess_none"), "payload": NONE_FITS}])
        else:
            dialogue.say("tell_more")
        dialogue.set(story=dialogue.said.text or None, ranking=dialogue.said.ranking, held=None, replay=None)
        return dialogue.events()


def _is_between_two(ranking: list[dict[str, Any]]) -> bool:
    """Tell whether one question of the catalogue decides between the two best guesses."""
    return close_straddle(ranking) is not None and sum(guess["confidence"] for guess in ranking[:2]) >= MIN_STRADDLE


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


def _guesses(ranking: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [
        {"title": kind.button, "payload": f'/report_{kind.family}{{"subtype": "{kind.id}"}}'}
        for kind in _likely(ranking, MIN_GUESS)
    ]


def _likely(ranking: list[dict[str, Any]], confidence: float) -> list[SubType]:
    """Return the kinds of the two best guesses, without those below a confidence."""
    likely = [guess for guess in ranking[:2] if guess["confidence"] >= confidence]
    return [catalogue().subtype(guess["intent"].removeprefix("report_"), guess["subtype"]) for guess in likely]
