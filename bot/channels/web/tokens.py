"""The member's key to one web conversation: its signed id; no table, nothing to clean up."""

from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.utils.encoding import force_str

MAX_AGE = 90 * 24 * 3600  # seconds
COOKIE = "cybercare_chat"
_signer = TimestampSigner(salt="web-conversation")


def issue(conversation: UUID) -> str:
    """Return a token for the conversation, good for `MAX_AGE` seconds; about 80 ASCII characters."""
    return _signer.sign(str(conversation))


def read(token: str) -> UUID | None:
    """Return the conversation a token opens; None when it is missing, forged or expired."""
    try:
        return UUID(_signer.unsign(force_str(token), max_age=MAX_AGE))
    except (BadSignature, ValueError):
        return None
