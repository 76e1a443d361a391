import math

import pytest

from bench.nlu.figures import by_label, calibration_error, cheapest, confusions, figures, reliability, risk_coverage
from bench.nlu.predictions import Prediction, Truth


def predicted(
    truth: str, subtype: str = "", guess_subtype: str = "", also: bool = False, **shares: float
) -> Prediction:
    return Prediction(Truth("…", truth, subtype), shares, guess_subtype, also)


FOUR = [
    predicted("fraud", "fake_shop", "fake_shop", fraud=0.9, out_of_scope=0.1),
    predicted("fraud", "fake_shop", "romance_scam", fraud=0.7, insults=0.3),
    predicted("insults", fraud=0.6, insults=0.4),
    predicted("out_of_scope", out_of_scope=0.8, fraud=0.2),
]


def test_shares_of_right_guesses_are_counted_by_hand():
    found = figures(FOUR)
    assert found.accuracy == 0.75
    assert found.error == pytest.approx(math.sqrt(0.75 * 0.25 / 4))
    assert found.incidents == pytest.approx(2 / 3)
    assert found.incident_recall == pytest.approx((1 + 0 + 0 + 0) / 4), "families that do not occur count as missed"
    assert found.subtypes == 0.5
    assert found.out_of_scope == 1.0


def test_a_second_harm_is_counted_apart_from_the_label():
    found = figures([*FOUR, predicted("multi", also=True, fraud=0.5), predicted("multi", fraud=0.9)])
    assert found.harms == (0.5, 0.0)
    assert found.accuracy == 0.75
    assert found.messages == 6


def test_calibration_compares_confidence_with_the_share_of_right_guesses():
    sure_and_half_right = [predicted("fraud", fraud=0.95), predicted("insults", fraud=0.95)]
    assert reliability(sure_and_half_right) == [(pytest.approx(0.95), 0.5, 2)]
    assert calibration_error(sure_and_half_right) == pytest.approx(0.45)


def test_risk_and_coverage_at_a_threshold():
    at_65 = next(point for point in risk_coverage(FOUR) if point.threshold == 0.65)
    assert (at_65.coverage, at_65.risk) == (0.75, 0.0)
    assert at_65.cost == 0.25, "three right guesses cost nothing, the fourth message one question"
    assert cheapest(risk_coverage(FOUR)).cost == 0.25


def test_labels_and_confusions_name_what_was_taken_for_what():
    fraud = by_label(FOUR)[0]
    assert (fraud.label, fraud.recall, fraud.messages) == ("fraud", 1.0, 2)
    assert fraud.precision == pytest.approx(2 / 3)
    assert confusions(FOUR) == [("insults", "fraud", 1)]


def test_a_message_without_letters_is_not_ours():
    nothing = Prediction(Truth("🙂", "out_of_scope"), {}, "", False)
    assert nothing.guess == "out_of_scope"
    assert nothing.confidence == 0.0
