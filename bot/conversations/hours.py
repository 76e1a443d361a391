"""When advisers are there: CYBERCARE_DESK_HOURS and CYBERCARE_DESK_HOLIDAYS, Brussels time."""

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.errors import StartupProblem
from bot.settings import settings

ZONE = ZoneInfo("Europe/Brussels")
DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
PART = re.compile(r"(?P<first>[a-z]{2})(?:-(?P<last>[a-z]{2}))? (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)")
LOOK_AHEAD = 31  # days

Span = tuple[time, time]


def is_open(now: datetime) -> bool:
    """Tell whether advisers are there at this moment."""
    if not settings().desk_hours.strip():
        return True
    here = now.astimezone(ZONE)
    return any(opens <= here.time() < closes for opens, closes in _spans(here.date()))


def opens_next(now: datetime) -> datetime | None:
    """Return when somebody is there again, in Brussels time; None if not within a month."""
    here = now.astimezone(ZONE)
    days = (here.date() + timedelta(days=ahead) for ahead in range(LOOK_AHEAD))
    starts = (datetime.combine(day, opens, ZONE) for day in days for opens, _ in _spans(day))
    return next((start for start in starts if start > here), None)


@cache
def read_hours(text: str) -> dict[int, list[Span]]:
    """Return the spans of each weekday (0 is Monday), in order, from `mo-fr 08:30-18:00; sa 09:00-12:30`.

    Raises:
        StartupProblem: it cannot be read; the message shows an example.
    """
    week: dict[int, list[Span]] = {day: [] for day in range(len(DAYS))}
    try:
        for part in filter(None, (piece.strip() for piece in text.lower().split(";"))):
            found = PART.fullmatch(part)
            if found is None:
                raise ValueError(part)
            first, last = DAYS.index(found["first"]), DAYS.index(found["last"] or found["first"])
            span = (time.fromisoformat(found["opens"]), _closing(found["closes"]))
            for day in range(first, last + 1):
                week[day].append(span)
    except ValueError as error:
        raise StartupProblem(
            f"CYBERCARE_DESK_HOURS cannot be read near {error}: write it like `mo-fr 08:30-18:00; sa 09:00-12:30`."
        ) from error
    return {day: sorted(spans) for day, spans in week.items()}


def _closing(text: str) -> time:
    return time.max if text == "24:00" else time.fromisoformat(text)


def _spans(day: date) -> list[Span]:
    if day in settings().desk_holidays:
        return []
    return read_hours(settings().desk_hours)[day.weekday()]
