"""The question that tells two close sub-types apart: when it is asked, and what an answer means."""

import re
from typing import Any

from actions.dialogue import Button, Dialogue
from actions.families import named_and_denied
from bot.catalogue import Place, Straddle, catalogue
from bot.understanding import fold, read_answer

CLOSE = 0.4  # of the likeliest sub-type's confidence: a runner-up from there on is worth a question
STEM = 5  # letters by which words of one family are known


def straddle_of(dialogue: Dialogue) -> Straddle | None:
    """Return the question between the two likeliest sub-types of the story, when they are close."""
    return close_straddle(dialogue.get("ranking") or [])


def close_straddle(ranking: list[dict[str, Any]]) -> Straddle | None:
    """Return the question between the two best of a ranking, when there is one and neither is clearly ahead."""
    if len(ranking) < 2 or ranking[1]["confidence"] < CLOSE * ranking[0]["confidence"]:
        return None
    first, second = ((guess["intent"].removeprefix("report_"), guess["subtype"]) for guess in ranking[:2])
    return catalogue().straddle(first, second)


def straddle_buttons(straddle: Straddle) -> list[Button]:
    """Return one button per answer."""
    return [
        {"title": label, "payload": f'/affirm{{"field": "straddle", "value": {number}}}'}
        for number, label in enumerate(straddle.answers)
    ]


def answer_to_straddle(dialogue: Dialogue, straddle: Straddle) -> Place | None:
    """Return where the answer leads: a tap, a label, yes or no, or words of one label's family; None: not clear."""
    tapped = dialogue.said.tap("straddle")
    labels = list(straddle.answers)
    if isinstance(tapped, int) and 0 <= tapped < len(labels):
        return straddle.answers[labels[tapped]]
    left = _not_denied(straddle, dialogue.said.plain)
    if left:
        return left
    named = read_answer("choice", {label: label for label in labels}, dialogue.said.text, dialogue.said.now).value
    if named:
        return straddle.answers[str(named)]
    value = dialogue.said.yes_or_no("straddle")
    if value is None and (nearest := _nearest(labels, dialogue.said.plain)):
        return straddle.answers[nearest]
    begins = {True: "Oui", False: "Non"}.get(value, "?") if value is not None else "?"
    return next((place for label, place in straddle.answers.items() if label.startswith(begins)), None)


def _not_denied(straddle: Straddle, plain: str) -> Place | None:
    """Return the only place left when the text says that it is none of the other family ("pas une fraude")."""
    denied = named_and_denied(plain)[1]
    left = {place for place in straddle.answers.values() if place[0] not in denied}
    return left.pop() if denied and len(left) == 1 else None


def _nearest(labels: list[str], plain: str) -> str | None:
    """Return the only label that shares most beginnings of words with what was typed ("se moquer", "moque")."""
    said = _stems(plain)
    shared = {label: len(said & _stems(fold(label))) for label in labels}
    best = max(shared.values())
    nearest = [label for label, count in shared.items() if count == best]
    return nearest[0] if best and len(nearest) == 1 else None


def _stems(plain: str) -> set[str]:
    return {word[:STEM] for word in re.findall(r"\w{4,}", plain)}
