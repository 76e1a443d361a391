"""The figures of a set of predictions; shares between 0 and 1."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import precision_recall_fscore_support, recall_score, roc_auc_score

from bench.labelled import FAMILIES
from bench.nlu.predictions import MULTI, Prediction

BINS = 10
WRONG_COSTS = 2.0  # questions: being put right and asked anew; offering two guesses costs one


@dataclass(frozen=True)
class Figures:
    """`error` is one standard error of `accuracy`; `harms` what a second harm is worth: (found, false alarms)."""

    messages: int
    accuracy: float
    error: float
    incidents: float
    incident_recall: float
    out_of_scope: float
    calibration: float
    subtypes: float
    harms: tuple[float, float]


@dataclass(frozen=True)
class LabelFigures:
    """One row of the table of labels."""

    label: str
    precision: float
    recall: float
    f1: float
    messages: int


@dataclass(frozen=True)
class Acceptance:
    """What happens when only guesses of at least `threshold` are accepted; `risk` is the share of wrong ones."""

    threshold: float
    coverage: float
    risk: float
    cost: float  # questions a message


def figures(predictions: Sequence[Prediction]) -> Figures:
    """Return all figures; what cannot be measured on this set is nan."""
    single = [each for each in predictions if each.truth.label != MULTI]
    rights = np.array([each.is_right for each in single])
    incidents = [each for each in single if each.is_incident]
    with_subtype = [each for each in single if each.truth.subtype]
    return Figures(
        messages=len(predictions),
        accuracy=float(rights.mean()),
        error=float(np.sqrt(rights.mean() * (1 - rights.mean()) / len(rights))),
        incidents=_mean([each.is_right for each in incidents]),
        incident_recall=_incident_recall(incidents),
        out_of_scope=_out_of_scope(single),
        calibration=calibration_error(single),
        subtypes=_mean([each.is_right and each.subtype == each.truth.subtype for each in with_subtype]),
        harms=(
            _mean([each.also for each in predictions if each.truth.label == MULTI]),
            _mean([each.also for each in single]),
        ),
    )


def by_label(predictions: Sequence[Prediction]) -> list[LabelFigures]:
    """Return precision, recall and F1 of each label that occurs, the most frequent first."""
    single = [each for each in predictions if each.truth.label != MULTI]
    labels = [label for label, _ in Counter(each.truth.label for each in single).most_common()]
    truth, guesses = [each.truth.label for each in single], [each.guess for each in single]
    columns = precision_recall_fscore_support(truth, guesses, labels=labels, zero_division=0)
    return [
        LabelFigures(label, *map(float, values[:3]), int(values[3]))
        for label, *values in zip(labels, *columns, strict=True)
    ]


def confusions(predictions: Sequence[Prediction], most: int = 12) -> list[tuple[str, str, int]]:
    """Return the most frequent pairs of (truth, wrong guess, count)."""
    single = [each for each in predictions if each.truth.label != MULTI]
    pairs = Counter((each.truth.label, each.guess) for each in single if not each.is_right)
    return [(truth, guess, count) for (truth, guess), count in pairs.most_common(most)]


def reliability(predictions: Sequence[Prediction]) -> list[tuple[float, float, int]]:
    """Return per tenth of confidence: mean confidence, share of right guesses, count."""
    confidence = np.array([each.confidence for each in predictions])
    rights = np.array([each.is_right for each in predictions])
    tenths = np.minimum((confidence * BINS).astype(int), BINS - 1)
    found = [tenths == tenth for tenth in range(BINS)]
    return [(float(confidence[at].mean()), float(rights[at].mean()), int(at.sum())) for at in found if at.any()]


def calibration_error(predictions: Sequence[Prediction]) -> float:
    """Return the expected calibration error over tenths of confidence."""
    return sum(abs(mean - share) * count for mean, share, count in reliability(predictions)) / len(predictions)


def risk_coverage(predictions: Sequence[Prediction]) -> list[Acceptance]:
    """Return coverage, risk and cost at thresholds from .2 to .95, over messages that are incidents or not ours."""
    mattering = [each for each in predictions if each.is_incident or each.truth.label == "out_of_scope"]
    confidence = np.array([each.confidence for each in mattering])
    wrong = np.array([not each.is_right for each in mattering])
    return [_accepted(float(at), confidence, wrong) for at in np.arange(0.2, 0.96, 0.05)]


def cheapest(curve: Sequence[Acceptance]) -> Acceptance:
    """Return the threshold that costs members the fewest questions."""
    return min(curve, key=lambda point: point.cost)


def _accepted(threshold: float, confidence: np.ndarray, wrong: np.ndarray) -> Acceptance:
    at = confidence >= threshold
    cost = WRONG_COSTS * wrong[at].sum() + (~at).sum()
    return Acceptance(round(threshold, 2), float(at.mean()), _mean(wrong[at]), float(cost / len(at)))


def _incident_recall(incidents: Sequence[Prediction]) -> float:
    """Return the mean of the families' recalls."""
    if not incidents:
        return float("nan")
    truth, guesses = [each.truth.label for each in incidents], [each.guess for each in incidents]
    return float(recall_score(truth, guesses, labels=list(FAMILIES), average="macro", zero_division=0))


def _out_of_scope(single: Sequence[Prediction]) -> float:
    """Return the area under the ROC curve of "this is not ours"."""
    truth = [each.truth.label == "out_of_scope" for each in single]
    if len(set(truth)) < 2:
        return float("nan")
    return float(roc_auc_score(truth, [each.shares.get("out_of_scope", 0.0) for each in single]))


def _mean(values: Sequence[bool] | np.ndarray) -> float:
    return float(np.mean(values)) if len(values) else float("nan")
