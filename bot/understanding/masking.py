"""Hides card numbers, national numbers, codes and passwords in a message before anything stores or reads it."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum import luhn

from .codes import code_spans, password_spans
from .folding import fold
from .links import PHONE, iban_spans, url_spans

CARD_MARK = "[numéro de carte masqué]"
CODE_MARK = "[code masqué]"
NATIONAL_MARK = "[numéro national masqué]"
PASSWORD_MARK = "[mot de passe masqué]"  # noqa: S105 - it is what replaces one
MARKS = {"card": CARD_MARK, "code": CODE_MARK, "national_number": NATIONAL_MARK, "password": PASSWORD_MARK}
MARK = re.compile("|".join(re.escape(mark) for mark in MARKS.values()))
LONGEST_LOOKED_INTO = 120  # digits in a row; card by card, a message of nothing else would take half a minute
HIDDEN = "\x00"  # stands for what must not be read again: marks, accounts, dates, telephones

RUN = re.compile(r"(?<!\d)\d(?:[ ._*|\t\n-]{0,3}\d){10,}(?!\d)")
GROUP = re.compile(r"\d+")
NATIONAL_LAYOUT = re.compile(r"(?<!\d)\d{2}[. ]\d{2}[. ]\d{2} ?[- ] ?\d{3} ?[. ] ?\d{2}(?!\d)")
NATIONAL_CUE = re.compile(
    r"(?:registre national|numero national|niss|\brn|\brrn|num national|registre nat)[^\d\n]{0,25}$"
)
SECURITY_CODE = re.compile(
    r"(?:[ ,;/\n-]{1,4}(?:exp\w*|valable|date)?[ :.]*\d{2} ?/ ?\d{2,4})?[ ,;/\n-]{1,4}(?P<code>\d{3})"
    r"(?![\d.,]*\d"
    r"| ?(?:€|eur|balles))"
)
INTRODUCED = re.compile(
    r"\b(?:commandes?|order|suivi|tracking|track|colis|paquet|envoi|expedition"
    r"|references?|ref|dossier|factures?|contrat|client|ticket|transaction|annonce"
    r"|bon|"
    r"bordereau|livraison|pv|plainte|code[ -]barres?|police d assurance|communication|imei|serie|vol|reservation)"
    r"(?: (?:bpost|dhl|dpd|gls|postnl|ups|amazon|bol|zalando|temu|vinted|mondial relay"
    r"|de|d|du|suivi|commande|numero|num|nr|no|n°|id|est|c est|etait|le|la|avec"
    r"|porte|portant|structuree?|client|colis|reference|ref|paypal)){0,5}"
    r"[ .:°=(#n]{0,5}(?P<number>[a-z]{0,5}\d[\d ./-]*\d)"
)
DATE = re.compile(
    r"(?<![\d/])(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/])"
    r"|(?<![\d/.-])(?:(?:0?[1-9]|[12]\d|3[01])(?P<s>[./-])(?:0?[1-9]|1[0-2])(?P=s)(?:19"
    r"|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?!\d)(?! ?[-.] ?\d{3})"
)
MONEY = re.compile(r"(?<![\d.,])\d{1,3}(?:[ .]\d{3}){0,2}(?:,\d\d)? ?(?:€|eur(?:os?)?(?!\w))")
CLAIM_REFERENCE = re.compile(r"\bcc(?:[ -]?\d{4}){3}[ -]?\d{2}(?!\d)|\bcc-[\d-]{4,}\d")
IDENTIFIER = re.compile(
    r"(?<![A-Za-z0-9])(?!(?:CARTE|VISA|MASTERCARD|NUMERO|NUM|CB|BANCONTACT|MAESTRO|AMEX)\d)"
    r"(?=\d*[A-Z])(?=[A-Z]*\d)[A-Z0-9]{8,40}(?![A-Za-z0-9])"
)


@dataclass(frozen=True)
class Masked:
    """A message fit to be stored, and the kinds of secret that were hidden, in order of first appearance."""

    text: str
    kinds: tuple[str, ...]


type Find = Callable[[str], Iterator[tuple[int, int, str]]]


def mask(text: str) -> Masked:
    """Replace card numbers, Belgian national numbers, codes and passwords by French marks; never raises.

    Accounts, sums, order and tracking numbers, telephones, dates and references stay.
    """
    text = unicodedata.normalize("NFC", text)
    kinds: list[str] = []
    before = ""
    while before != text:  # a masked password may lay bare the code beside it
        before = text
        for find in (_cards, _national_numbers, _codes, _passwords):
            text = _replace(text, find, kinds)
    positions = sorted((text.find(MARKS[kind]), kind) for kind in set(kinds))
    return Masked(text, tuple(kind for _, kind in positions))


def _replace(text: str, find: Find, kinds: list[str]) -> str:
    """Mask what `find` sees until it sees nothing more; each turn leaves less to see."""
    while spans := [span for span in _disjoint(find(text)) if not MARK.search(text, *span[:2])]:
        for start, end, kind in reversed(spans):
            text = text[:start] + MARKS[kind] + text[end:]
            kinds.append(kind)
    return text


def _disjoint(spans: Iterator[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _hide(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + HIDDEN * (end - start) + text[end:]
    return text


def _quiet(text: str, phones: bool = True) -> str:
    """Return folded text where marks and numbers that must survive are hidden; same length."""
    folded = _hide(fold(text), [m.span() for m in MARK.finditer(text)] + url_spans(text) + iban_spans(text))
    spans = [m.span() for m in IDENTIFIER.finditer(text) if not _is_card_number(re.sub(r"\D", "", m.group()))]
    for pattern in (CLAIM_REFERENCE, DATE, MONEY):
        spans += [m.span() for m in pattern.finditer(folded)]
    spans += [m.span("number") for m in INTRODUCED.finditer(folded)]
    folded = _hide(folded, spans)
    return _hide(folded, [m.span() for m in PHONE.finditer(folded)]) if phones else folded


def _is_card_number(digits: str) -> bool:
    return 13 <= len(digits) <= 19 and digits[0] in "3456" and bool(luhn.is_valid(digits))


def _cards(text: str) -> Iterator[tuple[int, int, str]]:
    quiet = _quiet(text)
    for run in RUN.finditer(quiet):
        digits = re.sub(r"\D", "", run.group())
        is_whole = 13 <= len(digits) <= 19 or len(digits) > LONGEST_LOOKED_INTO
        span = run.span() if is_whole else _card_inside(run)
        if span is None:
            continue
        yield (*span, "card")
        following = SECURITY_CODE.match(quiet, span[1])
        if following:
            yield (*following.span("code"), "code")


def _card_inside(run: re.Match[str]) -> tuple[int, int] | None:
    """In a longer run, such as a card followed by its date and code, return where the card and its tail stand."""
    groups = [(m.start() + run.start(), m.end() + run.start(), m.group()) for m in GROUP.finditer(run.group())]
    for first in range(len(groups)):
        joined = ""
        for last in range(first, min(first + 6, len(groups))):
            joined += groups[last][2]
            if len(joined) > 19:
                break
            fours = [len(g[2]) for g in groups[first : last + 1]] == [4, 4, 4, 4]
            if fours or _is_card_number(joined):
                rest = groups[last + 1 :]
                end = (
                    rest[-1][1]
                    if rest and all(len(g[2]) <= 4 for g in rest[:3]) and len(rest) <= 3
                    else groups[last][1]
                )
                return groups[first][0], end
    return None


def _national_key(shaped: str) -> bool:
    """Tell whether 11 digits carry a plausible birth date and the mod-97 key, with or without the leading 2."""
    digits = re.sub(r"\D", "", shaped)
    if len(digits) != 11:
        return False
    month, day, key = int(digits[2:4]), int(digits[4:6]), int(digits[9:])
    if month % 20 > 12 or month > 52 or day > 31:
        return False
    return any(97 - int(prefix + digits[:9]) % 97 == key for prefix in ("", "2"))


def _national_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    quiet = _quiet(text, phones=False)
    for match in NATIONAL_LAYOUT.finditer(quiet):
        yield (*match.span(), "national_number")
    for match in RUN.finditer(quiet):
        cued = NATIONAL_CUE.search(quiet, max(0, match.start() - 50), match.start())
        length = len(re.sub(r"\D", "", match.group()))
        abroad = re.search(r"\+ ?$", quiet[: match.start()])
        if (_national_key(match.group()) and not abroad) or (cued and length in {11, 12}):
            yield (*match.span(), "national_number")


def _codes(text: str) -> Iterator[tuple[int, int, str]]:
    for start, end in code_spans(_quiet(text)):
        yield start, end, "code"


def _passwords(text: str) -> Iterator[tuple[int, int, str]]:
    hidden = _hide(text, [m.span() for m in MARK.finditer(text)])
    for start, end in password_spans(hidden, fold(hidden)):
        yield start, end, "password"
