"""French full text over messages and claims, references, members' names; a few milliseconds at a million messages."""

import re
from typing import Any

from django.db.models import BooleanField, F, Max, Q
from django.db.models.expressions import RawSQL

from bot.claims.models import Claim
from bot.claims.reference import read_reference
from bot.conversations.models import Message
from bot.members.models import Member

MOST = 400  # of the latest matching messages and claims: a word that half the members use finds the recent ones
RECENT = 20_000  # messages that are looked through in a few milliseconds
MOST_MEMBERS = 60  # of one name
WORDS = "{table}.search @@ websearch_to_tsquery('pg_catalog.french'::regconfig, cybercare_folded(%s))"
NAMES = "members_member.search @@ to_tsquery('simple'::regconfig, cybercare_folded(%s))"


def matching(words: str) -> Q:
    """Return the condition on conversations: what was typed is a reference, or is found in words or names."""
    if reference := read_reference(words):
        return Q(pk__in=list(Claim.objects.filter(reference=reference).values_list("conversation", flat=True)))
    found = {*_by_message(words), *_by_claim(words), *_by_reference_part(words)}
    members = _members(words)
    condition = Q(pk__in=found)
    if members:
        condition |= Q(member__in=members) | Q(
            pk__in=list(Claim.objects.filter(member__in=members).values_list("conversation", flat=True)[:MOST])
        )
    return condition


def _by_message(words: str) -> list[Any]:
    """Look among the latest messages first, where a common word is found at once, and then in the index.

    Left to itself, PostgreSQL reads a million messages backwards where two common words never come together.
    """
    matching_ = Message.objects.filter(_raw(WORDS.format(table="conversations_message"), words))
    every = matching_.values_list("conversation_id", flat=True)
    newest = Message.objects.aggregate(key=Max("pk"))["key"] or 0
    recent = list(every.filter(pk__gt=newest - RECENT).order_by("-pk")[:MOST])
    through_index = every.order_by((F("pk") + 0).desc())  # the sum keeps the primary key's index out of it
    return recent if len(recent) == MOST else list(through_index[:MOST])


def _by_claim(words: str) -> list[Any]:
    found = Claim.objects.filter(_raw(WORDS.format(table="claims_claim"), words)).order_by("-opened_at")
    return list(found.values_list("conversation", flat=True)[:MOST])


def _by_reference_part(words: str) -> list[Any]:
    """Find by the first digits of a reference, as somebody reads it aloud."""
    digits = re.sub(r"\D", "", words) if re.fullmatch(r"(?i)\W*(?:CC)?[\s\d-]{4,}", words) else ""
    if len(digits) < 4:
        return []
    grouped = "-".join(["CC", *(digits[start : start + 4] for start in range(0, len(digits), 4))])
    return list(Claim.objects.filter(reference__startswith=grouped).values_list("conversation", flat=True)[:MOST])


def _members(words: str) -> list[Any]:
    """Find by beginnings of first and last names."""
    parts = re.findall(r"[^\W\d_]{2,}", words)
    if not parts or len(parts) > 4:
        return []
    query = " & ".join(f"{part}:*" for part in parts)
    return list(Member.objects.filter(_raw(NAMES, query)).values_list("pk", flat=True)[:MOST_MEMBERS])


def _raw(condition: str, value: str) -> RawSQL:
    return RawSQL(condition, [value], output_field=BooleanField())  # noqa: S611 - the text is a parameter
