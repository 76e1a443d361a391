"""How urgent a conversation is, in words: a level of danger, or the number of a priority (0 is the gravest)."""

from bot.texts import say

GRAVEST_FIRST = ("life", "ongoing", "fresh_money", "none")  # the place of a level is the number of its priority


def level_label(level: str) -> str:
    """Return a level of danger in words; nothing for a level that asks for no hurry, or none."""
    return say(f"level_{level}") if level in GRAVEST_FIRST[:-1] else ""


def priority_label(priority: int) -> str:
    """Return the number of a priority in words."""
    return say(f"level_{GRAVEST_FIRST[min(priority, len(GRAVEST_FIRST) - 1)]}")
