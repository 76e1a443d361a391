"""The one dynamic form: takes each answer, asks what is missing, survives questions in between, recaps."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import gateway
from actions.incident import show_advice
from actions.slots import draft_of, entity, intent_of, sent_at, set_slots, text_of
from bot.catalogue import Field
from bot.claims.draft import UNKNOWN, Draft
from bot.texts import say
from bot.understanding import fold, read_answer, read_fields

CONFIRMATION, CORRECTION = "confirmed", "correction"
AT_THE_END = (CONFIRMATION, CORRECTION)
#: Intents that leave the form, and the way out they take.
EXITS = {"cancel": "cancelled", "start_over": "cancelled", "ask_human": "human", "distress": "life"}
#: Intents that are answered before the question is asked again.
INTERRUPTIONS = {"ask_cover", "ask_status", "ask_bot", "ask_privacy", "add_evidence", "other_language"}
SURE = 0.6  # confidence from which a text that could also be an answer is taken for something else
MAX_MISSES = 2
MAX_NAMING_WORDS = 8  # of a text that names the line to correct
RESERVE = re.compile(r"\b(?:mais|sauf|excepte|a part|par contre|pas)\b")  # a yes that is none


class ValidateIncidentForm(Action):
    """Decides what the latest message means for the form; Rasa asks the slot it returns as `requested_slot`."""

    def name(self) -> str:
        """Return the action's name: Rasa calls it for `incident_form`."""
        return "validate_incident_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Return the slots that the message fills, and the next one to ask."""
        draft, asked = draft_of(tracker), tracker.slots.get("requested_slot")
        if draft is None:
            return set_slots({"requested_slot": None, "form_exit": "cancelled"})
        if asked is None:
            return _ask_next(draft, {}, lead="")
        if way_out := _way_out(tracker, draft, asked):
            return set_slots({"requested_slot": None, "form_exit": way_out})
        if _is_interruption(tracker, draft, asked):
            _answer_interruption(dispatcher, tracker, draft)
            return set_slots({"requested_slot": asked, "lead": say("form_back")})
        if tapped := _tapped(tracker, draft):
            return _take_tap(dispatcher, draft, asked, tapped)
        at_the_end = asked in AT_THE_END
        return _confirm(tracker, draft, asked) if at_the_end else _take_answer(dispatcher, tracker, draft)


class AskConfirmed(Action):
    """Shows the recap and asks whether it is right."""

    def name(self) -> str:
        """Return the action's name: Rasa calls it to ask the slot `confirmed`."""
        return "action_ask_confirmed"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say the recap as text and as a card."""
        draft = draft_of(tracker)
        if draft is None:
            return []
        lines = draft.lines()
        listed = "\n".join(f"- {line['label']} : **{line['value']}**" for line in lines)
        buttons = [
            {"title": say("recap_right"), "payload": "/affirm"},
            {"title": say("recap_correct"), "payload": "/correct"},
            {"title": say("recap_cancel"), "payload": "/cancel"},
        ]
        lead = tracker.slots.get("lead") or ""
        text = f"{lead}\n{say('recap', label=draft.subtype.label, lines=listed)}".strip()
        card = {"title": draft.subtype.label, "lines": lines}
        dispatcher.utter_message(text=text, buttons=buttons, json_message={"card": card})
        gateway.record(dispatcher, "recap_shown", family=draft.subtype.family, subtype=draft.subtype.id)
        return []


class AskCorrection(Action):
    """Asks which line of the recap is wrong."""

    def name(self) -> str:
        """Return the action's name: Rasa calls it to ask the slot `correction`."""
        return "action_ask_correction"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Offer one button a line."""
        draft = draft_of(tracker)
        lines = draft.lines() if draft else []
        buttons = [{"title": line["label"], "payload": f'/correct{{"field": "{line["field"]}"}}'} for line in lines]
        dispatcher.utter_message(text=say("correct_which"), buttons=buttons)
        return []


def _way_out(tracker: Tracker, draft: Draft, asked: str) -> str:
    intent, confidence = intent_of(tracker)
    way_out = EXITS.get(intent, "")
    return way_out if way_out and (confidence >= SURE or not _could_answer(tracker, draft, asked)) else ""


def _is_interruption(tracker: Tracker, draft: Draft, asked: str) -> bool:
    intent, confidence = intent_of(tracker)
    if intent not in INTERRUPTIONS | {"ask_advice"}:
        return False
    return confidence >= SURE if _is_free_text(draft, asked) else not _could_answer(tracker, draft, asked)


def _is_free_text(draft: Draft, asked: str) -> bool:
    return asked not in AT_THE_END and draft.field(asked).kind == "text"


def _could_answer(tracker: Tracker, draft: Draft, asked: str) -> bool:
    if asked in AT_THE_END:
        return False
    field = draft.field(asked)
    return read_answer(field.kind, field.choices, text_of(tracker), sent_at(tracker), field.id).status != "unclear"


def _answer_interruption(dispatcher: CollectingDispatcher, tracker: Tracker, draft: Draft) -> None:
    intent, _ = intent_of(tracker)
    if intent == "ask_advice":
        show_advice(dispatcher, draft.subtype)
    elif intent == "ask_status":
        dispatcher.utter_message(text=say("status_not_yet"))
    else:
        dispatcher.utter_message(response=f"utter_{intent}")
    gateway.record(dispatcher, "form_interrupted", intent=intent)


def _take_answer(dispatcher: CollectingDispatcher, tracker: Tracker, draft: Draft) -> list[EventType]:
    """Fill the asked field, and whatever else the answer says; ask again, once, when it says nothing."""
    field = draft.field(str(tracker.slots["requested_slot"]))
    value = _answer(tracker, field)
    said = read_fields(text_of(tracker), sent_at(tracker))
    others = {f.id: said[f.id] for f in draft.missing if f.id in said and f.id != field.id}
    if value is None:
        misses = int(tracker.slots.get("misses") or 0) + 1
        if misses < MAX_MISSES and not others:
            return set_slots({"requested_slot": field.id, "lead": field.reask, "misses": misses})
        value = None if others else UNKNOWN
    gateway.record(dispatcher, "question_answered", field=field.id, known=value not in (None, UNKNOWN))
    values = others | ({field.id: value} if value is not None else {})
    return _ask_next(draft, values, lead=say("form_left_empty") if value == UNKNOWN else "")


def _answer(tracker: Tracker, field: Field) -> Any:
    """Return the value the message gives to the field, `UNKNOWN`, or None when it is not clear."""
    intent, _ = intent_of(tracker)
    if not text_of(tracker):
        return UNKNOWN if intent in ("skip", "dont_know") else None
    answer = read_answer(field.kind, field.choices, text_of(tracker), sent_at(tracker), field.id)
    if answer.status == "unclear":
        return UNKNOWN if intent in ("skip", "dont_know") else None
    return answer.value if answer.status == "value" else UNKNOWN


def _tapped(tracker: Tracker, draft: Draft) -> dict[str, Any]:
    """Return the field and value of a tapped answer, which may be an earlier question's; nothing otherwise."""
    name, value = entity(tracker, "field"), entity(tracker, "value")
    if value is None or name not in draft.subtype.fields:
        return {}
    field = draft.field(name)
    offered = isinstance(value, bool) if field.kind == "yes_no" else value in field.choices
    return {name: value} if offered else {}


