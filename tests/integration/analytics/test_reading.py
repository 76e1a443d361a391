"""Whatever the period, the counts are those of its days: by day, by month, or both."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from bot.analytics import reading
from bot.analytics.boards.model import timeline
from bot.analytics.filters import Filters
from bot.events.models import Event
from tests.integration.analytics.conftest import count_all

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, DAYS = date(2024, 1, 1), 1_000


@pytest.fixture
def one_a_day(transactional_db: None) -> None:
    noon = datetime(FIRST.year, FIRST.month, FIRST.day, 12, tzinfo=UTC)
    days = (noon + timedelta(days=number) for number in range(DAYS))
    told = {"family": "fraud", "subtype": "fake_shop"}
    Event.objects.bulk_create(
        Event(at=at, name="incident_understood", conversation=uuid4(), properties=told) for at in days
    )
    count_all()


def test_every_day_of_any_period_counts_once(one_a_day):
    for first in (FIRST, date(2024, 1, 31), date(2024, 2, 1)):
        for days in (1, 28, 62, 63, 90, 399, 400, 401, 700):
            filters = Filters(first, first + timedelta(days=days - 1), family="fraud")
            assert reading.sums(filters, ["report"]).count("report") == days
            assert sum(reading.by_hour_of_week(filters, "report").values()) == days
            assert sum(timeline(filters, reading.by_day(filters, "report")["report"])[1]) == days


def test_another_family_is_not_counted(one_a_day):
    filters = Filters(FIRST, FIRST + timedelta(days=500), family="insults")
    assert reading.sums(filters, ["report"]).count("report") == 0


def test_hours_of_the_week_are_those_of_brussels(one_a_day):
    winter = Filters(date(2024, 1, 1), date(2024, 1, 7))
    summer = Filters(date(2024, 7, 1), date(2024, 7, 7))
    assert {hour for _, hour in reading.by_hour_of_week(winter, "report")} == {13}
    assert {hour for _, hour in reading.by_hour_of_week(summer, "report")} == {14}


def test_a_period_compares_only_where_all_of_it_was_recorded():
    at = datetime(2024, 5, 10, 12, tzinfo=UTC)
    Event.objects.create(at=at, name="conversation_started", conversation=uuid4(), properties={"channel": "web"})
    count_all()
    assert reading.is_known(Filters(date(2024, 5, 10), date(2024, 5, 20)))
    assert not reading.is_known(Filters(date(2024, 5, 9), date(2024, 5, 20)))


def test_nothing_is_known_where_nothing_was_recorded():
    assert not reading.is_known(Filters(date(2024, 5, 10), date(2024, 5, 20)))
