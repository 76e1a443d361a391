"""What cannot wait for the engine: a life in danger, urgent words to someone who waits for a human."""

from dataclasses import replace

from bot.conversations.models import Message
from bot.conversations.recent import is_minor
from bot.texts import say
from bot.turn import Reply, Turn
from bot.understanding import read_safety
from bot.understanding.languages import danger_language
from bot.understanding.persons import read_danger
from bot.understanding.safety import LIFE_TOLD

URGENT = ("ongoing", "fresh_money")
LIFE_POSSIBLE = 0.2  # the engine's confidence from which a danger to life may be told: measured in docs/nlu.md


def level_of(message: Message) -> str:
    """Return how urgent a typed message is; a danger to life is heard in Dutch, English and German too."""
    return "life" if danger_language(message.text) else read_safety(message.text, message.sent_at).level


def answer_life(message: Message) -> Turn:
    """Say the numbers that fit, call a human first, and have the engine let go of what it was asking.

    The draft of a declaration is kept by the actions; only the member's own word takes it up again.
    """
    text = life_sentence(message.text, minor=is_minor(message))
    return Turn([Reply(text)], hand_off="danger_to_life", ends_episode=True)


def heed(message: Message, turn: Turn) -> Turn:
    """Return the turn as the danger needs it that the engine sees, and no rule saw.

    Told clearly, nothing else is said. Where it is only possible, the turn goes on, with a word and the numbers.
    """
    danger = float((turn.understood or {}).get("danger") or 0.0)
    if danger >= LIFE_TOLD:
        message.safety = "life"
        return replace(answer_life(message), understood=turn.understood)
    if danger >= LIFE_POSSIBLE:
        replies = [*turn.replies[:1], Reply(say("life_possible")), *turn.replies[1:]]
        return replace(turn, replies=replies, events=[*turn.events, ("danger_possible", {})])
    return turn


def life_sentence(text: str, *, minor: bool = False) -> str:
    """Return caring words and the numbers that fit what was said; all of them where it is not clear, or not French."""
    if (language := danger_language(text)) not in (None, "fr"):
        return say(f"life_{language}")
    danger = read_danger(text)
    parts = ["life"]
    if danger.violence or not danger.suicide:
        parts.append("life_violence")
    if danger.suicide or not danger.violence:
        parts.append("life_suicide")
    if danger.partner:
        parts.append("life_partner")
    if minor:
        parts.append("life_minor")
    return "\n".join(say(part) for part in [*parts, "life_human"])


def urgent_words(message: Message) -> str:
    """Return the urgent words that fit a message's safety level, or nothing."""
    return say(f"urgent_{message.safety}") if message.safety in URGENT else ""
