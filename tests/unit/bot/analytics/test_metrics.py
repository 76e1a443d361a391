import pytest

from bot.analytics.buckets import bucket_of
from bot.analytics.metrics import DOCUMENT, FIGURES, as_markdown
from bot.analytics.sums import Sums


def rows(measure: str, *values: float, key: str = "", bucketed: bool = False):
    return [(measure, key, bucket_of(value) if bucketed else 0, 1, value) for value in values]


def value(figure: str, *given) -> float | None:
    return FIGURES[figure].value(Sums([row for part in given for row in part]))


def test_the_page_of_definitions_is_what_the_code_says():
    assert DOCUMENT.read_text(encoding="utf-8") == as_markdown(), "run `python -m bot.analytics.metrics`"


def test_every_figure_has_a_title_and_a_full_definition():
    for figure in FIGURES.values():
        assert figure.title
        assert figure.definition.endswith(".")


@pytest.mark.parametrize(
    ("figure", "given", "expected"),
    [
        ("reports", [rows("report", 0, 0, 0)], 3),
        ("claim_share", [rows("claim", 0), rows("report", 0, 0, 0, 0)], 0.25),
        ("amount_sum", [rows("amount", 10_000, 5_050, bucketed=True)], 15_050),
        ("completion", [rows("claim", 0, 0, 0), rows("form", 0, 0, 0, 0)], 0.75),
        ("left", [rows("cancelled", 0, 0), rows("declined", 0)], 3),
        ("satisfaction", [rows("satisfaction", 5, 4, 3)], 4),
        ("confidence", [rows("confidence", 0.9, key="9"), rows("confidence", 0.3, key="3")], 0.6),
        ("low_confidence", [rows("confidence", 0.9, key="9"), rows("confidence", 0.3, key="3")], 0.5),
        ("two_misses", [rows("not_understood", 0, 0, key="1"), rows("not_understood", 0, key="2")], 1),
        ("messages", [rows("message", 0, 0, 0), rows("started", 0, 0)], 1.5),
    ],
)
def test_a_figure_computed_by_hand(figure, given, expected):
    assert value(figure, *given) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("figure", "measure", "key"),
    [
        ("amount_median", "amount", ""),
        ("claim_time", "claim_time", ""),
        ("waiting", "waiting", "in"),
        ("first_reply", "first_reply", "in"),
        ("first_reply_out", "first_reply", "out"),
        ("handling", "handling", "out"),
        ("claim_age", "claim_age", ""),
    ],
)
def test_a_median_computed_by_hand(figure, measure, key):
    assert value(figure, rows(measure, 60, 120, 5_000, key=key, bucketed=True)) == pytest.approx(120, rel=0.025)


def test_waiting_outside_the_hours_is_no_waiting_within():
    assert value("waiting", rows("waiting", 9_000, key="out", bucketed=True)) is None


@pytest.mark.parametrize("figure", FIGURES)
def test_no_figure_fails_on_nothing(figure):
    assert value(figure) in (None, 0)


def test_the_median_answer_is_told_in_seconds_and_counted_in_milliseconds():
    assert value("answer_time", rows("answered_message", 300, 450, 9_000, bucketed=True)) == pytest.approx(
        0.45, rel=0.025
    )
