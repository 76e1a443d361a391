"""First-line advice: the urgent words, the steps of a sub-type, and one more sentence for each of them."""

import re
from collections.abc import Iterable
from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue import Dialogue
from actions.minors import speak_to_minor
from bot.catalogue import SubType, catalogue
from bot.texts import say
from bot.understanding.wishes import asks_reason

URGENT = ("ongoing", "fresh_money")  # the more pressing first
AT_ONCE = 3  # steps shown while an attack goes on; more cannot be followed


class RepeatAdvice(Action):
    """Shows the advice of the present incident again, or one more sentence for each step."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_repeat_advice"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Show it; without an incident, ask what happened and remember that advice is all that is wanted."""
        dialogue = Dialogue(dispatcher, tracker)
        if not (answer_about_advice(dialogue) or await sync_to_async(_answer_about_claim)(dialogue)):
            if dialogue.said.minor:
                speak_to_minor(dialogue, dialogue.said.text)
            else:
                dialogue.set(advice_only=True)
                dialogue.say("advice_ask")
        dialogue.set(replay=None)
        return dialogue.events()


def answer_about_advice(dialogue: Dialogue) -> bool:
    """Answer a wish for the advice, its reasons or its details; return False when there is no incident yet."""
    if dialogue.draft is None:
        return False
    _tell(dialogue, dialogue.draft.subtype)
    return True


def _answer_about_claim(dialogue: Dialogue) -> bool:
    """Answer the same of the newest claim, where its declaration is over; return False when there is none."""
    claims = dialogue.records.claims()
    if claims:
        _tell(dialogue, catalogue().subtype(claims[0].family, claims[0].subtype))
    return bool(claims)


def _tell(dialogue: Dialogue, subtype: SubType) -> None:
    detail = asked_detail(dialogue)
    if detail in ("why", "how"):
        tell_detail(dialogue, subtype, detail)
    elif detail == "rest":
        dialogue.tell(_numbered([step.do for step in subtype.advice[AT_ONCE:]], AT_ONCE + 1), _details(rest=False))
    else:
        show_advice(dialogue, subtype, whole=True)


def asked_detail(dialogue: Dialogue) -> str:
    """Return why, how, rest or nothing: which part of the advice a tap or a short question wants."""
    said = dialogue.said
    if said.intent == "ask_advice" and said.tapped.get("field"):
        return str(said.tapped["field"])
    reason = asks_reason(said.text)
    return reason if reason in ("why", "how") else ""


def show_advice(dialogue: Dialogue, subtype: SubType, *, whole: bool = False) -> None:
    """Say the sub-type's steps, the most urgent on top, and what to keep; the first three while an attack goes on."""
    pressing = "ongoing" in (subtype.severity, dialogue.said.level) and not whole
    shown = subtype.advice[:AT_ONCE] if pressing else subtype.advice
    severity = "ongoing" if pressing else subtype.severity
    text = say(f"advice_{severity}", label=subtype.label, steps=_numbered([step.do for step in shown]))
    if not pressing:
        text += _to_keep(subtype)
    elif subtype.evidence_note:
        text += "\n\n" + subtype.evidence_note
    dialogue.tell(text, _details(rest=len(shown) < len(subtype.advice)))
    dialogue.record("advice_shown", family=subtype.family, subtype=subtype.id)
    dialogue.set(advised=True, warned=[*(dialogue.get("warned") or []), subtype.severity])


def tell_detail(dialogue: Dialogue, subtype: SubType, detail: str) -> None:
    """Say the reason or the way of each step; of one alone when its number is named."""
    sentences = [getattr(step, detail) for step in subtype.advice]
    named = re.search(r"\d", dialogue.said.plain)
    if named and 0 < int(named.group()) <= len(sentences):
        dialogue.tell(sentences[int(named.group()) - 1])
        return
    dialogue.tell(say(f"advice_{detail}", steps=_numbered(sentences)))
    dialogue.record("advice_detail_shown", detail=detail)


def say_what_cannot_wait(dialogue: Dialogue) -> None:
    """Say first what the told danger asks for, once per incident, where no advice has said it."""
    level, warned = dialogue.said.level, dialogue.get("warned") or []
    if level in URGENT and level not in warned:
        dialogue.say(f"urgent_{level}")
        dialogue.set(warned=[*warned, level])


def warn_of_kinds(dialogue: Dialogue, kinds: Iterable[SubType]) -> None:
    """Say the urgent words of the most pressing of these kinds, between which the member is to choose.

    The choice comes before any advice, and money or an attacker does not wait for it.
    """
    severities, warned = {kind.severity for kind in kinds}, dialogue.get("warned") or []
    pressing = next((level for level in URGENT if level in severities or level in warned), None)
    if pressing and pressing not in warned:
        dialogue.say(f"urgent_{pressing}")


def _to_keep(subtype: SubType) -> str:
    kept = "\n\n" + say("advice_keep", evidence=", ".join(subtype.evidence)) if subtype.evidence else ""
    return kept + ("\n" + subtype.evidence_note if subtype.evidence_note else "")


def _details(*, rest: bool) -> list[dict[str, str]]:
    wanted = ["rest"] * rest + ["why", "how"]
    return [{"title": say(f"ask_{name}"), "payload": f'/ask_advice{{"field": "{name}"}}'} for name in wanted]


def _numbered(sentences: list[str], first: int = 1) -> str:
    return "\n".join(f"{number}. {sentence}" for number, sentence in enumerate(sentences, first))
