"""Asks the present field or step: its words and its buttons."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue import Button, Dialogue
from actions.recap import ask_confirmation, ask_correction, ask_kind
from actions.straddles import straddle_buttons, straddle_of
from bot.catalogue import Field, catalogue
from bot.texts import say


class AskStep(Action):
    """Rasa calls it to ask the form's one slot, `step`; what is asked stands in `asked`."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_ask_step"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say the question."""
        dialogue = Dialogue(dispatcher, tracker)
        await sync_to_async(ask)(dialogue)
        return dialogue.events()


def ask(dialogue: Dialogue) -> None:
    """Say the question of the present field or step."""
    asked = str(dialogue.asked)
    if asked in catalogue().fields:
        _ask_field(dialogue, catalogue().fields[asked])
    else:
        STEPS[asked](dialogue)


def _ask_field(dialogue: Dialogue, field: Field) -> None:
    question = field.question if "**" in field.question else f"**{field.question}**"  # a contact is bold itself
    lines = [dialogue.get("lead"), question, field.hint]
    buttons = [*_choices(field), _way_round(field)]
    if not dialogue.get("answered"):
        buttons.append({"title": say("no_claim"), "payload": '/cancel{"value": "no_claim"}'})
    dialogue.tell("\n".join(line for line in lines if line), buttons)


def _choices(field: Field) -> list[Button]:
    named = {label: value for value, label in field.choices.items()}
    choices: Mapping[str, Any] = field.buttons or named
    if field.kind == "yes_no" and not field.buttons:
        choices = {say("yes"): True, say("no"): False}
    return [_answer(title, field.id, value) for title, value in choices.items()]


def _way_round(field: Field) -> Button:
    if field.optional:
        return {"title": say("skip"), "payload": "/skip"}
    return {"title": say("dont_know"), "payload": "/dont_know"}


def _answer(title: str, step: str, value: Any) -> Button:
    return {"title": title, "payload": f'/affirm{{"field": "{step}", "value": {json.dumps(value)}}}'}


def _plain(dialogue: Dialogue, text: str, yes: str, no: str) -> None:
    """Ask a step that is answered by yes or no."""
    step = str(dialogue.asked)
    lead = dialogue.get("lead")
    buttons = [_answer(say(yes), step, True), _answer(say(no), step, False)]
    dialogue.tell(f"{lead}\n{text}" if lead else text, buttons)


def _ask_same(dialogue: Dialogue) -> None:
    _plain(dialogue, say("same_question", reference=dialogue.get("similar")), "same_yes", "same_no")


def _ask_unfinished(dialogue: Dialogue) -> None:
    old = dialogue.records.begun(other_than=dialogue.drafted.key)
    label = old.subtype.label if old else dialogue.drafted.subtype.label
    _plain(dialogue, say("unfinished_question", label=label), "unfinished_yes", "unfinished_no")


def _ask_straddle(dialogue: Dialogue) -> None:
    straddle = straddle_of(dialogue)
    assert straddle is not None, "the story's ranking does not change"
    text = "\n".join(line for line in (dialogue.get("lead"), f"**{straddle.question}**") if line)
    dialogue.tell(text, straddle_buttons(straddle))


def _ask_paused(dialogue: Dialogue) -> None:
    dialogue.tell(dialogue.get("lead"), [_answer(say("continue"), "paused", True)])


def _ask_return(dialogue: Dialogue) -> None:
    _plain(dialogue, say("return_question", label=dialogue.drafted.subtype.label), "continue", "something_else")


def _ask_psychologist(dialogue: Dialogue) -> None:
    _plain(dialogue, say("psychologist_question"), "psychologist_yes", "no_thanks")


def _ask_email(dialogue: Dialogue) -> None:
    lead, text = dialogue.get("lead"), say("email_question")
    dialogue.tell(f"{lead}\n{text}" if lead else text, [_answer(say("no_thanks"), "email", False)])


def _ask_second(dialogue: Dialogue) -> None:
    label = catalogue().subtype(*dialogue.get("second")).label
    _plain(dialogue, say("second_question", label=label), "yes", "no_thanks")


STEPS: Mapping[str, Callable[[Dialogue], None]] = {
    "same": _ask_same,
    "unfinished": _ask_unfinished,
    "straddle": _ask_straddle,
    "paused": _ask_paused,
    "return": _ask_return,
    "confirmed": ask_confirmation,
    "correction": ask_correction,
    "kind": ask_kind,
    "psychologist": _ask_psychologist,
    "email": _ask_email,
    "second": _ask_second,
}
