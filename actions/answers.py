"""Takes the answer to a field, whatever else it says, and what a tap on an earlier question changes."""

import re
from typing import Any

from actions.beginning import ask_next
from actions.dialogue import Dialogue
from actions.reporting import values_of
from bot.catalogue import Field, catalogue
from bot.claims.checks import explanation, refusal
from bot.claims.draft import UNKNOWN
from bot.texts import say
from bot.understanding import read_answer

MAX_MISSES = 2
BARE_YES = re.compile(r"(?:oui+|ouais|ok|d accord)(?: (?:oui|merci))*")
TELLS = 4  # words from which "je ne sais plus" is read with what follows it
BARE_NO = re.compile(r"(?:non|nan|no|aucune?|rien|pas)(?: (?:merci|desole|je n en ai pas|pas|du tout))*")  # no name


def take_answer(dialogue: Dialogue) -> None:
    """Fill the asked field; ask again, once, when the answer is not clear or cannot be; then leave it empty."""
    field = dialogue.drafted.field(str(dialogue.asked))
    value = answer_to(dialogue, field)
    others = _others(dialogue, field)
    if value == UNKNOWN and others and dialogue.said.words >= TELLS:
        value = None  # "je ne sais plus me connecter" tells something else
    refused = (
        refusal(dialogue.drafted.values, field.id, value, _today(dialogue)) if value not in (None, UNKNOWN) else ""
    )
    if value is None or refused:
        if int(dialogue.get("misses") or 0) + 1 < MAX_MISSES and (refused or not others):
            dialogue.ask_again(say(refused) if refused else field.reask)
            return
        value = UNKNOWN if refused or not others else None
    _take(dialogue, field, value, others)


def take_tap(dialogue: Dialogue) -> bool:
    """Take a tapped answer to a field; one to an earlier question corrects it, and the present question stands."""
    name, value = dialogue.said.tapped.get("field"), dialogue.said.tapped.get("value")
    if value is None or name not in catalogue().fields or not (name in dialogue.drafted.told or name == dialogue.asked):
        return False
    field = dialogue.drafted.field(str(name))
    offered = isinstance(value, bool) if field.kind == "yes_no" else value in field.choices
    if not offered:
        return False
    if name == dialogue.asked:
        _take(dialogue, field, value, {})
    else:
        asked = str(dialogue.asked)
        dialogue.fill({field.id: value})
        dialogue.record("question_answered", field=field.id, known=True)
        dialogue.ask(asked, say("recap_changed"))
    return True


def answer_to(dialogue: Dialogue, field: Field) -> Any:
    """Return the value the message gives to the field, `UNKNOWN`, or None when it is not clear."""
    said = dialogue.said
    waved = UNKNOWN if said.intent in ("skip", "dont_know") else None
    if not said.text:
        return waved
    if field.kind == "text" and BARE_YES.fullmatch(said.plain):
        return None
    if field.optional and BARE_NO.fullmatch(said.plain):
        return UNKNOWN
    answer = read_answer(field.kind, field.choices, said.text, said.now, field.id)
    if answer.status == "unclear":
        return waved
    return answer.value if answer.status == "value" else UNKNOWN


def could_answer(dialogue: Dialogue) -> bool:
    """Tell whether the message can be read as an answer to the asked field."""
    asked, said = dialogue.asked, dialogue.said
    if asked not in catalogue().fields or not said.text:
        return False
    field = catalogue().fields[str(asked)]
    return read_answer(field.kind, field.choices, said.text, said.now, field.id).status != "unclear"


def is_free_text(dialogue: Dialogue) -> bool:
    """Tell whether the asked field takes any text."""
    asked = dialogue.asked
    return asked in catalogue().fields and catalogue().fields[str(asked)].kind == "text"


def _take(dialogue: Dialogue, field: Field, value: Any, others: dict[str, Any]) -> None:
    """Keep the value, None for none, and say what goes with it."""
    said = [say("form_left_empty")] if value == UNKNOWN else []
    if value is not None:
        dialogue.fill({field.id: value})
        dialogue.record("question_answered", field=field.id, known=value != UNKNOWN)
    dialogue.fill(others)
    known = {**others, field.id: value}
    notes = {explanation(name, one, _today(dialogue)) for name, one in known.items() if one not in (None, UNKNOWN)}
    if value in ("partner", "household") and dialogue.drafted.is_discreet:
        notes.add("close_one")
    dialogue.set(answered=int(dialogue.get("answered") or 0) + 1)
    ask_next(dialogue, " ".join([*said, *(say(note) for note in sorted(notes) if note)]))


def _others(dialogue: Dialogue, field: Field) -> dict[str, Any]:
    """Return what the answer says of other fields that are still missing."""
    if not dialogue.said.text:
        return {}
    said, missing = values_of(dialogue.said.text, dialogue), {one.id for one in dialogue.drafted.missing}
    return {name: value for name, value in said.items() if name in missing and name != field.id}


def _today(dialogue: Dialogue) -> Any:
    return dialogue.said.now.date()
