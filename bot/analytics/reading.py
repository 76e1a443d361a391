"""Reads the counts of a period; every query is bounded by its measures and days."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from bot.analytics.filters import Filters
from bot.analytics.sums import Sums

DAY = timedelta(days=1)
LONG = 62  # days: a longer period is read by month where it has whole ones
BY_MONTH_FROM = 400  # days: a longer period is also drawn by month
DAYS = (
    "SELECT day, {names} FROM analytics_{broad}daily"
    " WHERE measure = ANY(%(measures)s) AND day BETWEEN %({first})s AND %({last})s"
)
MONTHS = (
    "SELECT month AS day, {names} FROM analytics_{broad}monthly"
    " WHERE measure = ANY(%(measures)s) AND month BETWEEN %(month)s AND %(end)s"
)
NAMES = "measure, key, bucket, family, subtype, count, total"
BY_HOUR = (
    "SELECT measure, hour, sum(count)::bigint FROM analytics_hourly WHERE measure = ANY(%(measures)s)"
    " AND hour >= %(first)s::timestamp AT TIME ZONE 'Europe/Brussels'"
    " AND hour < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Europe/Brussels'{where} GROUP BY 1, 2"
)


def is_known(filters: Filters) -> bool:
    """Tell whether anything was counted by the first day of the period: a half-known one compares with nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(day) FROM analytics_broaddaily WHERE measure = 'started'")
        first: date | None = cursor.fetchone()[0]
    return first is not None and first <= filters.first


def sums(filters: Filters, measures: Iterable[str]) -> Sums:
    """Return the sums of these measures."""
    return Sums(_read("measure, key, bucket, sum(count)::bigint, sum(total)", 3, filters, measures))


def by_day(filters: Filters, *measures: str) -> dict[str, dict[date, int]]:
    """Return counts by measure and day; days without any are missing. Very long periods have months for days."""
    found: dict[str, dict[date, int]] = {measure: {} for measure in measures}
    for measure, day, counted in _read("measure, day, sum(count)::bigint", 2, filters, measures, is_drawn=True):
        found[measure][day] = counted
    return found


def totals_by_day(filters: Filters, measure: str) -> dict[date, tuple[int, float]]:
    """Return count and total of one measure by day, as `by_day`."""
    rows = _read("day, sum(count)::bigint, sum(total)", 1, filters, [measure], is_drawn=True)
    return {day: (counted, total) for day, counted, total in rows}


def by_family_and_day(filters: Filters, measure: str) -> dict[str, dict[date, int]]:
    """Return counts of one measure by family and day, as `by_day`."""
    found: dict[str, dict[date, int]] = defaultdict(dict)
    for family, day, counted in _read("family, day, sum(count)::bigint", 2, filters, [measure], is_drawn=True):
        found[family][day] = counted
    return found


def by_incident(filters: Filters, *measures: str) -> dict[tuple[str, str], dict[str, int]]:
    """Return counts by (family, sub-type), each by measure."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for family, subtype, measure, counted in _read(
        "family, subtype, measure, sum(count)::bigint", 3, filters, measures
    ):
        found[family, subtype][measure] = counted
    return found


def by_hour_of_week(filters: Filters, measure: str) -> dict[tuple[int, int], int]:
    """Return counts by (weekday, hour) in Brussels; Monday is 0."""
    rows = _read("key, sum(count)::bigint", 1, filters, [f"{measure}_hour"])
    places = ((key.split("-"), counted) for key, counted in rows)
    return {(int(day), int(hour)): counted for (day, hour), counted in places}


def by_hour(filters: Filters, *measures: str) -> dict[str, dict[datetime, int]]:
    """Return counts by measure and hour (UTC)."""
    found: dict[str, dict[datetime, int]] = {measure: {} for measure in measures}
    chosen = filters.dims()
    with connection.cursor() as cursor:
        values: dict[str, Any] = {**chosen, "measures": list(measures), "first": filters.first, "last": filters.last}
        cursor.execute(BY_HOUR.format(where=_where(chosen)), values)
        for measure, hour, counted in cursor.fetchall():
            found[measure][hour] = counted
    return found


def confusion(filters: Filters) -> dict[tuple[str, str], int]:
    """Return how often each kind ("family/sub-type") was corrected to which."""
    rows = _read("family || '/' || subtype, key, sum(count)::bigint", 2, filters, ["confused"])
    return {(was, became): counted for was, became, counted in rows}


def _read(columns: str, keys: int, filters: Filters, measures: Iterable[str], *, is_drawn: bool = False) -> list[Any]:
    """Return rows of `columns`, grouped by the first `keys` of them; what is drawn needs days but of long periods.

    Where neither columns nor filters need more than the family, the broad tables are read.
    """
    chosen = filters.dims()
    first, last = filters.first, filters.last
    month, end = _whole_months(first, last)
    values: dict[str, Any] = {**chosen, "measures": list(measures), "first": first, "last": last}
    if filters.days > (BY_MONTH_FROM if is_drawn else LONG) and month < end:
        values |= {"month": month, "end": end - DAY, "before": month - DAY, "after": end}
        parts = [MONTHS, DAYS.replace("{last}", "before"), DAYS.replace("{first}", "after")]
    else:
        parts = [DAYS]
    where, grouped = _where(chosen), ", ".join(str(place + 1) for place in range(keys))
    is_broad = chosen.keys() <= {"family"} and "subtype" not in columns
    names = {"names": NAMES, "broad": "broad" if is_broad else "", "first": "first", "last": "last"}
    source = " UNION ALL ".join(part.format(**names) + where for part in parts)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM ({source}) cells GROUP BY {grouped} ORDER BY {grouped}", values)  # noqa: S608
        return list(cursor.fetchall())


def _whole_months(first: date, last: date) -> tuple[date, date]:
    """Return the first day of the first whole month within the period, and of the one behind the last whole month."""
    month = first if first.day == 1 else (first.replace(day=1) + timedelta(days=31)).replace(day=1)
    return month, (last + DAY).replace(day=1)


def _where(chosen: Mapping[str, str]) -> str:
    return "".join(f" AND {name} = %({name})s" for name in chosen)
