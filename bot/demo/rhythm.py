"""When members write: by hour and weekday of Brussels, less on holidays, a little more each week."""

import random
from datetime import UTC, date, datetime, time, timedelta

from bot.conversations.hours import ZONE, is_open, opens_next
from bot.settings import settings

#: Of the day's messages, by hour: few at night, most after work.
HOURS = (3, 2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 9, 8, 8, 9, 9, 9, 10, 12, 13, 14, 12, 9, 6)
WEEKDAYS = (1.2, 1.1, 1.05, 1.0, 1.0, 0.85, 0.8)  # Monday first
HOLIDAYS = ((1, 1), (1, 5), (21, 7), (15, 8), (1, 11), (11, 11), (25, 12))  # day and month, Belgium, the fixed ones
HOLIDAY = 0.45
GROWTH = 0.5  # more on the last day than on the first
STAFFED = (time(8, 0), time(20, 0))  # when somebody answers, where the desk's hours are not set


def moments(count: int, days: int, end: datetime, chance: random.Random) -> list[datetime]:
    """Return `count` moments (UTC) of the `days` before `end`, in order."""
    last = end.astimezone(ZONE).date()
    every = [last - timedelta(days=ago) for ago in range(days, -1, -1)]
    weights = [_weight(day, place / days) for place, day in enumerate(every)]
    found: list[datetime] = []
    while len(found) < count:
        moment = _on(chance.choices(every, weights)[0], chance)
        if moment < end - timedelta(minutes=1):
            found.append(moment)
    return sorted(found)


def rising(count: int, days: float, end: datetime, chance: random.Random) -> list[datetime]:
    """Return `count` moments of the `days` before `end`, more and more of them."""
    found: list[datetime] = []
    while len(found) < count:
        ago = days * (1 - chance.random() ** 0.75)
        moment = _on((end - timedelta(days=ago)).astimezone(ZONE).date(), chance)
        if end - timedelta(days=days) < moment < end - timedelta(minutes=5):
            found.append(moment)
    return sorted(found)


def is_staffed(at: datetime) -> bool:
    """Tell whether somebody answers at this moment."""
    if settings().desk_hours.strip():
        return is_open(at)
    here = at.astimezone(ZONE)
    return here.weekday() < 6 and STAFFED[0] <= here.time() < STAFFED[1]  # noqa: PLR2004 (Sunday is 6)


def staffed_next(at: datetime) -> datetime:
    """Return when somebody answers again."""
    if settings().desk_hours.strip():
        return (opens_next(at) or at + timedelta(days=1)).astimezone(UTC)
    here = at.astimezone(ZONE)
    days = (here.date() + timedelta(days=ahead) for ahead in range(3))
    starts = (datetime.combine(day, STAFFED[0], ZONE) for day in days if day.weekday() < 6)  # noqa: PLR2004
    return next(start for start in starts if start > here).astimezone(UTC)


def _weight(day: date, share: float) -> float:
    is_holiday = (day.day, day.month) in HOLIDAYS or day in settings().desk_holidays
    return WEEKDAYS[day.weekday()] * (HOLIDAY if is_holiday else 1) * (1 + GROWTH * share)


def _on(day: date, chance: random.Random) -> datetime:
    hour = chance.choices(range(24), HOURS)[0]
    local = datetime.combine(day, time(hour), ZONE) + timedelta(seconds=chance.uniform(0, 3600))
    return local.astimezone(UTC)
