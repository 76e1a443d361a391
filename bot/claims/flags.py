"""Rules of the contract that a human should look at. A flag is a fact for the handler, never a refusal.

Sources, verified 2026-11-23: the product's general conditions (private life only) and the product page of the insurer's
partner (members of the household; nothing caused by a person living under the same roof; 3 cases and 5,000 € a year).
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from bot.claims.checks import CENTS_A_YEAR
from bot.claims.models import Answer, Claim
from bot.members.services import find_member, household_of
from bot.understanding import fold

CASES_A_YEAR = 3  # product page, e-reputation and means of payment
YEAR = timedelta(days=365)  # whether the contract counts otherwise is not published
#: How people say that it was their work's: folded, so without accents.
AT_WORK = re.compile(
    r"\b(?:mon|ma|notre|de l|a l) ?(?:entreprise|societe|asbl|commerce|magasin|cabinet|restaurant|employeur|patron)\b"
    r"|\bmon (?:compte|pc|ordinateur|gsm|telephone|adresse|mail) (?:pro|professionnel)\b"
    r"|\b(?:independante?|profession liberale|numero de tva|carte de societe|compte professionnel)\b"
)

Finding = tuple[str, dict[str, Any]]


def raise_flags(claim: Claim) -> None:
    """Store what a handler should look at, each rule once; in the transaction that opens or changes the claim.

    A rule that no longer applies is taken away. A changed sum counts for the year of the household's later claims too.
    """
    later = Q(opened_at__gt=claim.opened_at, opened_at__lt=claim.opened_at + YEAR)
    for each in (claim, *_claims_of_household(claim).filter(later)):
        _renew(each)


def _renew(claim: Claim) -> None:
    found = dict([*_about_the_facts(claim), *_about_the_year(claim), *_about_the_member(claim)])
    claim.flags.exclude(rule__in=found).delete()
    for rule, detail in found.items():
        claim.flags.update_or_create(
            rule=rule, defaults={"detail": detail}, create_defaults={"detail": detail, "at": timezone.now()}
        )


def _about_the_facts(claim: Claim) -> Iterator[Finding]:
    answers = dict(claim.answers.values_list("field", "value"))
    if answers.get("private_use") is False or AT_WORK.search(fold(claim.story)):
        yield "professional_use", {}  # general conditions, page 1: private life only
    if answers.get("author_known") == "household":
        yield "same_roof", {}  # product page, exclusions: caused, even in part, by a person living there


def _about_the_year(claim: Claim) -> Iterator[Finding]:
    of_year = _claims_of_household(claim).filter(opened_at__gt=claim.opened_at - YEAR, opened_at__lte=claim.opened_at)
    cases = of_year.count()
    if cases > CASES_A_YEAR:
        yield "cases_a_year", {"cases": cases, "known": CASES_A_YEAR}
    amounts = Answer.objects.filter(claim__in=of_year, field="amount_cents").values_list("value", flat=True)
    cents = sum(int(value) for value in amounts if value is not None)
    if cents > CENTS_A_YEAR:
        yield "amount_a_year", {"cents": cents, "known_cents": CENTS_A_YEAR}


def _about_the_member(claim: Claim) -> Iterator[Finding]:
    member = find_member(claim.member)
    if member is None:
        yield "identity_unverified", {}
    elif not member.active:
        yield "contract_ended", {}


def _claims_of_household(claim: Claim) -> QuerySet[Claim]:
    """Return all claims of the same household, as far as it is known; otherwise those of the same conversation."""
    same = Q(conversation=claim.conversation)
    if claim.member:
        same |= Q(member__in=household_of(claim.member))
    return Claim.objects.filter(same)
