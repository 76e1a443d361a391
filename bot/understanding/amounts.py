"""Finds sums of money in euros in French text; a year, an age, an hour or a telephone number is not one."""

import re
from dataclasses import dataclass

LARGEST_CENTS = 100_000_000_00
NUMBER = r"\d{1,3}(?:[ .]\d{3})+(?:,\d{1,2})?|\d{1,3}(?:,\d{3})+\.\d{2}|\d{1,3}(?:,\d{3}){2,}|\d{1,9}(?:[.,]\d{1,2})?"
EURO = r"(?:€|(?:euros?|eur|euro?s|balles|boules)(?!\w)|(?<=\d{2})e(?!\w))"
ROUND_NUMBERS = {
    "dizaine": 10, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50,
    "soixantaine": 60, "septantaine": 70, "centaine": 100, "millier": 1000,
}  # fmt: skip
SEVERAL = (
    r"(?:(?:retraits|paiements|virements|debits|prelevements|achats|versements|transactions|billets"
    r"|operations|mensualites)(?: [a-z]+){0,2}"
    r"|(?:tickets|cartes|bons|codes|recharges|coupons)(?: [a-z]+){0,4})"
)
EACH_TOLD = re.compile(r"(?: ?,| et)(?: de)? \d")  # "2 virements de 950 € et 700 €": each is told
ORDINAL = re.compile(r"\b(?:le|la|au|du|ma|sa|mon|en|l|les) \d{1,2}e$")
SUM = re.compile(
    rf"(?:(?<![\d.,/])(?P<times>\d{{1,2}}) ?(?:(?:x|fois|\*) ?(?:de |d |les )?|{SEVERAL} (?:de |a )))?"
    rf"(?<![\d.,/a-wyz])(?<!\d-)(?P<number>{NUMBER})(?P<k> ?k)? ?(?:millions? d )?(?:,-+ ?)?{EURO}"
    rf"(?:(?: et(?! ?\d{{2}} (?!c(?:en)?ts?\b|centimes?\b)[a-z]))? ?(?P<sub>\d{{2}})(?![\d.,/:x]\d|\d)"
    rf"(?: ?(?:cents?|centimes?|cts?))?(?! ?(?:€|fois|jours?|euros?|h(?!\w)|x)))?"
    rf"(?: ?x ?(?P<after>\d{{1,2}})(?!\d)| (?P<after_word>\d{{1,2}}) (?:fois|reprises)"
    rf"| a (?P<reprises>\d{{1,2}}) reprises| par mois depuis (?P<months>\d{{1,2}}) mois)?"
)
EURO_FIRST = re.compile(rf"(?<![\w€])(?:€|eur(?:os?)?) ?(?P<number>{NUMBER})(?P<k> ?k(?!\w))?(?![\d/])(?:,-+)?")
ONE_EURO = re.compile(r"(?<!pas )(?<!\w)une? (?:seul )?euros?(?!\w)(?:(?: et)? (?P<sub>\d{2})(?!\d))?")
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
WHOLE = r"\d{1,3}(?:[ .]\d{3})+(?:,\d\d)?|\d{2,6}(?:[.,]\d{1,2})?"
GONE_BEFORE = (
    r"(?:pris|vole|perdu|debite|preleve|paye|verse|vire|retire|prix|montant|somme|total|debourse|coute"
    r"|depense|investi|place|envoye|avance|puis|encore|plus|soutire|facture)"
    r"e?s?(?: (?:de|pour|environ|env|plus de|pres de|presque|quasi|:|dans les|etait|est|encore|au total"
    r"|quelque|a peu pres))* ?:? ?"
)
NOT_A_SUM = (
    r"(?! et (?:quelques|des poussieres))(?! ?(?:%|ans?|jours?|j|semaines?|mois|h|heures?|min\w*|fois|x|km"
    r"|kg|g|cm|ml|pieces?|colis|articles?|abonn\w+|messages?|personnes?|appels?|photos?|numeros?|degres?"
    r"|m2|paires?|comptes?"
    r"|eleves|amis|likes?|vues|dollars?|usd|livres|chf|pages?|minutes|secondes|tickets?|cartes?|bons?"
    r"|livre|billets?|virements?|retraits?|paiements?|transactions?|operations?)(?!\w))(?![.,/:h-]?\d)"
)
UNMARKED = (
    re.compile(rf"\b{GONE_BEFORE}(?P<number>{WHOLE}){NOT_A_SUM}(?= ?(?:$|[^\w ]|\w+))"),
    re.compile(
        rf"(?<![\d.,/:a-z-])(?:(?P<times>\d{{1,2}}) ?(?:x|fois) ?)?(?P<number>{WHOLE})(?= (?:perdus?|envol\w+"
        rf"|debites?|en moins|voles?|partis|disparus|preleves?)(?!\w))"
    ),
    re.compile(
        rf"(?<![\d.,/:a-z-])(?<!le )(?<!du )(?<!au )(?<! a )(?<!vers )(?P<number>\d{{1,5}}[.,]\d{{2}}){NOT_A_SUM}"
    ),
    re.compile(r"\ba (?P<number>\d{2,5}) (?=(?:chez|sur|en ligne)\b)"),
    re.compile(rf"\b(?:puis|encore|plus|et) (?P<number>\d{{2,5}})(?= (?:pour|de) (?:l[ea]?|les|des) ){NOT_A_SUM}"),
)
BARE = re.compile(rf"(?<![\d.,/:a-z#-])(?P<number>{WHOLE}){NOT_A_SUM}")


@dataclass(frozen=True)
class Amount:
    """A sum in euro cents named between start and end of the text; `times` tells that it is a product ("3 x 40 €")."""

    cents: int
    start: int
    end: int
    times: int = 1


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
            if match.groupdict().get("times") and EACH_TOLD.match(text, match.end()) and "x" not in match.group():
                cents //= _times(match)
            ordinal = ORDINAL.search(text, max(0, match.start() - 5), match.end())
            if 0 < cents <= LARGEST_CENTS and not ordinal and not _overlaps(match, found):
                found.append(Amount(cents, match.start(), match.end(), _times(match)))
    return sorted(found, key=lambda amount: amount.start)


def find_unmarked(plain: str, marked: list[Amount]) -> list[Amount]:
    """Return the sums without a currency that their place gives away: "il m'a pris 850", "137,50 perdus", "78,00"."""
    found: list[Amount] = []
    for pattern in UNMARKED if not marked else UNMARKED[1:]:
        for match in pattern.finditer(plain):
            cents = to_cents(match["number"]) * _times(match)
            if 0 < cents <= LARGEST_CENTS and not _overlaps(match, marked + found):
                found.append(Amount(cents, *match.span("number"), _times(match)))
    return found


def find_bare(plain: str, found: list[Amount]) -> list[Amount]:
    """Return the numbers that could be sums though nothing beside them says so ("il en voulait 200")."""
    bare: list[Amount] = []
    for match in BARE.finditer(plain):
        cents = to_cents(match["number"])
        if 0 < cents <= LARGEST_CENTS and not _overlaps(match, found + bare):
            bare.append(Amount(cents, *match.span("number")))
    return bare


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
    return cents * _times(match)


def _times(match: re.Match[str]) -> int:
    parts = match.groupdict()
    return max(
        next((int(parts[k]) for k in ("times", "after", "after_word", "reprises", "months") if parts.get(k)), 1), 1
    )
