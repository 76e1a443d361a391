"""One-time codes that are sent to a claim's e-mail; only their digests are kept."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from bot.claims.models import AccessCode, Claim

#: Letters, because digits near the word "code" are masked before they are stored; consonants make no word.
LETTERS = "BCDFGHJKMNPQRTVWXZ"
LIFETIME = timedelta(minutes=10)
WINDOW, SENT_PER_CLAIM = timedelta(hours=1), 3  # whoever asks, a mailbox gets no more


def new_code(claim: Claim, conversation: UUID) -> str | None:
    """Return a new code such as `BKRT-WXCD` for whoever asked in `conversation`; None: the claim had enough lately."""
    with transaction.atomic():
        Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
        made_lately = timezone.now() + LIFETIME - WINDOW
        if claim.access_codes.filter(expires_at__gt=made_lately).count() >= SENT_PER_CLAIM:
            return None
        letters = "".join(secrets.choice(LETTERS) for _ in range(8))
        AccessCode.objects.create(
            claim=claim,
            conversation=conversation,
            digest=digest(claim, letters),
            expires_at=timezone.now() + LIFETIME,
        )
    return f"{letters[:4]}-{letters[4:]}"


def digest(claim: Claim, letters: str) -> str:
    """Return what is kept of a code's eight letters."""
    return salted_hmac("access-code", f"{claim.pk}/{letters}", algorithm="sha256").hexdigest()
