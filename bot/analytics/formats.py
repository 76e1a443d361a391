"""Figures as a Belgian reads them."""

from datetime import date

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

LOCALE = "fr_BE"
NOTHING = "–"
MINUTE, HOUR, DAY = 60, 3_600, 86_400


def shown(value: float | None, unit: str) -> str:
    """Return a figure of the given unit (see metrics.Unit) in words."""
    if value is None:
        return NOTHING
    if unit == "share":
        return str(format_percent(value, format="#,##0.#\u00a0%", locale=LOCALE))
    if unit == "cents":
        return str(
            format_currency(round(value / 100), "EUR", format="#,##0\u00a0¤", locale=LOCALE, currency_digits=False)
        )
    if unit == "seconds":
        return duration(value)
    return str(format_decimal(value, format="#,##0" if unit == "count" else "#,##0.#", locale=LOCALE))


def duration(seconds: float) -> str:
    """Return a length of time in its two largest units."""
    if seconds < 10:
        return f"{format_decimal(seconds, format='0.#', locale=LOCALE)} s"
    if seconds < MINUTE:
        return f"{seconds:.0f} s"
    if seconds < HOUR:
        return _two(seconds, MINUTE, "min", 1, "s") if seconds < 10 * MINUTE else f"{seconds / MINUTE:.0f} min"
    if seconds < DAY:
        return _two(seconds, HOUR, "h", MINUTE, "min")
    return _two(seconds, DAY, "j", HOUR, "h")


def change(now: float | None, before: float | None) -> str:
    """Return by how much a figure changed against the period before, such as "+12 %"; "" where nothing compares."""
    if now is None or not before:
        return ""
    difference = (now - before) / before
    if abs(difference) < 0.005:
        return "stable"
    return str(format_percent(difference, format="+#,##0\u00a0%;-#,##0\u00a0%", locale=LOCALE)).replace("-", "−")


def day(value: date) -> str:
    """Return a day, short."""
    return str(format_date(value, "d MMM", locale=LOCALE))


def month(value: date) -> str:
    """Return a month, short."""
    return str(format_date(value, "MMM y", locale=LOCALE))


def period(first: date, last: date) -> str:
    """Return a period in words."""
    start, end = (format_date(each, "d MMMM y", locale=LOCALE) for each in (first, last))
    return str(start) if first == last else f"du {start} au {end}"


def _two(seconds: float, large: int, large_name: str, small: int, small_name: str) -> str:
    whole, rest = divmod(round(seconds / small) * small, large)
    return (
        f"{whole:.0f} {large_name} {rest // small:.0f} {small_name}" if rest // small else f"{whole:.0f} {large_name}"
    )
