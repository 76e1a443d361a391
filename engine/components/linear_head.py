"""The linear head: centre and normalise each encoder's block, multinomial logistic regression, one temperature."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import List, Sequence, Text, Tuple

import numpy as np


@dataclass(frozen=True)
class LinearHead:
    """Trained weights. `means`: one (d_i,) vector per block; `weights`: (labels, sum d_i); `bias`: (labels,)."""

    labels: List[Text]
    means: List[np.ndarray]
    weights: np.ndarray
    bias: np.ndarray
    temperature: float

    @classmethod
    def fit(
        cls, blocks: Sequence[np.ndarray], labels: Sequence[Text], C: float, calibration_folds: int, random_state: int
    ) -> "LinearHead":
        """Fit on `blocks`, each (n, d_i) float32, and n labels; the temperature comes from held-out folds."""
        means = [block.mean(axis=0) for block in blocks]
        features = np.hstack([_centred(block, mean) for block, mean in zip(blocks, means)])
        targets = np.asarray(labels)
        temperature = _held_out_temperature(features, targets, C, calibration_folds, random_state)
        model = _fit_regression(features, targets, C)
        return cls(list(model.classes_), means, model.coef_.astype(np.float32), model.intercept_, temperature)

    def rank(self, vectors: Sequence[np.ndarray]) -> List[Tuple[Text, float]]:
        """Return all labels with their probabilities, the likeliest first, for one message's vectors."""
        features = np.concatenate([_centred(vector, mean) for vector, mean in zip(vectors, self.means)])
        probabilities = _softmax((self.weights @ features + self.bias) / self.temperature)
        order = np.argsort(-probabilities)
        return [(self.labels[index], float(probabilities[index])) for index in order]

    def save(self, path: Path) -> None:
        """Write everything to one .npz file, without pickle."""
        means = {f"mean_{index}": mean for index, mean in enumerate(self.means)}
        np.savez(
            path,
            labels=np.asarray(self.labels),
            weights=self.weights,
            bias=self.bias,
            temperature=self.temperature,
            **means,
        )

    @classmethod
    def load(cls, path: Path) -> "LinearHead":
        """Read what `save` wrote."""
        with np.load(path) as stored:
            means = [stored[key] for key in sorted(key for key in stored.files if key.startswith("mean_"))]
            return cls(
                stored["labels"].tolist(), means, stored["weights"], stored["bias"], float(stored["temperature"])
            )


def _centred(block: np.ndarray, mean: np.ndarray) -> np.ndarray:
    shifted = block - mean
    return shifted / np.maximum(np.linalg.norm(shifted, axis=-1, keepdims=True), 1e-9)


def _softmax(logits: np.ndarray) -> np.ndarray:
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def _fit_regression(features: np.ndarray, targets: np.ndarray, C: float):  # noqa: ANN202 - sklearn is imported late
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=C, max_iter=300, tol=1e-3).fit(features, targets)


def _held_out_temperature(
    features: np.ndarray, targets: np.ndarray, C: float, folds: int, random_state: int
) -> float:
    """Return the temperature that minimises the log loss of predictions on examples not trained on."""
    from scipy.optimize import minimize_scalar
    from sklearn.model_selection import StratifiedKFold

    logits, truths = [], []
    for train, held_out in StratifiedKFold(folds, shuffle=True, random_state=random_state).split(features, targets):
        model = _fit_regression(features[train], targets[train], C)
        logits.append(model.decision_function(features[held_out]))
        truths.append(np.searchsorted(model.classes_, targets[held_out]))
    scores, indices = np.vstack(logits), np.concatenate(truths)

    def log_loss(temperature: float) -> float:
        chosen = _softmax(scores / temperature)[np.arange(len(indices)), indices]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean())

    return float(minimize_scalar(log_loss, bounds=(0.05, 10.0), method="bounded").x)
