"""Where a claim stands and what happens next, in words."""

from bot.claims.models import Claim, State
from bot.texts import say


def standing(claim: Claim) -> str:
    """Return where a claim stands and what happens next, in the messages' markup."""
    return say("status_next", reference=claim.reference, state=State(claim.state).label, next=what_next(claim))


def what_next(claim: Claim) -> str:
    """Return what happens next, in words."""
    return say(f"next_{claim.state}")
