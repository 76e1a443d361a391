import pytest

from bot.analytics.buckets import bucket_of, middle, quantile


@pytest.mark.parametrize("value", [1, 59, 3_600, 86_400, 4_999_00, 10**9])
def test_the_middle_of_a_bucket_is_at_most_two_and_a_half_percent_off(value):
    assert middle(bucket_of(value)) == pytest.approx(value, rel=0.025)


def test_what_is_below_one_is_zero():
    assert middle(bucket_of(0.4)) == 0


def test_a_median_and_a_ninetieth_percentile_computed_by_hand():
    waits = [10, 20, 30, 40, 50, 60, 70, 80, 90, 1_000]
    counts = {bucket_of(wait): 1 for wait in waits}
    assert quantile(counts, 0.5) == pytest.approx(50, rel=0.025)
    assert quantile(counts, 0.9) == pytest.approx(90, rel=0.025)


def test_nothing_counted_has_no_quantile():
    assert quantile({}, 0.5) is None
    assert quantile({3: 0}, 0.5) is None
