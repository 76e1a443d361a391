"""What the conversation is taken to be about, how sure the understanding was, and what it may be corrected to."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.claims.kinds import is_open_of_kind
from bot.claims.models import Claim
from bot.conversations.models import Conversation
from bot.learning.labels import incidents, label_of, place_of, shown, spoken
from bot.learning.telling import guesses, told

NEXT = 2  # guesses offered as buttons


@dataclass(frozen=True)
class Incident:
    """`label` is what it is taken for ("" for nothing yet); `percent` how sure the model was of its best guess."""

    label: str
    percent: int | None
    is_corrected: bool  # by the member or an adviser: it was not the best guess
    next: list[tuple[str, str, int]]  # other guesses: id, words, per cent
    kinds: Mapping[str, str]
    others: Mapping[str, str]  # what is no incident; nothing while a claim is open


def incident_of(conversation: Conversation, claim: Claim | None) -> Incident:
    """Return what is understood of a conversation, from the message that told it; `claim` is the one beside it."""
    has_claim = claim is not None and is_open_of_kind(claim, (conversation.family, conversation.subtype))
    present = label_of(conversation.family, conversation.subtype) if conversation.subtype else ""
    message = told(conversation)
    found = guesses(message) if message else []
    is_best = bool(found) and found[0].label == present
    offered = [guess for guess in found if guess.label != present and guess.label in _choices(has_claim)]
    return Incident(
        label=shown(present) if present else "",
        percent=round(100 * found[0].confidence) if is_best else None,
        is_corrected=bool(found and present) and not is_best,
        next=[(guess.label, _short(guess.label), round(100 * guess.confidence)) for guess in offered[:NEXT]],
        kinds=incidents(),
        others={} if has_claim else spoken(),
    )


def _choices(has_claim: bool) -> Mapping[str, str]:
    return incidents() if has_claim else {**incidents(), **spoken()}


def _short(label: str) -> str:
    """Return how a label reads on a button: the family goes without saying."""
    return shown(label).split(" : ", 1)[-1] if place_of(label)[0] else shown(label)
