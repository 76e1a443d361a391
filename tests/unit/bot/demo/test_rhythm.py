import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

from bot.conversations.hours import ZONE
from bot.demo import rhythm

END = datetime(2026, 11, 23, 18, tzinfo=UTC)


def moments(count: int = 4_000) -> list[datetime]:
    return rhythm.moments(count, 90, END, random.Random(5))


def test_nothing_lies_in_the_future_or_before_the_days_asked_for():
    found = moments()
    assert found == sorted(found)
    assert END - timedelta(days=91) < found[0]
    assert found[-1] < END


def test_evenings_are_busier_than_nights_and_mondays_than_sundays():
    here = [moment.astimezone(ZONE) for moment in moments()]
    hours, days = Counter(moment.hour for moment in here), Counter(moment.weekday() for moment in here)
    assert hours[20] > 5 * hours[4]
    assert days[0] > days[6]


def test_a_holiday_is_quieter_than_the_same_day_a_week_before():
    days = Counter(moment.astimezone(ZONE).date() for moment in moments())
    assert days[date(2026, 11, 11)] < days[date(2026, 11, 4)]


def test_a_campaign_rises():
    found = rhythm.rising(300, 9, END, random.Random(5))
    half = END - timedelta(days=4.5)
    assert sum(moment > half for moment in found) > 150
