"""The one dynamic form: reads each message as danger, a way out, a question in between, a correction, an answer."""

from collections.abc import Callable, Mapping
from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.advice import say_what_cannot_wait
from actions.answers import take_answer, take_tap
from actions.beginning import begin, keep, take_same, take_straddle, take_unfinished
from actions.corrections import corrects
from actions.dialogue import Dialogue
from actions.distress import is_in_danger, say_where_to_turn
from actions.interruptions import interrupts, tells_more, wants_out
from actions.leaving import EXITS, leaves, returns, says_exit, take_paused, take_return
from actions.opening import open_and_follow_up, take_email, take_psychologist, take_second
from actions.recap import take_confirmation, take_kind
from bot.catalogue import catalogue


class ValidateIncidentForm(Action):
    """Decides what the latest message means for the form; it never rejects, so no rule is needed inside the form."""

    def name(self) -> str:
        """Return the action's name: Rasa calls it for `incident_form`."""
        return "validate_incident_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Return what changes: the draft, and what to ask next."""
        dialogue = Dialogue(dispatcher, tracker)
        await sync_to_async(take)(dialogue)
        return dialogue.events()


def take(dialogue: Dialogue) -> None:
    """Take one message, and keep the draft as it then stands."""
    if dialogue.draft is None:
        dialogue.leave("cancelled")
    elif dialogue.asked is None:
        begin(dialogue)
    else:
        _take_message(dialogue)
    keep(dialogue)


def _take_message(dialogue: Dialogue) -> None:
    """Read the message as the first of these that it is."""
    said = dialogue.said
    if said.text:
        say_what_cannot_wait(dialogue)
    if not is_in_danger(dialogue):
        say_where_to_turn(dialogue)
    if dialogue.asked in ("paused", "return"):
        cannot_wait = said.minor or is_in_danger(dialogue) or (said.is_sure(*EXITS) and says_exit(said))
        if not (cannot_wait and leaves(dialogue)):
            _come_back(dialogue)
        return
    if leaves(dialogue) or returns(dialogue) or wants_out(dialogue):
        return
    if interrupts(dialogue) or _taps_elsewhere(dialogue):
        return
    if dialogue.asked in catalogue().fields and (corrects(dialogue) or tells_more(dialogue)):
        return
    STEPS.get(str(dialogue.asked), _take_field)(dialogue)


def _come_back(dialogue: Dialogue) -> None:
    """Take what is said in a pause; a message that was held back is read where the form goes on."""
    if dialogue.asked == "paused":
        take_paused(dialogue)
    elif take_return(dialogue):
        _take_message(dialogue)


def _taps_elsewhere(dialogue: Dialogue) -> bool:
    """Take a tap on an earlier question; one on a step that is over has the present question asked again."""
    tapped = dialogue.said.tapped.get("field")
    if tapped is None or dialogue.said.intent == "correct" or tapped == dialogue.asked:
        return False
    if (tapped, dialogue.asked) == ("confirmed", "correction"):
        return False  # nothing changed since that recap
    if not take_tap(dialogue):
        dialogue.ask(str(dialogue.asked), "")
    return True


def _take_confirmation(dialogue: Dialogue) -> None:
    if take_confirmation(dialogue):
        open_and_follow_up(dialogue)


def _take_field(dialogue: Dialogue) -> None:
    if not take_tap(dialogue):
        take_answer(dialogue)


STEPS: Mapping[str, Callable[[Dialogue], None]] = {
    "same": take_same,
    "unfinished": take_unfinished,
    "straddle": take_straddle,
    "confirmed": _take_confirmation,
    "correction": _take_confirmation,
    "kind": take_kind,
    "psychologist": take_psychologist,
    "email": take_email,
    "second": take_second,
}
