import json
import math

from bench.quantiles import quantile
from bench.report import BY_KEY, TARGETS, Report, ratio, shown

SPEED, SIZE, SHARE = BY_KEY["short_8_per_second"], BY_KEY["memory_mb"], BY_KEY["accuracy_all"]
GOOD = {target.row.key: target.limit for target in TARGETS}


def report(ours: dict[str, float]) -> Report:
    return Report({"date": "2026-01-02", "cores": 2}, {"memory_mb": 1200.0}, ours, {})


def test_a_ratio_above_one_always_means_better() -> None:
    assert ratio(SPEED, 50, 100) == "2.0 ×"
    assert ratio(SIZE, 1200, 600) == "2.0 ×"


def test_shares_are_compared_in_points() -> None:
    assert ratio(SHARE, 0.5, 0.75) == "+25.0 points"


def test_what_was_not_measured_is_a_dash() -> None:
    assert ratio(SPEED, math.nan, 100) == shown(SPEED, math.nan) == "–"


def test_values_carry_their_units() -> None:
    assert [shown(SPEED, 123.4), shown(SIZE, 12.34), shown(SHARE, 0.834)] == ["123 msg/s", "12.3 MB", "83.4 %"]


def test_a_value_at_its_limit_meets_the_target() -> None:
    assert all(target.is_met(GOOD) for target in TARGETS)


def test_a_value_that_is_missing_or_worse_misses_the_target() -> None:
    for target in TARGETS:
        worse = target.limit - 1 if target.row.more_is_better else target.limit + 1
        assert not target.is_met({target.row.key: worse})
        assert not target.is_met({})


def test_the_written_forms_hold_values_verdicts_and_the_machine() -> None:
    found = report({**GOOD, "memory_mb": 600.0, "short_p50_ms": 99.0})
    content = json.loads(found.as_json())
    assert content["ours"]["memory_mb"] == 600
    assert [target["key"] for target in content["targets"] if not target["met"]] == ["short_p50_ms"]
    markdown = found.as_markdown()
    assert "- cores: 2" in markdown
    assert "| memory of engine and actions | 1200 MB | 600 MB | 2.0 × |" in markdown
    assert "| turn at rest, short message, p50 | ≤ 15 ms | 99 ms | FAIL |" in markdown


def test_missing_values_are_null_in_json() -> None:
    content = json.loads(report({"memory_mb": math.nan}).as_json())
    assert content["ours"]["memory_mb"] is None


def test_quantiles_are_values_that_occurred() -> None:
    assert [quantile([4, 1, 3, 2], share) for share in (0.0, 0.5, 0.95)] == [1, 2, 4]
    assert math.isnan(quantile([], 0.5))
