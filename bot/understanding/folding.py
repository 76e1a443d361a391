"""Brings French text to one plain form, character for character, so that positions still point into the original."""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’‘ʼ`´′"
DASHES = "-‐‑‒–—−"
FOLDED = dict.fromkeys(APOSTROPHES, " ") | dict.fromkeys(DASHES, "-")
SENTENCE_END = re.compile(r"[!?;\n]|\.(?!\d)|\.\.\.")
STOP = re.compile(r"[!?;\n]|\.(?!\d)")
CLAUSE_END = re.compile(r",(?!\d)|[:()]|\b(?:et|mais|puis|donc|alors|ensuite|car|parce que|depuis que|sauf que)\b")


def fold(text: str) -> str:
    """Return the text lower-cased, without accents, apostrophes as spaces; same length as the input."""
    return "".join(map(_fold_char, text))


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in FOLDED:
        return FOLDED[char]
    if char.isascii():
        return char.lower()
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(char)
    if category[0] == "L":
        return unicodedata.normalize("NFKD", char)[0].lower()[0]
    return " " if category in {"Zs", "Cf"} else char


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """Replace the given (start, end) spans by as many spaces."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def sentence_around(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return the (start, end) of the sentence that holds the given span."""
    first, last = 0, len(folded)
    for mark in SENTENCE_END.finditer(folded):
        if mark.end() <= start:
            first = mark.end()
        elif mark.start() >= end:
            last = mark.start()
            break
    return first, last


def said_before(plain: str, start: int, reach: int) -> str:
    """Return what the same sentence says just before a place, at most `reach` characters."""
    return STOP.split(plain[max(0, start - reach) : start])[-1]


def said_after(plain: str, end: int, reach: int) -> str:
    """Return what the same sentence says just after a place, at most `reach` characters."""
    return STOP.split(plain[end : end + reach], maxsplit=1)[0]


def clauses(folded: str, first: int, last: int) -> list[tuple[int, int]]:
    """Cut the stretch [first, last) at commas and linking words; empty pieces are left out."""
    cuts = [first]
    for mark in CLAUSE_END.finditer(folded, first, last):
        cuts.append(mark.end() if mark.group() in ",:()" else mark.start())
    cuts.append(last)
    pairs = zip(cuts, cuts[1:], strict=False)
    return [(start, end) for start, end in pairs if folded[start:end].strip(" ,:()")]
