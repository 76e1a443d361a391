"""Whether a message tells a danger to life: how all of it is worded and meant, and its most alarming stretch of words.

People say such things in passing, in half a sentence of a story about something else, which hides it from who reads
the story as one.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import List, Sequence, Text, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from engine.components.wording import Wording

WINDOW, STEP = 16, 8  # words
SHORTEST = 8  # words: what is shorter ("c'est pour ma maman") says too little; rules and the intent `distress` read it
FALSE_ALARMS = 0.01  # of held-out examples without danger: what half a confidence stands for; of stories 2 %
NEGATIVES_READ = 3  # every third message without danger is read in windows: enough, and training stays short
CLEARLY = 0.3  # SVM score from which a window of a dangerous message is taken for one that says so
STRENGTH, WINDOW_STRENGTH, MEANING_SHARE = 0.1, 0.3, 2.5


@dataclass(frozen=True)
class Danger:
    """Weights, float32: F wording features, d dimensions of a sentence vector; `shares` mix the two scores."""

    words: np.ndarray  # (F,) of the whole message
    meaning: np.ndarray  # (d,)
    window_words: np.ndarray  # (F,) of each window
    shares: np.ndarray  # (3,) of the whole, of the worst window, and what is added

    ARRAYS = ("words", "meaning", "window_words", "shares")

    def confidences(
        self, words: csr_matrix, pointing: np.ndarray, texts: Sequence[Text], wording: Wording
    ) -> np.ndarray:
        """Return how sure each message tells a danger: `FALSE_ALARMS` of harmless ones reach .5; 0 for short ones."""
        found = np.zeros(len(texts))
        long = [at for at, text in enumerate(texts) if len(text.split()) >= SHORTEST]
        if long:
            whole = words[long] @ self.words + pointing[long] @ self.meaning
            found[long] = _confidence(
                self.shares, whole, _worst([texts[at] for at in long], wording, self.window_words)
            )
        return found

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
    """n examples: their texts, how they are worded (n, F) and meant (n, d), and which tell a danger (n,)."""

    texts: np.ndarray
    words: csr_matrix
    pointing: np.ndarray
    dangerous: np.ndarray

    def of(self, chosen: np.ndarray) -> "Told":
        """Return the chosen examples."""
        return Told(self.texts[chosen], self.words[chosen], self.pointing[chosen], self.dangerous[chosen])


def fit_danger(told: Told, wording: Wording) -> Danger:
    """Train on the examples: on four fifths to mix both scores on the rest, then on all."""
    known, unseen = train_test_split(np.arange(len(told.texts)), test_size=0.2, stratify=told.dangerous, random_state=7)
    with ThreadPoolExecutor(2) as run:
        of_known, of_all = (run.submit(_weights, some, wording) for some in (told.of(known), told))
    return Danger(*of_all.result(), _mixed(of_known.result(), told.of(unseen), wording))


def windows(text: Text) -> List[Text]:
    """Return the overlapping stretches of `WINDOW` words that a text consists of; a short text is one."""
    words = text.split()
    starts = range(0, max(1, len(words) - WINDOW + STEP), STEP)
    return [" ".join(words[start : start + WINDOW]) for start in starts]


def _weights(told: Told, wording: Wording) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
    both = hstack([told.words, csr_matrix(MEANING_SHARE * told.pointing)], format="csr")
    whole = _svm(both, told.dangerous, STRENGTH)
    features = told.words.shape[1]
    meaning = (MEANING_SHARE * whole[features:]).astype(np.float32)
    return whole[:features], meaning, _window_weights(told, wording)


def _window_weights(told: Told, wording: Wording) -> np.ndarray:
    """Learn from windows: of a dangerous message the worst one counts, and those that clearly say so too."""
    harmless = wording.read(
        [window for text in told.texts[~told.dangerous][::NEGATIVES_READ] for window in windows(text)]
    )
    cut = [windows(text) for text in told.texts[told.dangerous]]
    owner = np.repeat(np.arange(len(cut)), [len(each) for each in cut])
    alarming = wording.read([window for each in cut for window in each])
    chosen = np.ones(len(owner), dtype=bool)
    for _ in range(2):
        weights = _svm_of(alarming[chosen], harmless)
        scores = alarming @ weights
        chosen = scores >= np.minimum(
            np.maximum.reduceat(scores, np.flatnonzero(np.diff(owner, prepend=-1)))[owner], CLEARLY
        )
    return _svm_of(alarming[chosen], harmless)


def _svm_of(alarming: csr_matrix, harmless: csr_matrix) -> np.ndarray:
    truth = np.arange(alarming.shape[0] + harmless.shape[0]) < alarming.shape[0]
    return _svm(vstack([alarming, harmless], format="csr"), truth, WINDOW_STRENGTH)


def _svm(features: csr_matrix, truth: np.ndarray, strength: float) -> np.ndarray:
    """Return weights; what is added to a score is found when the scores are mixed."""
    machine = LinearSVC(C=strength, class_weight="balanced", tol=0.01, random_state=7).fit(features, truth)
    return machine.coef_[0].astype(np.float32)


def _worst(texts: Sequence[Text], wording: Wording, weights: np.ndarray) -> np.ndarray:
    """Return the score of each text's most alarming window."""
    cut = [windows(text) for text in texts]
    scores = wording.read([window for each in cut for window in each]) @ weights
    starts = np.cumsum([0, *(len(each) for each in cut)])[:-1]
    return np.maximum.reduceat(scores, starts)


def _mixed(weights: Tuple[np.ndarray, np.ndarray, np.ndarray], unseen: Told, wording: Wording) -> np.ndarray:
    """Return the shares by which unseen examples are told apart best, and what puts `FALSE_ALARMS` of them at half."""
    words, meaning, window_words = weights
    scores = np.stack(
        [unseen.words @ words + unseen.pointing @ meaning, _worst(unseen.texts, wording, window_words)], axis=1
    )
    mixing = LogisticRegression(C=100.0).fit(scores, unseen.dangerous)
    limit = np.quantile(scores[~unseen.dangerous] @ mixing.coef_[0], 1 - FALSE_ALARMS)
    return np.array([*mixing.coef_[0], -limit], dtype=np.float32)


def _confidence(shares: np.ndarray, whole: np.ndarray, worst: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-(shares[0] * whole + shares[1] * worst + shares[2])))
