"""The signed link to a claim's printable page: whoever has it sees the claim, nobody can guess it."""

from datetime import timedelta
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.utils.encoding import force_str

from bot.claims.models import Claim
from bot.settings import settings

LIFETIME = timedelta(days=30)
_signer = TimestampSigner(salt="claim-page", sep=".")


def page_url(claim: Claim) -> str:
    """Return the address of the claim's page, good for `LIFETIME`."""
    return f"{settings().address}/dossier/{_signer.sign(claim.pk.hex)}"


def read_token(token: str) -> Claim | None:
    """Return the claim that a link opens; None when it is forged, expired, or the claim is gone."""
    try:
        claim_id = UUID(_signer.unsign(force_str(token), max_age=LIFETIME))
    except (BadSignature, ValueError):
        return None
    return Claim.objects.filter(pk=claim_id).first()
