"""Reads the answers that a story already gives, so that they are never asked."""

import re
from datetime import datetime

from .channels import read_channel
from .folding import blank, fold
from .links import find_iban, find_order_number, find_url, iban_spans, phone_spans, url_spans
from .losses import read_loss
from .means import read_means
from .names import find_merchant, find_platforms
from .numbers import digits_for_words
from .people import read_victim
from .steps import read_bank_contacted, read_police_report
from .timeline import read_days

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
    found: dict[str, FieldValue | None] = {
        **read_days(plain, now),
        "amount_cents": read_loss(plain),
        "merchant": find_merchant(text, folded),
        "platform": next((platform.name for platform in find_platforms(folded)), None),
        "payment_means": read_means(plain),
        "contact_channel": read_channel(plain),
        "url": find_url(text),
        "iban": find_iban(text),
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
    card_stop = [span for span in phone_spans(quiet) if "078" not in quiet[slice(*span)]]
    return digits_for_words(blank(quiet, card_stop))
