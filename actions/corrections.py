"""Corrections in free words, at any question: another value, another person, another kind of incident."""

import re
from typing import Any

from actions.advice import show_advice
from actions.answers import could_answer
from actions.beginning import ask_next
from actions.dialogue import Dialogue
from actions.families import named_and_denied
from actions.reporting import values_of
from bot.catalogue import catalogue
from bot.claims.checks import refusal
from bot.texts import say
from bot.understanding import read_answer

CORRECTS = re.compile(
    r"\b(?:en fait|en realite|finalement|plutot|c etait|c est pas|ce n est pas|au lieu de|oups|pardon|je voulais dire"
    r"|rectif\w*|correction|corrige\w*|erreur|tromp\w+|mal (?:dit|ecrit|exprime)|changer|modifier)\b"
    r"|^(?:non|nan)[ ,]+(?:c est|\d)|\bpas\b.+\b(?:mais|juste|seulement)\b"
)
LEAD_IN = re.compile(
    r"^(?:(?:non|nan|oups|pardon|euh|ah|en fait|en realite|finalement|plutot|mais|c etait|c est|il s agit de"
    r"|je voulais dire|erreur"
    r"|je me suis trompee?|excusez[ -]moi|desolee?)[ ,:.]*)+"
)
NOT_BUT = re.compile(
    r"^.*\b(?:pas|non)\b.*\b(?:mais|plutot)\b(?= )"
)  # "ce n'était pas 240 mais 250": what follows counts
PERSON = re.compile(r"\b(?:c est|c etait|il s agit|concerne|pour|victime|pas moi|arrive a)\b")
BARE = re.compile(r"(?:oui+|ouais|non|nan|ok|rien|personne)(?: (?:oui|non|merci|pas encore|du tout))*")  # no value
LONGEST = 20  # words of a correction
ANSWERED_KINDS = ("date", "money", "choice")


def corrects(dialogue: Dialogue) -> bool:
    """Change what the message corrects, and go on where the form stood; return whether it was a correction."""
    said = dialogue.said
    if not said.text or said.words > LONGEST or dialogue.get("claim"):
        return False
    if not (CORRECTS.search(said.plain) or said.is_sure("correct")):
        return False
    return change_incident(dialogue) or change_values(dialogue)


def change_values(dialogue: Dialogue) -> bool:
    """Take the values that differ from those known; refuse, with the reason, one that cannot be."""
    draft, today = dialogue.drafted, dialogue.said.now.date()
    changed = _changed(dialogue)
    if not changed:
        return False
    for name, value in changed.items():
        if why := refusal(draft.values, name, value, today):
            dialogue.ask(str(dialogue.asked), say(why))
            return True
    dialogue.fill(changed)
    dialogue.record("values_corrected", fields=sorted(changed))
    _go_on(dialogue, say("recap_changed"))
    return True


def change_incident(dialogue: Dialogue) -> bool:
    """Make it the kind of incident that the message names instead; what is known of it stays."""
    family = _other_family(dialogue)
    if family is None:
        return False
    subtype = catalogue().subtype(family, _likeliest(dialogue, family))
    dialogue.become(subtype)
    dialogue.record("incident_corrected", family=subtype.family, subtype=subtype.id)
    dialogue.say("incident_changed", label=subtype.label)
    show_advice(dialogue, subtype)
    _go_on(dialogue, "")
    return True


def _go_on(dialogue: Dialogue, lead: str) -> None:
    """Ask the present question again, unless it is answered or is not one of the incident any more."""
    draft, asked = dialogue.drafted, str(dialogue.asked)
    if asked in [field.id for field in draft.missing]:
        dialogue.ask(asked, lead)
    else:
        ask_next(dialogue, lead)


def _changed(dialogue: Dialogue) -> dict[str, Any]:
    """Return the known values that the message says otherwise."""
    draft = dialogue.drafted
    rest = LEAD_IN.sub("", NOT_BUT.sub("", dialogue.said.plain))
    said = {**values_of(rest, dialogue), **values_of(dialogue.said.text, dialogue)}
    answers = draft.field(str(dialogue.asked)).kind if could_answer(dialogue) else ""
    # A date told to a question about another date answers it.
    known = {name for name, value in draft.values.items() if value is not None and draft.field(name).kind != answers}
    changed = {name: value for name, value in said.items() if name in known and value != draft.values[name]}
    changed.pop("victim", None)  # "mon colis" makes nobody else the victim
    return changed or _person(dialogue, rest) or _alone(dialogue, rest, known)


def _person(dialogue: Dialogue, rest: str) -> dict[str, Any]:
    """Read "en fait c'est ma mère": the person touched, unless the author was asked or meant."""
    victim = catalogue().fields["victim"]
    if not PERSON.search(dialogue.said.plain) or "auteur" in rest:
        return {}
    person = read_answer("choice", victim.choices, rest, dialogue.said.now, "victim")
    if dialogue.asked == "author_known" and person.value != "child":
        return {}
    known = dialogue.drafted.values.get("victim", "self")
    return {"victim": person.value} if person.status == "value" and person.value != known else {}


def _alone(dialogue: Dialogue, rest: str, known: set[str]) -> dict[str, Any]:
    """Read a bare value ("non, 250", "plutôt par virement") when one known field alone can take it."""
    hits: dict[str, Any] = {}
    if BARE.fullmatch(rest):
        return hits
    for name in known:
        field = dialogue.drafted.field(name)
        if field.kind in ANSWERED_KINDS and name != "victim":
            answer = read_answer(field.kind, field.choices, rest, dialogue.said.now, name)
            if answer.status == "value" and answer.value not in (dialogue.drafted.values[name], "none", "nothing"):
                hits[name] = answer.value
    return hits if len(hits) == 1 else {}


def _other_family(dialogue: Dialogue) -> str | None:
    """Return the family that is named instead of the present one ("pas une fraude, juste le colis")."""
    present = dialogue.drafted.subtype.family
    told, denied = named_and_denied(dialogue.said.plain)
    named = [name for name in told if name != present]
    if present in denied:
        return named[0] if named else _guess_outside(dialogue, present)
    return named[0] if len(named) == 1 and dialogue.said.intent == f"report_{named[0]}" else None


def _guess_outside(dialogue: Dialogue, family: str) -> str | None:
    found = [*dialogue.said.ranking, *(dialogue.get("ranking") or [])]
    families = [guess["intent"].removeprefix("report_") for guess in found]
    return next((name for name in families if name != family), None)


def _likeliest(dialogue: Dialogue, family: str) -> str:
    """Return the family's likeliest sub-type by the story, else by the correction's few words, else the first."""
    found = [*(dialogue.get("ranking") or []), *dialogue.said.ranking]
    best = next((guess["subtype"] for guess in found if guess["intent"] == f"report_{family}"), None)
    return best or next(iter(catalogue().families[family].subtypes))
