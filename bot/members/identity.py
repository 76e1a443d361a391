"""Reads signed identities (JWT), by which the insurer's own pages tell who is logged in; see docs/claims.md."""

from functools import cache
from pathlib import Path
from typing import Any

import jwt

from bot.errors import RefusedIdentity
from bot.members.models import Member
from bot.settings import settings
from bot.understanding import fold

LEEWAY = 30  # seconds that two clocks may differ
REQUIRED = ["exp", "aud", "sub"]


def identify(token: str) -> Member | None:
    """Return the member of whom a token speaks; None when the list of members does not have that person.

    `sub` is the contract number, `given_name` and `family_name` say who of the household; they may be left out where
    only one person has the contract.

    Raises:
        RefusedIdentity: forged, expired, for another audience, or signed in a way that is not set up.
    """
    told = _verified(token)
    names = [fold(str(told.get(name, ""))) for name in ("given_name", "family_name")]
    holders = list(Member.objects.filter(contract=str(told["sub"])))
    if any(names):
        holders = [each for each in holders if [fold(each.first_name), fold(each.last_name)] == names]
    return holders[0] if len(holders) == 1 else None


def _verified(token: str) -> dict[str, Any]:
    keys = _keys()
    try:
        algorithm = jwt.get_unverified_header(token).get("alg", "")
        if algorithm not in keys:
            raise RefusedIdentity("algorithm")
        told: dict[str, Any] = jwt.decode(
            token,
            keys[algorithm],
            algorithms=[algorithm],
            audience=settings().identity_audience,
            leeway=LEEWAY,
            options={"require": REQUIRED},
        )
    except jwt.InvalidTokenError as error:
        raise RefusedIdentity(type(error).__name__) from error
    return told


def _keys() -> dict[str, str]:
    """Return the key of each algorithm that is set up; a key is never tried with another algorithm."""
    keys = {"HS256": settings().identity_secret.get_secret_value(), "RS256": _pem(settings().identity_public_key)}
    return {algorithm: key for algorithm, key in keys.items() if key}


@cache
def _pem(path: str) -> str:
    return Path(path).read_text(encoding="ascii") if path else ""
