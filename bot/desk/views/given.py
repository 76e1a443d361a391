"""Reads what the address of a page asks for."""

from datetime import date

from django.utils.dateparse import parse_date


def day_of(text: str) -> date | None:
    """Return the day (YYYY-MM-DD), or None for whatever else stands there."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def moment_of(text: str) -> float:
    """Return the moment (unix seconds), or one long ago for whatever else stands there."""
    try:
        return float(text)
    except ValueError:
        return 0.0
