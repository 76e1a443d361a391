"""What of a claim's answers may be counted for ever: an amount, choices and well-known names; nothing personal."""

from collections.abc import Mapping
from typing import Any

from bot.understanding import fold
from bot.understanding.names import known_merchant, known_platform

CHOICES = ("payment_means", "contact_channel", "victim")


def counted(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the event properties of `answers`; a merchant or platform that no register knows is left out.

    Such a name may be a private person's.
    """
    facts: dict[str, Any] = {name: answers.get(name) for name in CHOICES}
    facts["amount_cents"] = answers.get("amount_cents")
    facts["merchant"] = known_merchant(fold(str(answers.get("merchant") or "")))
    facts["platform"] = known_platform(fold(str(answers.get("platform") or "")))
    return {name: value for name, value in facts.items() if value is not None}
