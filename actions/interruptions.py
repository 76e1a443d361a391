"""Questions in between: answered at once, then the form goes on where it stood."""

import re

from actions.advice import answer_about_advice
from actions.answers import could_answer, is_free_text
from actions.dialogue import Dialogue
from actions.leaving import note_second
from actions.replies import tell_status
from bot.catalogue import catalogue
from bot.texts import say
from bot.understanding.wishes import asks_reason, wants_no_claim

#: Intents that are answered before the question is asked again.
QUESTIONS = {"ask_cover", "ask_status", "ask_bot", "ask_privacy", "add_evidence", "ask_advice"}
COURTESIES = {"greet", "thank"}
SHORT, LONG, VERY_LONG = 5, 8, 14  # words: of a courtesy; from which a report is one; more than an answer has
NAME = 3  # words of a name at most
YES_OR_NO = re.compile(r"(?:oui|ouais|non|nan|pas|deja|jamais|si)\b")
BESIDES = re.compile(r"\b(?:aussi|egalement|en plus|autre chose|par ailleurs|et puis|a part ca)\b")


def interrupts(dialogue: Dialogue) -> bool:
    """Answer a question in between, and have the present one asked again."""
    said = dialogue.said
    if reason := asks_reason(said.text):
        _explain(dialogue, reason)
    elif said.intent in COURTESIES and said.text and said.words <= SHORT and not could_answer_yes(dialogue):
        dialogue.ask(str(dialogue.asked), say(f"form_back_{said.intent}"))
        return True
    elif said.intent in QUESTIONS and "@" not in said.text and _is_question(dialogue):
        _answer(dialogue)
    else:
        return False
    dialogue.record("form_interrupted", intent=said.intent)
    dialogue.ask(str(dialogue.asked), "" if dialogue.get("claim") else say("form_back"))
    return True


def wants_out(dialogue: Dialogue) -> bool:
    """Let the form go when advice alone is wanted."""
    said = dialogue.said
    if dialogue.get("claim") or not said.text or not wants_no_claim(said.text):
        return False
    dialogue.leave("no_claim")
    return True


def could_answer_yes(dialogue: Dialogue) -> bool:
    """Tell whether a courtesy may be a yes or no that was asked for ("oui merci", "non merci")."""
    return dialogue.said.yes_or_no("") is not None


def tells_more(dialogue: Dialogue) -> bool:
    """Note a second incident told in between, unless the message rather answers the question."""
    said = dialogue.said
    if said.words < LONG or (could_answer(dialogue) and not _goes_beyond(dialogue)):
        return False
    return note_second(dialogue, said)


def _goes_beyond(dialogue: Dialogue) -> bool:
    """Tell whether a message that could be an answer is more than one."""
    said, field = dialogue.said, catalogue().fields[str(dialogue.asked)]
    if field.kind == "yes_no" and not YES_OR_NO.match(said.plain):
        return True
    return said.words >= VERY_LONG or bool(BESIDES.search(said.plain))


def _explain(dialogue: Dialogue, reason: str) -> None:
    if reason == "why_asked":
        dialogue.say("why_asked")
    else:
        answer_about_advice(dialogue)


def _is_question(dialogue: Dialogue) -> bool:
    """Tell whether what sounds like a question is one, and no answer to what is asked."""
    said = dialogue.said
    if not said.text:
        return True
    if is_free_text(dialogue):
        return said.is_sure(said.intent) and ("?" in said.text or said.words > NAME)
    if dialogue.asked not in catalogue().fields:
        return "?" in said.text or dialogue.said.yes_or_no(str(dialogue.asked)) is None
    return not could_answer(dialogue)


def _answer(dialogue: Dialogue) -> None:
    intent, subtype = dialogue.said.intent, dialogue.drafted.subtype
    if intent == "ask_advice":
        answer_about_advice(dialogue)
    elif intent == "ask_status" and not dialogue.get("claim"):
        dialogue.say("status_not_yet")
    elif intent == "ask_status":
        tell_status(dialogue)
    elif intent == "add_evidence" and subtype.evidence_note:
        dialogue.tell(subtype.evidence_note)
    else:
        dialogue.say(f"reply_{intent}")
