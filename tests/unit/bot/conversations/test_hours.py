from datetime import date, datetime

import pytest

from bot.conversations.hours import ZONE, is_open, opens_next, read_hours
from bot.errors import StartupProblem
from bot.settings import settings

WEEK = "mo-fr 08:30-12:00; mo-fr 13:00-18:00; sa 09:00-24:00"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of November 2026; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _hours(monkeypatch):
    monkeypatch.setattr(settings(), "desk_hours", WEEK)
    monkeypatch.setattr(settings(), "desk_holidays", [date(2026, 11, 24)])


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (at(23, 8, 29), False),
        (at(23, 8, 30), True),
        (at(23, 12, 0), False),
        (at(23, 17, 59), True),
        (at(24, 10), False),
        (at(28, 23, 59), True),
        (at(29, 12), False),
    ],
)
def test_advisers_are_there_in_the_hours_of_the_day_but_on_holidays(moment, there):
    assert is_open(moment) is there


@pytest.mark.parametrize(
    ("moment", "next_"),
    [(at(23, 3), at(23, 8, 30)), (at(23, 12, 5), at(23, 13)), (at(23, 20), at(25, 8, 30)), (at(29, 1), at(30, 8, 30))],
)
def test_the_next_opening_skips_nights_sundays_and_holidays(moment, next_):
    assert opens_next(moment) == next_


def test_without_hours_somebody_is_always_there(monkeypatch):
    monkeypatch.setattr(settings(), "desk_hours", "")
    assert is_open(at(29, 3))


@pytest.mark.parametrize("text", ["lundi 8-18", "mo-xx 08:00-18:00", "mo 25:00-26:00", "mo 08:00"])
def test_hours_that_cannot_be_read_are_refused_with_an_example(text):
    with pytest.raises(StartupProblem, match="mo-fr 08:30"):
        read_hours(text)
