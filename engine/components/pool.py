"""The experts' common opinion: their scores, each by a weight fitted on held-out folds, then one softmax."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import List, Sequence, Text, Tuple

import numpy as np
from scipy.optimize import minimize
from sklearn.model_selection import StratifiedKFold

from engine.components.experts import MeaningExpert, WordingExpert


@dataclass(frozen=True)
class Strengths:
    """Inverse regularisation of the two experts, and how many folds calibrate the pool."""

    meaning_strength: float = 10.0
    wording_strength: float = 0.5
    folds: int = 2


@dataclass(frozen=True)
class Pool:
    """A log-linear pool: mixing and calibration in one, with one weight an expert."""

    labels: List[Text]
    meaning: MeaningExpert
    wording: WordingExpert
    shares: Tuple[float, float]

    @property
    def encoders(self) -> int:
        """Return of how many encoders it wants vectors."""
        return len(self.meaning.means)

    @classmethod
    def fit(
        cls, blocks: Sequence[np.ndarray], texts: Sequence[Text], labels: Sequence[Text], strengths: Strengths
    ) -> "Pool":
        """Fit both experts on n examples; their shares come from predictions on examples not trained on."""
        targets = np.asarray(labels)
        shares = _held_out_shares(blocks, np.asarray(texts, dtype=object), targets, strengths)
        meaning = MeaningExpert().fit(blocks, targets, strengths.meaning_strength)
        wording = WordingExpert().fit(texts, targets, strengths.wording_strength)
        return cls(sorted(set(labels)), meaning, wording, shares)

    def probabilities(self, blocks: Sequence[np.ndarray], texts: Sequence[Text]) -> np.ndarray:
        """Return calibrated probabilities, shape (n, labels)."""
        return _pooled(self.meaning.scores(blocks), self.wording.scores(texts), self.shares)

    def save(self, folder: Path) -> None:
        """Write everything below `folder`, without pickle."""
        self.meaning.save(folder)
        self.wording.save(folder)
        (folder / "pool.json").write_text(json.dumps({"labels": self.labels, "shares": self.shares}), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Pool":
        """Read what `save` wrote."""
        stored = json.loads((folder / "pool.json").read_text(encoding="utf-8"))
        return cls(stored["labels"], MeaningExpert.load(folder), WordingExpert.load(folder), tuple(stored["shares"]))


def _pooled(meaning: np.ndarray, wording: np.ndarray, shares: Sequence[float]) -> np.ndarray:
    logits = shares[0] * meaning + shares[1] * wording
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def _held_out_shares(
    blocks: Sequence[np.ndarray], texts: np.ndarray, targets: np.ndarray, strengths: Strengths
) -> Tuple[float, float]:
    """Return the shares that minimise the log loss over the folds' held-out examples."""
    classes = np.unique(targets)
    meaning, wording, truths = [], [], []
    folds = StratifiedKFold(strengths.folds, shuffle=True, random_state=7)
    for train, held_out in folds.split(texts, targets):
        first = MeaningExpert().fit([block[train] for block in blocks], targets[train], strengths.meaning_strength)
        second = WordingExpert().fit(list(texts[train]), targets[train], strengths.wording_strength)
        meaning.append(first.scores([block[held_out] for block in blocks]))
        wording.append(second.scores(list(texts[held_out])))
        truths.append(np.searchsorted(classes, targets[held_out]))
    scores, truth = (np.vstack(meaning), np.vstack(wording)), np.concatenate(truths)

    def log_loss(shares: np.ndarray) -> float:
        chosen = _pooled(*scores, shares)[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean())

    best = minimize(log_loss, x0=np.array([0.5, 2.0]), method="Nelder-Mead", options={"xatol": 0.01, "fatol": 1e-4})
    return float(best.x[0]), float(best.x[1])