def _take_tap(dispatcher: CollectingDispatcher, draft: Draft, asked: str, tapped: dict[str, Any]) -> list[EventType]:
    """Take a tapped answer; one to an earlier question corrects it, and the present question stands."""
    for name in tapped:
        gateway.record(dispatcher, "question_answered", field=name, known=True)
    return _ask_next(draft, tapped, lead="" if asked in tapped else say("recap_changed"))


def _confirm(tracker: Tracker, draft: Draft, asked: str) -> list[EventType]:
    """Take the member's word on the recap: right, a correction told at once, or which line is wrong."""
    intent, _ = intent_of(tracker)
    tapped = entity(tracker, "field")
    if name := tapped if tapped in draft.subtype.fields else _named_line(tracker, draft):
        return set_slots({name: None, "requested_slot": name, "lead": "", "misses": 0})
    said = read_fields(text_of(tracker), sent_at(tracker))
    changed = {name: said[name] for name in draft.subtype.fields if name in said and said[name] != draft.values[name]}
    if changed:
        return _ask_next(draft, changed, lead=say("recap_changed"))
    if intent == "affirm" and _is_consent(tracker, asked):
        return set_slots({"requested_slot": None, "form_exit": "confirmed"})
    if intent in ("correct", "deny") or RESERVE.search(fold(text_of(tracker))):
        return set_slots({"requested_slot": CORRECTION, "lead": ""})
    return _ask_next(draft, {}, lead=say("recap_unclear"))


def _named_line(tracker: Tracker, draft: Draft) -> str:
    """Return the only line of the recap whose label's first word a short text names, as in "le montant est faux"."""
    words = re.findall(r"\w+", fold(text_of(tracker)))
    firsts = {name: fold(draft.field(name).label).split()[0] for name in draft.subtype.fields}
    named = [name for name, first in firsts.items() if first in words]
    is_value = bool(read_fields(text_of(tracker), sent_at(tracker)))
    return named[0] if len(named) == 1 and len(words) <= MAX_NAMING_WORDS and not is_value else ""


def _is_consent(tracker: Tracker, asked: str) -> bool:
    """Return whether a yes opens the claim: one to the recap itself, without reserve, and no earlier question's."""
    typed = text_of(tracker)
    if not typed:
        return entity(tracker, "value") is None
    return asked == CONFIRMATION and not RESERVE.search(fold(typed))


def _ask_next(draft: Draft, values: dict[str, Any], lead: str) -> list[EventType]:
    """Set `values` and ask the next missing field, or show the recap."""
    missing = [field for field in draft.missing if field.id not in values]
    count = len(missing)
    progress = "" if not count else say("form_last") if count == 1 else say("form_left", count=count)
    following = missing[0].id if missing else CONFIRMATION
    shown_lead = " ".join(part for part in (lead, progress) if part)
    return set_slots(values | {"requested_slot": following, "lead": shown_lead, "misses": 0})
