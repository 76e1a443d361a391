from datetime import date

import pytest

from bot.analytics.formats import change, duration, period, shown

NARROW, HARD = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.42, "0,4 s"),
        (59, "59 s"),
        (128, "2 min 8 s"),
        (600, "10 min"),
        (7_260, "2 h 1 min"),
        (7_200, "2 h"),
        (180_000, "2 j 2 h"),
    ],
)
def test_a_length_of_time_reads_in_its_two_largest_units(seconds, words):
    assert duration(seconds) == words


def test_figures_read_as_belgians_write_them():
    assert shown(0.611, "share") == f"61,1{HARD}%"
    assert shown(1_234_567, "count").replace(NARROW, " ").replace(HARD, " ") == "1 234 567"
    assert shown(123_450, "cents").replace(NARROW, " ").replace(HARD, " ") in ("1 234 €", "1 235 €")
    assert shown(None, "count") == "–"


def test_a_change_has_its_sign_and_a_small_one_is_none():
    assert change(120, 100) == f"+20{HARD}%"
    assert change(80, 100) == f"−20{HARD}%"
    assert change(100.2, 100) == "stable"
    assert change(5, 0) == ""
    assert change(None, 3) == ""


def test_a_period_reads_as_words():
    assert period(date(2026, 11, 1), date(2026, 11, 1)) == "1 novembre 2026"
    assert period(date(2026, 10, 30), date(2026, 11, 2)) == "du 30 octobre 2026 au 2 novembre 2026"
