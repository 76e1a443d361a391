"""Reads what the address of a page asks for."""

from datetime import date

from django.utils.dateparse import parse_date


def day_of(text: str) -> date | None:
    """Return the day (YYYY-MM-DD), or None for whatever else stands there."""
    try:
        return parse_date(text)
    except ValueError:
        return None
