"""Chooses, among the sums a story names, the one that was lost or paid."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from .amounts import Amount, find_amounts, find_unmarked
from .folding import sentence_around
from .sum_roles import (
    BOUGHT,
    COMPLEMENT,
    DID_PAY,
    GONE_INSIDE,
    IN_ADDITION,
    IN_TURN,
    LISTED,
    LOSS,
    NO_LOSS,
    ONLY_SOLD,
    SHOPPING,
    SOLDE,
    THEIR_ORDER,
    THREAT,
    TOTAL,
    TWICE,
    Role,
    following_role,
    governing_role,
)

BAIT_CENTS = 5_00  # "1,95 € to receive the parcel" is what opened the door, not what was lost
CREDIT_OF = re.compile(
    r"\b(?:credits?|prets?|emprunts?|financements?)(?: (?!de \d)\w+){0,3} (?:de|pour|d un montant de|a hauteur de) $"
)
NOT_ASKED_FOR = re.compile(
    r"\b(?:[aes]n? (?:mon|ma|notre) noms?|a mon insu|sans mon (?:accord|consentement)|usurp\w+"
    r"|(?:jamais|rien|pas) (?:\w+ )?(?:demande|signe|souscrit|contracte|ouvert|conclu|fait)\w*)\b"
)
REACH_BEFORE, REACH_AFTER = 75, 48  # characters around a sum in which a cue speaks of it


@dataclass(frozen=True)
class Judged:
    """A sum, what became of it, and whether it is told as the whole."""

    amount: Amount
    role: Role
    total: bool


def read_loss(plain: str) -> int | None:
    """Return the loss or price in euro cents, or None when the story states none, only a demand, or several at odds."""
    amounts = find_amounts(plain)
    every = sorted(amounts + find_unmarked(plain, amounts), key=lambda amount: amount.start)
    return choose_loss(plain, judge_all(plain, every))


def choose_loss(plain: str, judged: list[Judged]) -> int | None:
    """Return the loss or price in euro cents, as far as the rules can tell it among the sums of a story."""
    totals = [each.amount.cents for each in judged if each.total and each.role in {"gone", "price"}]
    if totals:
        return max(totals)
    gone = [each.amount for each in judged if each.role == "gone"]
    if gone:
        return _sum_of(plain, gone)
    if NO_LOSS.search(plain) or ONLY_SOLD.search(plain) or (THREAT.search(plain) and not BOUGHT.search(plain)):
        return None
    return _price(plain, judged)


def read_credit(plain: str) -> int | None:
    """Return, in euro cents, the only sum of a credit that somebody else took in the member's name; None otherwise.

    By convention that is the amount of such an incident: nothing is lost yet, but so much is claimed.
    """
    if not NOT_ASKED_FOR.search(plain):
        return None
    told = [
        each for each in find_amounts(plain) if CREDIT_OF.search(plain[max(0, each.start - REACH_BEFORE) : each.start])
    ]
    sums = {each.cents for each in told}
    return sums.pop() if len(sums) == 1 else None


def _price(plain: str, judged: list[Judged]) -> int | None:
    """Return the only price of a purchase, or the only sum that was asked for and then paid."""
    prices = {each.amount.cents for each in judged if each.role == "price"}
    prices -= {cents for cents in prices if cents <= BAIT_CENTS and cents * 15 < max(prices)}
    if len(prices) == 1 and (SHOPPING.search(plain) or LOSS.search(plain)) and not THEIR_ORDER.search(plain):
        return prices.pop()
    asked = {each.amount.cents for each in judged if each.role == "asked"}
    return asked.pop() if not prices and len(asked) == 1 and DID_PAY.search(plain) else None


def judge_all(plain: str, amounts: list[Amount]) -> list[Judged]:
    """Return what became of each sum, in the order given."""
    judged: list[Judged] = []
    for amount in amounts:
        judged.append(_judge(plain, amount, judged[-1] if judged else None))
    for index, (one, following) in enumerate(pairwise(judged)):
        gap = plain[one.amount.end : following.amount.start]
        if one.role == "price" and following.role == "gone" and len(gap) < 25 and gap.endswith(" et "):
            judged[index] = replace(one, role="gone")  # "265 € et 130 € débités"
    return judged


def _judge(plain: str, amount: Amount, previous: Judged | None) -> Judged:
    first, last = sentence_around(plain, amount.start, amount.end)
    beside_previous = previous is not None and previous.amount.end >= first
    if previous and beside_previous:
        first = previous.amount.end
    before = plain[max(first, amount.start - REACH_BEFORE) : amount.start]
    after = plain[amount.end : min(last, amount.end + REACH_AFTER)]
    role = "gone" if GONE_INSIDE.search(plain, amount.start, amount.end) else following_role(after)
    governing = governing_role(before)
    if previous and beside_previous and _continues(before, after, governing):
        governing = previous.role
    if role is None or not (governing in {None, "price"} or role == "gone" or len(before.split()) < 2):
        role = governing or "price"
    return Judged(amount, role, bool(TOTAL.search(before[-24:]) or TOTAL.match(after.lstrip(" ,("))))


def _continues(before: str, after: str, governing: Role | None) -> bool:
    """Tell whether a sum is told in one breath with the one before it ("300 €, puis encore 450 €")."""
    joined = not before.strip(" ,.+") or COMPLEMENT.fullmatch(before) or SOLDE.fullmatch(before)
    return bool(joined or (governing is None and IN_TURN.search(before)) or IN_ADDITION.match(after))


def _sum_of(plain: str, gone: list[Amount]) -> int | None:
    """Add up losses told one after the other; the same sum told again counts once; sums at odds give None."""
    largest = max(amount.cents for amount in gone)
    gone = [each for each in gone if each.cents > BAIT_CENTS or each.cents * 15 >= largest]
    if len(gone) == 1:
        only = gone[0]
        return only.cents * (2 if only.times == 1 and TWICE.search(plain, only.end, only.end + 60) else 1)
    if all(
        IN_TURN.search(plain, a.end, b.end + 12) or LISTED.fullmatch(plain, a.end, b.start) for a, b in pairwise(gone)
    ):
        return sum(amount.cents for amount in gone)
    different = {amount.cents for amount in gone}
    return different.pop() if len(different) == 1 else None
