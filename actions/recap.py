"""The recap: the card, the member's word on it, which line or which kind of incident is wrong."""

import re
from typing import Any

from actions.beginning import ask_next
from actions.corrections import change_incident, change_values
from actions.dialogue import Button, Dialogue
from bot.catalogue import catalogue
from bot.texts import say
from bot.understanding import fold, read_fields

MAX_NAMING_WORDS = 8  # of a text that names the line to correct
RESERVE = re.compile(r"\b(?:mais|sauf|excepte|a part|par contre|pas)\b")  # a yes that is none
AGREES = re.compile(
    r"(?:(?:oui+|ok|d accord|exact(?:ement)?|parfait|correct|c est (?:bon|exact|correct|juste|ca|tout bon|parfait)"
    r"|tout est (?:bon|juste|correct)"
    r"|je confirme|merci|svp)[ ,.!]*)+"
)
KIND = "kind"  # the recap's line that is no field: the kind of incident
OFFERED_KINDS = 3


def ask_confirmation(dialogue: Dialogue) -> None:
    """Show all values as text and as a card whose lines can be tapped, and ask whether they are right."""
    draft = dialogue.drafted
    lines = draft.lines()
    buttons: list[Button] = [
        {"title": say("recap_right"), "payload": '/affirm{"field": "confirmed", "value": true}'},
        {"title": say("recap_correct"), "payload": "/correct"},
        {"title": say("recap_cancel"), "payload": "/cancel"},
    ]
    rows: list[dict[str, Any]] = []
    for line in lines:
        rows.append({**line, "button": len(buttons)})
        buttons.append(_correcting(line["field"], say("recap_correct_line", label=line["label"])))
    listed = "\n".join(f"- {line['label']} : **{line['value']}**" for line in lines)
    text = f"{dialogue.get('lead') or ''}\n\n{say('recap', label=draft.subtype.label, lines=listed)}".strip()
    dialogue.tell(text, buttons, {"title": draft.subtype.label, "lines": rows})
    dialogue.record("recap_shown", family=draft.subtype.family, subtype=draft.subtype.id)


def ask_correction(dialogue: Dialogue) -> None:
    """Ask which line is wrong: one button a line, and the kind of incident."""
    buttons = [_correcting(line["field"], line["label"]) for line in dialogue.drafted.lines()]
    dialogue.say("correct_which", [*buttons, _correcting(KIND, say("correct_kind"))])


def ask_kind(dialogue: Dialogue) -> None:
    """Offer the other likely kinds of incident."""
    present = dialogue.drafted.subtype
    found = [(guess["intent"], guess["subtype"]) for guess in dialogue.get("ranking") or []]
    others = [place for place in found if place != (f"report_{present.family}", present.id)][:OFFERED_KINDS]
    buttons = [
        {
            "title": catalogue().subtype(intent.removeprefix("report_"), name).button,
            "payload": f'/affirm{{"field": "{KIND}", "value": "{intent.removeprefix("report_")}/{name}"}}',
        }
        for intent, name in others
    ]
    dialogue.say("correct_kind_which", [*buttons, {"title": say("keep_kind", label=present.label), "payload": "/deny"}])


def take_kind(dialogue: Dialogue) -> None:
    """Take another kind of incident, tapped or told; otherwise it stays as it is."""
    family, _, name = str(dialogue.said.tap(KIND) or "").partition("/")
    if not name and dialogue.said.is_report and dialogue.said.ranking:
        best = dialogue.said.ranking[0]
        family, name = best["intent"].removeprefix("report_"), best["subtype"]
    if family in catalogue().families and name in catalogue().families[family].subtypes:
        subtype = catalogue().subtype(family, name)
        dialogue.become(subtype)
        dialogue.record("incident_corrected", family=family, subtype=name)
        ask_next(dialogue, say("incident_changed", label=subtype.label))
    else:
        ask_next(dialogue)


def take_confirmation(dialogue: Dialogue) -> bool:
    """Take the member's word on the recap; return True when the claim is to be opened."""
    said, draft = dialogue.said, dialogue.drafted
    tapped = said.tapped.get("field")
    if said.intent == "correct" and tapped == KIND:
        dialogue.ask(KIND)
        return False
    correcting = said.intent == "correct" and tapped in draft.told
    if name := str(tapped) if correcting else _named_line(dialogue):
        dialogue.drop(name)
        dialogue.ask(name)
        return False
    agrees = bool(AGREES.fullmatch(said.plain))
    if not agrees and (change_incident(dialogue) or (said.text and change_values(dialogue))):
        return False
    if (agrees or said.intent == "affirm") and _is_consent(dialogue):
        return True
    is_no = said.intent in ("correct", "deny") or dialogue.said.yes_or_no("confirmed") is False
    if is_no or RESERVE.search(fold(said.text)):
        dialogue.ask("correction")
    else:
        ask_next(dialogue, say("recap_unclear"))
    return False


def _named_line(dialogue: Dialogue) -> str:
    """Return the only line whose label's first word a short text names, as in "le montant est faux"."""
    said, draft = dialogue.said, dialogue.drafted
    words = re.findall(r"\w+", said.plain)
    named = [name for name in draft.told if fold(draft.field(name).label).split()[0] in words]
    in_full = [name for name in named if set(fold(draft.field(name).label).split()) <= set(words)]
    named = in_full or named  # « Vendeur » is also the first word of another line
    is_value = bool(read_fields(said.text, said.now))
    return named[0] if len(named) == 1 and len(words) <= MAX_NAMING_WORDS and not is_value else ""


def _is_consent(dialogue: Dialogue) -> bool:
    """Return whether a yes opens the claim: one to the recap itself, without reserve, and no earlier question's."""
    said = dialogue.said
    if not said.text:
        return said.tap("confirmed") is True
    is_no = dialogue.said.yes_or_no("confirmed") is False
    return dialogue.asked == "confirmed" and not is_no and not RESERVE.search(fold(said.text))


def _correcting(field: str, title: str) -> Button:
    return {"title": title, "payload": f'/correct{{"field": "{field}"}}'}
