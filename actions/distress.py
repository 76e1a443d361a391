"""Tells a danger to life that the classifier hears in a message from an answer that only sounds like one."""

import re

from actions.answers import could_answer
from actions.corrections import CORRECTS
from actions.dialogue import Dialogue
from bot.catalogue import catalogue
from bot.conversations.danger import LIFE_POSSIBLE
from bot.understanding import read_fields
from bot.understanding.persons import read_danger

HEAVY = re.compile(
    r"\b(?:peux plus|plus la force|a bout|au bout|a quoi bon|desesper\w+|secours|craque\w*|finir|disparaitre"
    r"|tout perdu)\b"
)
YES_OR_NO = re.compile(r"(?:oui+|ouais|non+|nan|ok|pas encore|jamais|merci|rien)(?:[ ,]+(?:oui|non|merci|pas encore))*")
CONCRETE = ("date", "money", "choice", "iban", "url")  # kinds of which an answer is nothing else
FACTS = ("amount_cents", "incident_date", "order_date", "iban", "order_number", "url")


def is_in_danger(dialogue: Dialogue) -> bool:
    """Tell whether a life is in danger: the intent is sure, and a second sign confirms it where a value is given.

    A message that gives no value needs no second sign: a false alarm costs a pause, a missed one a life.
    """
    said = dialogue.said
    if not (said.text and said.is_sure("distress")):
        return False
    danger = read_danger(said.text)
    told = danger.suicide or danger.violence or bool(HEAVY.search(said.plain))
    return told or said.danger >= LIFE_POSSIBLE or not _gives_value(dialogue)


def say_where_to_turn(dialogue: Dialogue) -> None:
    """Say the numbers beside what follows, where the intent alone speaks of a danger."""
    if dialogue.said.text and dialogue.said.is_sure("distress"):
        dialogue.say("life_possible")


def _gives_value(dialogue: Dialogue) -> bool:
    """Tell whether the message is an answer or a correction: a bare yes or no, a sum, a day, a choice."""
    said, field = dialogue.said, catalogue().fields.get(str(dialogue.asked))
    corrects = CORRECTS.search(said.plain) and re.search(r"\d", said.plain)
    if YES_OR_NO.fullmatch(said.plain) or corrects or set(FACTS) & set(read_fields(said.text, said.now)):
        return True
    return field is not None and field.kind in CONCRETE and could_answer(dialogue)
