"""The ways out of the form, and back: danger, a child, a human, cancelling, pausing, returning after days."""

import re

from actions.answers import could_answer, is_free_text
from actions.beginning import AWAY
from actions.dialogue import Dialogue
from actions.distress import is_in_danger
from actions.said import SURE, Said
from bot.catalogue import catalogue
from bot.texts import say
from bot.understanding.wishes import wants_pause, wants_to_continue

#: Intents that leave the form, and the way out they take.
EXITS = {"cancel": "cancelled", "start_over": "cancelled", "ask_human": "human"}
EXIT_WORDS = re.compile(
    r"\b(?:conseill\w+|humain\w*|parler|rappel\w+|operat\w+|agent|(?:vraie?|une) personne|quelqu un"
    r"|annul\w*|arret\w*|stop|laisse\w*|abandon\w*|oubli\w*|recommenc\w*|zero|quitter)\b"
)
AFTER_OPENING = ("psychologist", "email", "second")


def leaves(dialogue: Dialogue) -> bool:
    """Take the way out that the message asks for, if any; danger and children first."""
    said = dialogue.said
    if is_in_danger(dialogue):
        dialogue.leave("life")
    elif said.minor and not dialogue.get("claim"):
        dialogue.leave("minor")
    elif wants_pause(said.text) and not dialogue.get("claim"):
        dialogue.set(resume_at=dialogue.asked)
        dialogue.ask("paused", say("form_paused"))
        dialogue.record("form_paused")
    elif way_out := _exit(dialogue):
        dialogue.leave(way_out)
    else:
        return False
    return True


def returns(dialogue: Dialogue) -> bool:
    """After a long silence, hold the message back and ask first whether the declaration goes on."""
    if dialogue.asked in ("paused", "return") or dialogue.get("claim") or dialogue.said.silence < AWAY:
        return False
    dialogue.set(resume_at=dialogue.asked)
    hold(dialogue)
    return True


def hold(dialogue: Dialogue) -> None:
    """Keep the message for later and ask whether the declaration goes on."""
    if is_wish_to_continue(dialogue.said):
        resume(dialogue)
        return
    dialogue.set(held=dialogue.said.as_slot())
    dialogue.ask("return")


def take_paused(dialogue: Dialogue) -> None:
    """Go on when that is wanted; a goodbye is let go; anything else is held back and asked about."""
    said = dialogue.said
    if is_wish_to_continue(said) or said.tap("paused"):
        resume(dialogue)
    elif said.intent in ("thank", "goodbye") and said.silence < AWAY:
        dialogue.ask("paused", say("reply_goodbye"))
    else:
        hold(dialogue)


def take_return(dialogue: Dialogue) -> bool:
    """Go on with the declaration, or with what the member came for; return whether a held message is to be read."""
    said = dialogue.said
    wanted = True if is_wish_to_continue(said) else dialogue.said.yes_or_no("return")
    if said.is_report or wanted is False:
        if said.is_report:
            dialogue.set(held=said.as_slot())
        dialogue.leave("elsewhere")
        return False
    held = dialogue.get("held")
    resume(dialogue)
    if held and wanted and note_second(dialogue, Said(**held)):
        return False
    if wanted is None:  # an answer to the question it stood at
        dialogue.set(held=None)
        return True
    if held and held["intent"] != "greet":
        dialogue.said = Said(**{**held, "silence": 0.0})
        dialogue.set(held=None)
        return True
    return False


def note_second(dialogue: Dialogue, told: Said) -> bool:
    """Keep another incident, told before or in between, for when the present one is done; return whether it is one."""
    if not told.is_report or not told.ranking or dialogue.get("claim"):
        return False
    place = (told.intent.removeprefix("report_"), told.ranking[0]["subtype"])
    if told.ranking[0]["intent"] != told.intent or place[0] == dialogue.drafted.subtype.family:
        return False  # the same one told again: read as an answer, which keeps what is new in it
    dialogue.set(second=list(place), second_story=told.text, held=None)
    dialogue.record("second_incident_noted", family=place[0], subtype=place[1])
    dialogue.ask(str(dialogue.asked), say("second_noted", label=catalogue().subtype(*place).label))
    return True


def resume(dialogue: Dialogue) -> None:
    """Ask again what was asked before the pause."""
    dialogue.record("draft_resumed")
    dialogue.ask(str(dialogue.get("resume_at") or "confirmed"), say("form_back"))
    dialogue.set(resume_at=None)


def says_exit(said: Said) -> bool:
    """Tell whether a tap or the words themselves ask for a human or for the end: "un collègue" may be the author."""
    return not said.text or bool(EXIT_WORDS.search(said.plain))


def is_wish_to_continue(said: Said) -> bool:
    """Tell whether it says or taps that the declaration should go on."""
    return bool(said.tap("draft")) or wants_to_continue(said.text)


def _exit(dialogue: Dialogue) -> str:
    """Return the way out, or nothing: what could be an answer leaves only when the intent is sure."""
    said, way_out = dialogue.said, EXITS.get(dialogue.said.intent, "")
    if not way_out or (could_answer(dialogue) and not says_exit(said)):
        return ""
    if said.text and is_free_text(dialogue) and said.confidence < SURE:
        return ""
    if said.tapped.get("value") == "no_claim":
        return "no_claim"
    if dialogue.asked in AFTER_OPENING:  # "oui, je veux lui parler" means the psychologist
        return way_out if way_out == "human" and dialogue.said.yes_or_no(str(dialogue.asked)) is None else ""
    return way_out
