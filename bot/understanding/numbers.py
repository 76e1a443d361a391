"""Rewrites French number words as digits, Belgian ones included ("nonante", "douze cents", "2 mille")."""

import re

from text_to_num import text2num  # type: ignore[import-untyped]  # text2num 3 ships no py.typed

TEENS = "onze|douze|treize|quatorze|quinze|seize|dix[ -]sept|dix[ -]huit|dix[ -]neuf"
WORD = (
    "zero|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente"
    "|quarante|cinquante|soixante|septante|octante|huitante|nonante|cents?|milles?|millions?"
)
SEQUENCE = re.compile(rf"(?<![\w-])(?:{WORD})(?:(?:[ -]+| et )(?:{WORD}))*(?![\w-])")
UNIT_AFTER = re.compile(r" ?(?:€|eur|euros?|balles|boules|jours?|semaines?|mois|ans?|heures?|minutes?|fois|x)(?!\w)")
DIGIT_BEFORE = re.compile(r"\d ?$")
DIGIT_AFTER = re.compile(r" ?\d")
DIGITS_THOUSAND = re.compile(r"(?<![\d.,/])(\d{1,3}) ?milles?(?:[ -](\d{1,3}))?(?![\w.,/]\d|\w)")
DIGITS_HUNDRED = re.compile(r"(?<![\d.,/])([2-9]) cents?(?= (?:€|eur|balles))")
TEEN_HUNDREDS = re.compile(rf"({TEENS})[ -]cents?(?:[ -](.+))?")
COIN_TAIL = re.compile(r"[ -]cents?$")
AMBIGUOUS_ALONE = {"neuf", "un", "une", "sept", "six", "cents"}


def digits_for_words(folded: str) -> str:
    """Return folded text with its number words in digits; words that may be something else ("neuf") stay."""
    text = SEQUENCE.sub(lambda found: _rewrite(found, folded), folded)
    text = DIGITS_THOUSAND.sub(lambda m: str(int(m[1]) * 1000 + int(m[2] or 0)), text)
    return DIGITS_HUNDRED.sub(lambda m: str(int(m[1]) * 100), text)


def _rewrite(found: re.Match[str], folded: str) -> str:
    words = found.group()
    if DIGIT_BEFORE.search(folded, max(0, found.start() - 2), found.start()) or DIGIT_AFTER.match(folded, found.end()):
        return words
    if words in {"un", "une", "cents"}:
        return words
    if words in AMBIGUOUS_ALONE and not UNIT_AFTER.match(folded, found.end()):
        return words
    coins = COIN_TAIL.search(words)
    if coins and (head := number_in(words[: coins.start()])) is not None and head >= 20 and head < 100:
        return f"{head}{coins.group()}"
    value = number_in(words)
    return words if value is None else str(value)


def number_in(words: str) -> int | None:
    """Return the whole number that the words spell, or None."""
    words = " ".join(words.replace("milles", "mille").split())
    teens = TEEN_HUNDREDS.fullmatch(words)
    try:
        if teens:
            return int(text2num(teens[1], "fr")) * 100 + (int(text2num(teens[2], "fr")) if teens[2] else 0)
        return int(text2num(words, "fr"))
    except ValueError:
        return None
