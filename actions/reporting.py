"""From a story to a draft: which incident it is, what it already says, and whether a claim is wanted at all."""

from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.advice import say_what_cannot_wait, show_advice
from actions.dialogue import Dialogue
from actions.minors import speak_to_minor
from actions.said import Said
from bot.catalogue import SubType, catalogue
from bot.claims.checks import plausible
from bot.claims.draft import Draft
from bot.conversations.services import TAKE_UP
from bot.texts import say
from bot.understanding import read_fields
from bot.understanding.circumstances import read_circumstances
from bot.understanding.wishes import wants_no_claim

FORM, LISTEN = "incident_form", "action_listen"
PRESSING = ("life", "ongoing", "fresh_money", "normal")  # the most pressing severity first
ALSO_SURE = 0.5  # confidence from which a second harm in the same message is one
AS_SURE = 0.45  # of the first harm's share of the message, for the second to go before it
PRICE = ("failed_delivery", "fraud")  # an order and what it cost read as these two families
# Measured with two models on 316 stories, ten with a more pressing second harm. Two were true: one had .53 and .61, the
# other was heard by the gateway. Of those that were none, only a price had more than .3:
# "Mon colis n'est jamais arrivé. J'avais payé 120 € par carte."
OF_ANY_HARM = (
    "incident_date",
    "victim",
    "contact_channel",
    "police_report",
)  # a story with two harms says them of both


class StartIncident(Action):
    """Begins a draft from a report; the form follows, unless no claim is wanted or the writer is a child."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_start_incident"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Fill the draft's slots; the advice comes with the form, once the sub-type is certain."""
        dialogue = Dialogue(dispatcher, tracker)
        following = start(dialogue)
        return [*dialogue.events(), FollowupAction(following)]


class ContinueDraft(Action):
    """Takes up a draft that was put away."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_continue_draft"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Go back to the form, or ask what happened."""
        dialogue = Dialogue(dispatcher, tracker)
        if dialogue.draft is None and (saved := await sync_to_async(dialogue.records.begun)()):
            dialogue.begin(saved, advised=True)
        if dialogue.draft is None:
            dialogue.say("reply_report")
            return dialogue.events()
        dialogue.set(form_exit=None, asked=None, advice_only=None)
        return [*dialogue.events(), FollowupAction(FORM)]


def start(dialogue: Dialogue) -> str:
    """Begin the draft and return the action that follows."""
    said = dialogue.said
    places = _understood(dialogue)
    story = said.text or dialogue.get("story") or ""
    ranking = said.ranking or dialogue.get("ranking") or []
    if said.minor:
        say_what_cannot_wait(dialogue)
        speak_to_minor(dialogue, story)
        return LISTEN
    first = catalogue().subtype(*places[0])
    advice_only = dialogue.get("advice_only") or wants_no_claim(said.text)
    second = list(places[1]) if len(places) > 1 else None
    values = _values(dialogue, story, first, shared=second is not None)
    dialogue.begin(Draft(said.id, first, story, values), ranking=ranking, second=second)
    dialogue.record("incident_understood", family=first.family, subtype=first.id, confidence=said.confidence)
    return _advise_only(dialogue, first) if advice_only else FORM


def values_of(text: str, dialogue: Dialogue, subtype: SubType | None = None) -> dict[str, Any]:
    """Return the fields that a text states, without those that cannot be; a story is one of a sub-type."""
    now = dialogue.said.now
    read = {**read_circumstances(text, now), **read_fields(text, now, subtype)}
    said = {name: value for name, value in read.items() if name in catalogue().fields}
    return plausible(said, now.date())


def told_of(story: str, subtype: SubType, dialogue: Dialogue) -> dict[str, Any]:
    """Return what a story says of this sub-type; a bank not reached yet is asked again: it may be by then."""
    values = fitting(values_of(story, dialogue, subtype), subtype)
    return {name: value for name, value in values.items() if (name, value) != ("bank_contacted", False)}


def fitting(values: dict[str, Any], subtype: SubType) -> dict[str, Any]:
    """Return what a story says of this sub-type: the day the goods came only where it is asked, and there only once."""
    left_out = {name for name in ("reception_date",) if name not in subtype.fields}
    if values.get("incident_date") == values.get("reception_date") and not left_out:
        left_out = {"incident_date"}
    return {name: value for name, value in values.items() if name not in left_out}


def own_values(values: dict[str, Any], subtype: SubType) -> dict[str, Any]:
    """Return what a story with two harms says of this one."""
    told = fitting(values, subtype)
    return {name: value for name, value in told.items() if name in (*subtype.fields, *OF_ANY_HARM)}


def _values(dialogue: Dialogue, story: str, subtype: SubType, *, shared: bool) -> dict[str, Any]:
    values = told_of(story, subtype, dialogue)
    if dialogue.said.level == "ongoing":
        values.setdefault("incident_date", dialogue.said.now.date().isoformat())
    return own_values(values, subtype) if shared else values


def _advise_only(dialogue: Dialogue, subtype: SubType) -> str:
    if subtype.severity == "normal":
        say_what_cannot_wait(dialogue)
    show_advice(dialogue, subtype)
    dialogue.say("advice_only", [{"title": say("declare"), "payload": TAKE_UP}])
    dialogue.set(advice_only=None)
    return LISTEN


def _understood(dialogue: Dialogue) -> list[tuple[str, str]]:
    """Return the reported family and sub-type, and a second one that the same message tells, as they are spoken of.

    Two kinds that a question tells apart are one harm, read in two ways.
    """
    said = dialogue.said
    family = said.intent.removeprefix("report_")
    tapped = said.tapped.get("subtype")
    if tapped and tapped in catalogue().families[family].subtypes:
        return [(family, tapped)]
    found = [(guess["intent"].removeprefix("report_"), guess["subtype"]) for guess in said.ranking]
    best = next((place for place in found if place[0] == family), None)
    first = best or (found[0] if family not in catalogue().families else (family, _any_of(family)))
    also = [
        (other["intent"].removeprefix("report_"), other["subtype"])
        for other in said.also
        if other.get("confidence", 1.0) >= ALSO_SURE
    ]
    second = next((place for place in also if place != first and not catalogue().straddle(first, place)), None)
    if second is None:
        return [first]
    return [second, first] if _goes_before(second, first, said) else [first, second]


def _goes_before(second: tuple[str, str], first: tuple[str, str], said: Said) -> bool:
    """Tell whether a second harm is more pressing, and about as sure as the first or heard by the gateway too."""
    urgency, of_first = (catalogue().subtype(*place).severity for place in (second, first))
    share, of_whole = (
        sum(guess["confidence"] for guess in said.ranking if guess["intent"] == f"report_{place[0]}")
        for place in (second, first)
    )
    is_price = (first[0], second[0]) == PRICE
    is_sure = said.level == urgency or (share >= AS_SURE * of_whole and not is_price)
    return is_sure and PRESSING.index(urgency) < PRESSING.index(of_first)


def _any_of(family: str) -> str:
    return next(iter(catalogue().families[family].subtypes))
