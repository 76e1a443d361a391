"""Reads the answers that a story already gives, so that they are never asked."""

import re
from dataclasses import replace
from datetime import datetime

from bot.catalogue.model import SubType

from .candidates import BY_DEFAULT, Candidate, FieldValue, certain, find_candidates, find_sellers, find_sites
from .folding import blank, fold
from .judge import judge
from .links import find_iban, find_order_number, find_url, iban_spans, phone_spans, url_spans
from .numbers import digits_for_words
from .shorthand import spell_out

NO_PHONE = re.compile(r"\d{2}[-/.]\d{2}[-/.]\d{4}$|.*078")  # a day; Card Stop's number tells of a call to the bank
LONGEST_STORY = 6000  # characters; what follows in a longer text is not read
TELLING = ("is ", "rule ", "role ")  # cues: which choice it is, and what the rules think of it
HOUR = re.compile(r"(?<![\d.,/])(?:[01]?\d|2[0-3]) ?(?:h|:|u)(?: ?[0-5]\d)?(?!\w)")


def read_fields(text: str, now: datetime, subtype: SubType | None = None) -> dict[str, FieldValue]:
    """Return the fields a story states, by field id; what it does not state clearly is absent.

    Dates are ISO days in Brussels, amounts euro cents. `now` is timezone-aware. Where it is known of what the story
    tells, more is sure: a day or a sum means one thing of a parcel and another of a card.

    Raises:
        StartupProblem: nothing was trained yet.
    """
    return judge().choose(candidates_of(text, now, subtype))


def candidates_of(text: str, now: datetime, subtype: SubType | None = None) -> list[Candidate]:
    """Return all values that a story might mean; what is named beyond doubt has a single candidate."""
    found = _candidates(text, now)
    if subtype is None:
        return [each for each in found if BY_DEFAULT not in each.cues]
    return [_of_subtype(each, subtype) for each in found]


def _of_subtype(candidate: Candidate, subtype: SubType) -> Candidate:
    """Return the candidate with cues that say of what the story tells, and what its own mean there.

    All are told again for the family, which has stories enough to learn from; for the sub-type only the telling ones.
    """
    of_family = (f"{cue} of {subtype.family}" for cue in candidate.cues)
    of_subtype = (f"{cue} of {subtype.id}" for cue in candidate.cues if cue.startswith(TELLING))
    about = {*of_family, *of_subtype, f"family {subtype.family}", f"subtype {subtype.id}"}
    return replace(candidate, cues=candidate.cues | about)


def _candidates(text: str, now: datetime) -> list[Candidate]:
    text = text[:LONGEST_STORY]
    folded = fold(text)
    plain = plain_words(text, folded)
    iban = find_iban(text)
    named: dict[str, FieldValue | None] = {
        "url": find_url(text),
        "iban": iban,
        "order_number": find_order_number(text, folded),
    }
    return [
        *find_candidates(plain, now, iban),
        *find_sellers(text, folded),
        *find_sites(folded),
        *(certain(field, value, folded) for field, value in named.items() if value is not None),
    ]


def is_same(one: FieldValue | None, other: FieldValue | None) -> bool:
    """Tell whether two values of a field mean the same; names are compared without accents, capitals and spaces."""
    if isinstance(one, str) and isinstance(other, str):
        return "".join(fold(one).split()) == "".join(fold(other).split())
    return one == other


def plain_words(text: str, folded: str) -> str:
    """Return folded text with numbers in digits and without links, accounts, telephones and hours."""
    spans = url_spans(text) + iban_spans(text)
    quiet = blank(folded, spans)
    quiet = blank(quiet, [m.span() for m in HOUR.finditer(quiet)])
    order = find_order_number(text, folded)
    if order and len(order) > 5:
        quiet = quiet.replace(fold(order), " " * len(order))
    card_stop = [span for span in phone_spans(quiet) if not NO_PHONE.match(quiet[slice(*span)])]
    return digits_for_words(spell_out(blank(quiet, card_stop)))
