"""What an answer must fulfil besides being readable, and what is explained about it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

CENTS_A_YEAR = 500_000  # product page: 5,000 € a year
#: In which a purchase at a distance may be given up (economie.fgov.be, "Ventes à distance : délai de rétractation").
WITHDRAWAL = timedelta(days=14)
OLD = timedelta(days=396)  # 13 months: banks look at disputed payments no longer back
#: Pairs of dates of which the first cannot come after the second.
ORDER = (("order_date", "incident_date"), ("order_date", "reception_date"))


def refusal(values: Mapping[str, Any], field: str, value: Any, today: date) -> str:
    """Return the id of the sentence that says why `value` cannot be, or nothing; `values` are the draft's."""
    if not field.endswith("_date"):
        return ""
    day = date.fromisoformat(value)
    if day > today:
        return "date_in_future"
    for first, second in ORDER:
        pair = {**values, field: value}
        if (
            field in (first, second)
            and all(_is_day(pair.get(name)) for name in (first, second))
            and pair[first] > pair[second]
        ):
            return "date_out_of_order"
    return ""


def explanation(field: str, value: Any, today: date) -> str:
    """Return the id of a sentence that goes with a value which is taken as it is, or nothing."""
    if field == "amount_cents" and value > CENTS_A_YEAR:
        return "amount_above_known"
    if field == "bank_contacted" and value is False:
        return "bank_not_yet"
    if field == "reception_date":
        return "withdrawal_open" if today - date.fromisoformat(value) <= WITHDRAWAL else ""
    if field.endswith("_date") and today - date.fromisoformat(value) > OLD:
        return "long_ago"
    return ""


def plausible(values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return the values of a story without those that cannot be: they are asked instead."""
    kept: dict[str, Any] = {}
    for name, value in values.items():
        if not refusal(kept, name, value, today):
            kept[name] = value
    return kept


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and value[:1].isdigit()
