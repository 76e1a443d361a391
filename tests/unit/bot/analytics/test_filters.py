from datetime import date

import pytest
from django.http import QueryDict

from bot.analytics.filters import Filters

TODAY = date(2026, 11, 23)


def read(query: str) -> Filters:
    return Filters.read(QueryDict(query), TODAY)


def test_without_a_word_it_is_the_last_thirty_days():
    assert (read("").first, read("").last) == (date(2026, 10, 25), TODAY)


def test_the_period_before_is_as_long_and_ends_the_day_before():
    before = read("first=2026-11-01&last=2026-11-10").before()
    assert (before.first, before.last) == (date(2026, 10, 22), date(2026, 10, 31))


@pytest.mark.parametrize(
    "query", ["first=2027-01-01", "first=x", "days=0", "last=2030-01-01", "first=2026-11-20&last=2026-11-01"]
)
def test_a_period_that_cannot_be_becomes_one_that_can(query):
    filters = read(query)
    assert filters.first <= filters.last <= TODAY


def test_a_type_brings_its_family_and_unknown_values_are_left_out():
    assert (read("subtype=fraud/fake_shop").family, read("subtype=fraud/fake_shop").subtype) == ("fraud", "fake_shop")
    assert read("family=nope&subtype=nope/x&channel=fax&safety=?").dims() == {}


def test_the_query_leads_back_to_the_same_filters():
    filters = read("days=7&family=fraud&subtype=fraud/fake_shop&channel=web&safety=life")
    assert read(filters.query()) == filters
