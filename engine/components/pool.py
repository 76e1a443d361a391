"""What is served: two members that read a message each in its own way; their probabilities are averaged.

The *linear* member adds up the weights of words and of the sentence vector's dimensions. The *kernel* member compares
the message with every training example. Each is calibrated for itself; the average is sure where both agree. Beside the
labels, the kernel member tells dangers to life.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import List, Sequence, Text, Tuple

import numpy as np

from engine.components.danger import confidences
from engine.components.wording import Wording

WIDTH = 3.0  # of the similarity of two sentence vectors: exp(WIDTH * (cosine - 1))
MEANING_SHARE = 2.5  # of that similarity, beside the wording's three views of at most 1 each


@dataclass(frozen=True)
class Pool:
    """All arrays float32: L labels, F wording features, n examples, d dimensions of a sentence vector."""

    labels: List[Text]
    wording: Wording
    mean: np.ndarray  # (d,) of the examples' sentence vectors
    examples: np.ndarray  # (n, d) their directions
    example_weights: np.ndarray  # (n, L + 1) kernel member: labels, danger
    kernel_words: np.ndarray  # (F, L + 1) kernel member: its wording part is linear, and so summed up beforehand
    alarm: np.ndarray  # (2,) by what a score of danger is multiplied for a confidence, and what is then added
    words: np.ndarray  # (F, L) linear member
    meaning: np.ndarray  # (d, L) linear member
    bias: np.ndarray  # (L,) linear member

    ARRAYS = ("mean", "examples", "example_weights", "kernel_words", "alarm", "words", "meaning", "bias")

    def probabilities(self, vectors: np.ndarray, texts: Sequence[Text]) -> np.ndarray:
        """Return calibrated probabilities of shape (n, L) for sentence vectors (n, d) and their texts."""
        return self.judge(vectors, texts)[0]

    def judge(self, vectors: np.ndarray, texts: Sequence[Text]) -> Tuple[np.ndarray, np.ndarray]:
        """Return the probabilities (n, L), and how sure each message tells a danger to life, (n,)."""
        words, pointing = self.wording.read(texts), directions(vectors, self.mean)
        kernel = words @ self.kernel_words + likeness(pointing, self.examples) @ self.example_weights
        linear = words @ self.words + pointing @ self.meaning + self.bias
        probabilities = (softmax(kernel[:, :-1]) + softmax(linear)) / 2
        return probabilities, confidences(kernel[:, -1], self.alarm, texts)

    def save(self, folder: Path) -> None:
        """Write everything below `folder`, without pickle."""
        self.wording.save(folder)
        for name in self.ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))
        (folder / "labels.json").write_text(json.dumps(self.labels), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Pool":
        """Read what `save` wrote; of the large arrays, only the rows that messages need come into memory."""
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        stored = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in cls.ARRAYS}
        return cls(labels, Wording.load(folder), **{name: np.asarray(array) for name, array in stored.items()})


def directions(vectors: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Return where each vector points from the mean, at length 1."""
    centred = vectors - mean
    return centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)


def likeness(some: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return how alike directions are in meaning, shape (some, others), at most `MEANING_SHARE`."""
    return MEANING_SHARE * np.exp(WIDTH * (some @ others.T - 1.0))


def softmax(scores: np.ndarray) -> np.ndarray:
    """Return probabilities from scores, row by row."""
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)
