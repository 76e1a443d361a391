"""How the pool is trained: both members once on four fifths of the examples to calibrate them, then on all."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import List, Sequence, Text, Tuple

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from engine.components.pool import Pool, directions, likeness, softmax
from engine.components.wording import Wording

RIDGE = 0.7  # of the kernel member; between .4 and 2.5 nothing changes by more than half a point
SVM_STRENGTH, REGRESSION_STRENGTH = 0.5, 10.0
SVM_TOLERANCE = 0.01
GRADIENT = 0.5  # where the regression stops: of the loss summed over all examples
HELD_OUT = 0.2  # of the examples, for calibration
FIRST_KERNEL_SHARES, FIRST_LINEAR_SHARES = (17.0, 5.0), (0.6, 3.0, 1.2)


@dataclass(frozen=True)
class Targets:
    """What is learnt of each example: its label, and the intent or family that the label belongs to."""

    labels: List[Text]  # alphabetical
    label_of: np.ndarray  # (n,) index
    intent_of: np.ndarray  # (n,) index
    belonging: np.ndarray  # (intents, labels), 1 where a label belongs to an intent

    @classmethod
    def of(cls, given: Sequence[Text]) -> "Targets":
        """Return the targets of examples with the given labels, `intent` or `intent/sub-type`."""
        labels = sorted(set(given))
        intents = sorted({label.split("/")[0] for label in labels})
        intent_of_label = np.array([intents.index(label.split("/")[0]) for label in labels])
        label_of = np.searchsorted(np.array(labels), np.array(given))
        belonging = np.eye(len(intents), dtype=np.float32)[:, intent_of_label]
        return cls(labels, label_of, intent_of_label[label_of], belonging)

    def centred(self) -> np.ndarray:
        """Return float32 (n, labels + intents): 1 for what an example is, less the share of examples that are."""
        of_label = np.eye(len(self.labels), dtype=np.float32)[self.label_of]
        of_intent = np.eye(len(self.belonging), dtype=np.float32)[self.intent_of]
        both = np.hstack([of_label, of_intent])
        return both - both.mean(axis=0)


@dataclass(frozen=True)
class Examples:
    """The n training examples as both members read them."""

    words: csr_matrix  # (n, features)
    pointing: np.ndarray  # (n, dimensions)
    gram: np.ndarray  # (n, n) how alike they are, in wording and meaning
    targets: Targets

    def fit_kernel(self, chosen: np.ndarray) -> np.ndarray:
        """Return the weights of the chosen examples, (chosen, labels + intents), by ridge regression."""
        gram = self.gram[np.ix_(chosen, chosen)]
        gram[np.diag_indices(len(chosen))] += RIDGE
        factor = cho_factor(gram, lower=True, overwrite_a=True, check_finite=False)
        return cho_solve(factor, self.targets.centred()[chosen], check_finite=False)

    def fit_linear(self, chosen: np.ndarray) -> "Tuple[LogisticRegression, LinearSVC, LinearSVC]":
        """Fit meaning to labels, words to labels and words to intents on the chosen examples, side by side."""
        words, label_of = self.words[chosen], self.targets.label_of[chosen]
        words.sum_duplicates()  # in place, which two threads must not do at once
        meaning = LogisticRegression(C=REGRESSION_STRENGTH, max_iter=200, tol=GRADIENT)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            to_labels = pool.submit(LinearSVC(C=SVM_STRENGTH, tol=SVM_TOLERANCE, random_state=7).fit, words, label_of)
            to_intents = pool.submit(
                LinearSVC(C=SVM_STRENGTH, tol=SVM_TOLERANCE, random_state=7).fit, words, self.targets.intent_of[chosen]
            )
            by_meaning = pool.submit(meaning.fit, self.pointing[chosen], label_of)
        return by_meaning.result(), to_labels.result(), to_intents.result()


def fit(vectors: np.ndarray, texts: Sequence[Text], labels: Sequence[Text]) -> Pool:
    """Train on n examples: sentence vectors (n, d), texts and labels. Every label needs some examples, say ten."""
    wording, mean, targets = Wording.fit(texts), vectors.mean(axis=0), Targets.of(labels)
    words, pointing = wording.read(texts), directions(vectors, mean)
    gram = (words @ words.T).toarray() + likeness(pointing, pointing)
    examples = Examples(words, pointing, gram, targets)
    kernel_shares, linear_shares = _calibrate(examples)
    everything = np.arange(len(texts))
    example_weights = _joined(examples.fit_kernel(everything), targets, kernel_shares)
    meaning, to_labels, to_intents = examples.fit_linear(everything)
    of_meaning, of_labels, of_intents = linear_shares
    return Pool(
        labels=targets.labels,
        wording=wording,
        mean=mean,
        examples=pointing,
        example_weights=example_weights,
        kernel_words=np.asarray(words.T @ example_weights, dtype=np.float32),
        words=_float32(of_labels * to_labels.coef_.T + of_intents * to_intents.coef_.T @ targets.belonging),
        meaning=_float32(of_meaning * meaning.coef_.T),
        bias=_float32(
            of_meaning * meaning.intercept_
            + of_labels * to_labels.intercept_
            + of_intents * to_intents.intercept_ @ targets.belonging
        ),
    )


def _calibrate(examples: Examples) -> Tuple[np.ndarray, np.ndarray]:
    """Return the shares of what each member is made of that make held-out examples likeliest."""
    label_of = examples.targets.label_of
    known, unseen = train_test_split(np.arange(len(label_of)), test_size=HELD_OUT, stratify=label_of, random_state=7)
    by_kernel = examples.gram[np.ix_(unseen, known)] @ examples.fit_kernel(known)
    count = len(examples.targets.labels)
    kernel_parts = [by_kernel[:, :count], by_kernel[:, count:] @ examples.targets.belonging]
    meaning, to_labels, to_intents = examples.fit_linear(known)
    linear_parts = [
        meaning.decision_function(examples.pointing[unseen]),
        to_labels.decision_function(examples.words[unseen]),
        to_intents.decision_function(examples.words[unseen]) @ examples.targets.belonging,
    ]
    truth = label_of[unseen]
    return _shares(kernel_parts, truth, FIRST_KERNEL_SHARES), _shares(linear_parts, truth, FIRST_LINEAR_SHARES)


def _shares(parts: List[np.ndarray], truth: np.ndarray, first: Sequence[float]) -> np.ndarray:
    def log_loss(shares: np.ndarray) -> float:
        probabilities = softmax(sum(share * part for share, part in zip(shares, parts, strict=True)))
        return float(-np.log(np.maximum(probabilities[np.arange(len(truth)), truth], 1e-12)).mean())

    return minimize(log_loss, x0=first, method="Nelder-Mead", options={"xatol": 0.02, "fatol": 1e-4}).x


def _joined(weights: np.ndarray, targets: Targets, shares: np.ndarray) -> np.ndarray:
    """Return label weights: those of the labels themselves and of the intents they belong to, by their shares."""
    count = len(targets.labels)
    return _float32(shares[0] * weights[:, :count] + shares[1] * weights[:, count:] @ targets.belonging)


def _float32(array: np.ndarray) -> np.ndarray:
    return np.asarray(array, dtype=np.float32)
