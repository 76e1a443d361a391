"""Lets higher layers add to a turn before it is stored, such as a word on a known wave of phishing."""

from collections.abc import Callable

import structlog

from bot.conversations.models import Message
from bot.turn import Turn

Enrich = Callable[[Message, Turn], Turn]
_registered: list[Enrich] = []
log = structlog.get_logger(__name__)


def register(enrich: Enrich) -> None:
    """Have `enrich` see every turn of the engine; it returns the turn, or one with more in it."""
    if enrich not in _registered:
        _registered.append(enrich)


def enriched(message: Message, turn: Turn) -> Turn:
    """Return the turn with what others add; where that fails, as it was: the member's answer must not wait for it."""
    for enrich in _registered:
        try:
            turn = enrich(message, turn)
        except Exception as error:  # an edge: the answer goes out all the same
            log.error("turn_not_enriched", conversation_id=str(message.conversation_id), exc_info=error)
    return turn
