"""Whether a message tells a danger to life: which told examples it resembles, in wording and in meaning.

Ridge regression on a kernel, as in the pool's kernel member. It learns from all dangers, all lines written to look like
one, and of the other harmless examples from those that a quick linear machine finds the most alarming, and some drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Sequence, Text

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from engine.components.pool import MEANING_SHARE, likeness

FALSE_ALARMS = 0.02  # of held-out ordinary examples: what half a confidence stands for; of incidents it is 1.4 %
HARDEST, DRAWN = 3000, 2500  # ordinary harmless examples learnt from; without the hardest, 7 points of recall are lost
SHORTEST = 6  # words: "j'ai 45 ans", "c'est pour ma maman" say too little; rules and the intent `distress` read those
HELD_OUT = 0.2  # of the examples, to find what score is half a confidence
RIDGE = 0.7  # between .3 and 2 nothing changes by more than a point
STRENGTH = 0.1  # of the quick machine
SEED = 7


@dataclass(frozen=True)
class Danger:
    """Arrays float32: F wording features, n examples, d dimensions of a sentence vector."""

    words: np.ndarray  # (F,) the wording part is linear, and so summed up beforehand
    examples: np.ndarray  # (n, d) their directions
    example_weights: np.ndarray  # (n,)
    scale: np.ndarray  # (2,) by what a score is multiplied for a confidence, and what is then added

    ARRAYS = ("words", "examples", "example_weights", "scale")

    def confidences(self, words: csr_matrix, pointing: np.ndarray, texts: Sequence[Text]) -> np.ndarray:
        """Return how sure each of m messages tells a danger, (m,), from its wording (m, F) and direction (m, d).

        `FALSE_ALARMS` of ordinary messages reach .5. Where words are fewer than `SHORTEST`, it is 0.
        """
        sure = 1.0 / (1.0 + np.exp(-(self.scale[0] * self.scores(words, pointing) + self.scale[1])))
        return np.where([len(text.split()) >= SHORTEST for text in texts], sure, 0.0)

    def scores(self, words: csr_matrix, pointing: np.ndarray) -> np.ndarray:
        """Return what the confidences are computed from: about -1 for harmless messages and 1 for dangers."""
        return words @ self.words + likeness(pointing, self.examples) @ self.example_weights

    def save(self, folder: Path) -> None:
        """Write everything below `folder`, without pickle."""
        np.savez(folder / "danger.npz", **{name: getattr(self, name) for name in self.ARRAYS})

    @classmethod
    def load(cls, folder: Path) -> "Danger":
        """Read what `save` wrote."""
        with np.load(folder / "danger.npz") as stored:
            return cls(**{name: stored[name] for name in cls.ARRAYS})


@dataclass(frozen=True)
class Told:
    """n examples: how they are worded (n, F) and meant (n, d); which tell a danger, which only look like it (n,)."""

    words: csr_matrix
    pointing: np.ndarray
    dangerous: np.ndarray
    alike: np.ndarray

    @property
    def ordinary(self) -> np.ndarray:
        """Tell which examples neither tell a danger nor were written to look like one, (n,)."""
        return ~self.dangerous & ~self.alike


def fit_danger(told: Told) -> Danger:
    """Train on four fifths of the examples to find the scale on the rest, then on all."""
    everything, read = np.arange(len(told.dangerous)), _read(told)
    _, unseen = train_test_split(everything, test_size=HELD_OUT, stratify=told.dangerous, random_state=SEED)
    gram = (told.words[read] @ told.words[read].T).toarray()
    gram += likeness(told.pointing[read], told.pointing[read])
    known = np.flatnonzero(~np.isin(read, unseen))
    half_trained = _machine(told, read[known], gram[np.ix_(known, known)], np.array([1.0, 0.0]))
    scale = _scale(half_trained.scores(told.words[unseen], told.pointing[unseen]), told, unseen)
    return _machine(told, read, gram, scale)


def _read(told: Told) -> np.ndarray:
    """Return which examples are learnt from: of the ordinary ones the hardest, and some of the others."""
    both = hstack([told.words, csr_matrix(MEANING_SHARE * told.pointing)], format="csr")
    quick = LinearSVC(C=STRENGTH, class_weight="balanced", tol=0.01, random_state=SEED).fit(both, told.dangerous)
    ordinary = np.flatnonzero(told.ordinary)
    hardest_first = ordinary[np.argsort(-quick.decision_function(both[ordinary]))]
    others = np.random.RandomState(SEED).permutation(hardest_first[HARDEST:])
    return np.concatenate([np.flatnonzero(~told.ordinary), hardest_first[:HARDEST], others[:DRAWN]])


def _machine(told: Told, read: np.ndarray, gram: np.ndarray, scale: np.ndarray) -> Danger:
    """Return what is learnt from the examples read, which are as alike as `gram` (n, n) says; it is overwritten."""
    gram[np.diag_indices(len(read))] += RIDGE
    truth = np.where(told.dangerous[read], 1.0, -1.0).astype(np.float32)
    factor = cho_factor(gram, lower=True, overwrite_a=True, check_finite=False)
    weights = cho_solve(factor, truth - truth.mean(), check_finite=False)
    return Danger(told.words[read].T @ weights, told.pointing[read], weights, scale.astype(np.float32))


def _scale(scores: np.ndarray, told: Told, unseen: np.ndarray) -> np.ndarray:
    """Return by what to multiply scores, and what to add so that `FALSE_ALARMS` of the ordinary ones reach half."""
    slope = LogisticRegression(C=100.0).fit(scores[:, None], told.dangerous[unseen]).coef_[0, 0]
    limit = np.quantile(scores[told.ordinary[unseen]], 1 - FALSE_ALARMS)
    return np.array([slope, -slope * limit])
