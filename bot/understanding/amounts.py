"""Finds sums of money in euros in French text; a year, an age, an hour or a telephone number is not one."""

import re
from dataclasses import dataclass

LARGEST_CENTS = 100_000_000_00
NUMBER = r"\d{1,3}(?:[ .]\d{3})+(?:,\d{1,2})?|\d{1,3}(?:,\d{3})+\.\d{2}|\d{1,3}(?:,\d{3}){2,}|\d{1,9}(?:[.,]\d{1,2})?"
EURO = r"(?:€|(?:euros?|eur|euro?s|balles|boules)(?!\w)|(?<=\d{3})e(?!\w))"
ROUND_NUMBERS = {
    "dizaine": 10, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50,
    "soixantaine": 60, "septantaine": 70, "centaine": 100, "millier": 1000,
}  # fmt: skip
AFTER_EURO = rf"(?:,-)?(?: ?k)? ?(?:\*\*)?{EURO}"
SEVERAL = r"(?:retraits|paiements|virements|debits|prelevements|achats|versements|transactions|billets|tickets)"
SUM = re.compile(
    rf"(?:(?<![\d.,/])(?P<times>\d{{1,2}}) ?(?:(?:x|fois|\*) ?(?:de |d |les )?|{SEVERAL} (?:de |a )))?"
    rf"(?<![\d.,/a-wyz])(?<!\d-)(?P<number>{NUMBER})(?P<k> ?k)? ?(?:millions? d )?(?:,-+ ?)?{EURO}"
    rf"(?:(?: et)? ?(?P<sub>\d{{2}})(?![\d.,/:x]\d|\d)(?: ?(?:cents?|centimes?"
    rf"|cts?))?(?! ?(?:€|fois|jours?|euros?|h(?!\w)|x)))?"
    rf"(?: ?x ?(?P<after>\d{{1,2}})(?!\d)| (?P<after_word>\d{{1,2}}) (?:fois|reprises)"
    rf"| a (?P<reprises>\d{{1,2}}) reprises)?"
)
EURO_FIRST = re.compile(rf"(?<![\w€])(?:€|eur(?:os?)?) ?(?P<number>{NUMBER})(?P<k> ?k(?!\w))?(?![\d/])(?:,-+)?")
ONE_EURO = re.compile(r"(?<!\w)une? (?:seul )?euros?(?!\w)(?:(?: et)? (?P<sub>\d{2})(?!\d))?")
COINS = re.compile(r"(?<![\d.,/])(?P<number>\d{1,2}) ?(?:cents|centimes?|cts|eurocents?)(?!\w)")
THOUSANDS = re.compile(r"(?<![\d.,/a-z])(?P<number>\d{1,3}(?:[.,]\d)?) ?k(?!\w)")
ABOUT = re.compile(
    rf"(?<!\w)une? (?:bonne |petite |grosse )?(?P<round>{'|'.join(ROUND_NUMBERS)}) (?:d ?"
    rf"|de )(?:euros?|balles)"
)
RANGE = re.compile(
    rf"(?:entre )?(?<![\d.,/])(?P<low>{NUMBER}) ?{EURO}?(?: ?(?:-|a|et|ou) ?)(?P<high>{NUMBER}) ?(?P<unit>{EURO})"
)
LISTED = re.compile(
    rf"(?<![\d.,/a-z])(?P<number>{NUMBER})(?= (?:puis|plus)(?: encore| ensuite"
    rf"| de)? (?:{NUMBER}) ?{EURO})"
)
MODEL = r"(?:iphone|galaxy|pixel|ps|playstation|xbox|taille|pointure|redmi|note|numero|n°|airpods|watch|rtx|switch)"
MODEL_NUMBER = re.compile(rf"(?<!\w)({MODEL} ?)(\d{{1,4}})(?!\d)")


@dataclass(frozen=True)
class Amount:
    """A sum in euro cents named between start and end of the text."""

    cents: int
    start: int
    end: int


def find_amounts(plain: str) -> list[Amount]:
    """Return the sums of folded text with digits, in order; ranges ("entre 200 et 300 €") are left out."""
    text = MODEL_NUMBER.sub(lambda m: m[1] + "#" * len(m[2]), plain)
    for span in RANGE.finditer(text):
        if _is_range(span):
            text = text[: span.start()] + "#" * (span.end() - span.start()) + text[span.end() :]
    found: list[Amount] = []
    for pattern in (SUM, EURO_FIRST, ONE_EURO, ABOUT, COINS, THOUSANDS, LISTED):
        for match in pattern.finditer(text):
            cents = _cents_of(match)
            if 0 < cents <= LARGEST_CENTS and not _overlaps(match, found):
                found.append(Amount(cents, match.start(), match.end()))
    return sorted(found, key=lambda amount: amount.start)


def find_range(plain: str) -> int | None:
    """Return the middle, in cents, of a range such as "entre 200 et 300 €", or None."""
    match = RANGE.search(plain)
    if match is None or not _is_range(match):
        return None
    return (to_cents(match["low"]) + to_cents(match["high"])) // 2


def to_cents(number: str) -> int:
    """Read a number as written in Belgium or abroad ("1.250,50", "1250.5", "1 250") in cents."""
    digits = number.replace(" ", "")
    decimal = re.search(r"[.,](\d{1,2})$", digits)
    whole = re.sub(r"\D", "", digits[: decimal.start()] if decimal else digits)
    return int(whole or 0) * 100 + (int(decimal[1].ljust(2, "0")) if decimal else 0)


def _is_range(match: re.Match[str]) -> bool:
    joined = match.group()
    plain_range = joined.startswith("entre") or re.search(r"\d ?(?:€|euros?)? ?(?:-|a|ou) ?\d", joined)
    return bool(plain_range) and to_cents(match["low"]) < to_cents(match["high"])


def _overlaps(match: re.Match[str], found: list[Amount]) -> bool:
    return any(match.start() < amount.end and amount.start < match.end() for amount in found)


def _cents_of(match: re.Match[str]) -> int:
    parts = match.groupdict()
    if parts.get("round"):
        return ROUND_NUMBERS[parts["round"]] * 100
    if match.re is COINS:
        return int(parts["number"])
    cents = to_cents(parts.get("number") or "1")
    if parts.get("k") or match.re is THOUSANDS:
        cents *= 1000
    if parts.get("sub") and cents % 100 == 0:
        cents += int(parts["sub"])
    times = next((int(parts[k]) for k in ("times", "after", "after_word", "reprises") if parts.get(k)), 1)
    return cents * max(times, 1)
