from datetime import date

import pytest

from bot.claims.checks import explanation, plausible, refusal

TODAY = date(2026, 11, 23)


def test_a_date_to_come_is_refused_and_today_is_not():
    assert refusal({}, "incident_date", "2026-11-24", TODAY) == "date_in_future"
    assert refusal({}, "incident_date", "2026-11-23", TODAY) == ""


@pytest.mark.parametrize(
    ("known", "field", "value"),
    [
        ({"incident_date": "2026-11-01"}, "order_date", "2026-11-02"),
        ({"order_date": "2026-11-02"}, "incident_date", "2026-11-01"),
        ({"order_date": "2026-11-02"}, "reception_date", "2026-11-01"),
        ({"reception_date": "2026-11-01"}, "order_date", "2026-11-02"),
    ],
)
def test_an_order_cannot_come_after_what_happened_to_it(known, field, value):
    assert refusal(known, field, value, TODAY) == "date_out_of_order"
    assert refusal(dict.fromkeys(known, "?"), field, value, TODAY) == ""


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("amount_cents", 500_001, "amount_above_known"),
        ("amount_cents", 500_000, ""),
        ("bank_contacted", False, "bank_not_yet"),
        ("bank_contacted", True, ""),
        ("incident_date", "2025-09-01", "long_ago"),
        ("incident_date", "2026-11-01", ""),
        ("reception_date", "2026-11-09", "withdrawal_open"),
        ("reception_date", "2026-11-08", ""),
        ("reception_date", "2024-11-08", ""),
    ],
)
def test_what_is_taken_as_it_is_may_be_explained(field, value, sentence):
    assert explanation(field, value, TODAY) == sentence


def test_values_of_a_story_that_cannot_be_are_left_out():
    story = {"order_date": "2026-11-10", "incident_date": "2026-11-09", "amount_cents": 100}
    assert plausible(story, TODAY) == {"order_date": "2026-11-10", "amount_cents": 100}
