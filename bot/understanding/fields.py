"""Reads the answers that a story already gives, so that they are never asked."""

import re
from datetime import datetime

from .channels import read_channel
from .folding import blank, fold
from .links import find_iban, find_order_number, find_url, iban_spans, phone_spans, url_spans
from .losses import read_loss
from .means import read_means
from .merchants import find_merchant
from .names import read_platform
from .numbers import digits_for_words
from .people import read_victim
from .shorthand import spell_out
from .steps import read_bank_contacted, read_police_report
from .timeline import read_days

NO_PHONE = re.compile(r"\d{2}[-/.]\d{2}[-/.]\d{4}$|.*078")  # a day; Card Stop's number tells of a call to the bank
LONGEST_STORY = 6000  # characters; what follows in a longer text is not read
HOUR = re.compile(r"(?<![\d.,/])(?:[01]?\d|2[0-3]) ?(?:h|:|u)(?: ?[0-5]\d)?(?!\w)")
type FieldValue = str | int | bool


def read_fields(text: str, now: datetime) -> dict[str, FieldValue]:
    """Return the fields a story states, by field id; what it does not state is absent.

    Dates are ISO days in Brussels, amounts euro cents. `now` is timezone-aware.
    """
    text = text[:LONGEST_STORY]
    folded = fold(text)
    plain = plain_words(text, folded)
    iban = find_iban(text)
    found: dict[str, FieldValue | None] = {
        **read_days(plain, now),
        "amount_cents": read_loss(plain),
        "merchant": find_merchant(text, folded),
        "platform": read_platform(folded),
        "payment_means": read_means(plain, iban),
        "contact_channel": read_channel(plain),
        "url": find_url(text),
        "iban": iban,
        "order_number": find_order_number(text, folded),
        "police_report": read_police_report(plain),
        "bank_contacted": read_bank_contacted(plain),
        "victim": read_victim(plain),
    }
    return {field: value for field, value in found.items() if value is not None}


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
