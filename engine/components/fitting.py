"""How the pool is trained: both members once on four fifths of the examples to calibrate them, then on all."""

from __future__ import annotations

import os
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Callable, List, Sequence, Text, Tuple

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from engine.components.pool import Pool, likeness, softmax
from engine.components.wording import Wording

RIDGE = 0.7  # of the kernel member; between .4 and 2.5 nothing changes by more than half a point
SVM_STRENGTH, REGRESSION_STRENGTH = 0.5, 10.0
SVM_TOLERANCE = 0.01
GRADIENT = 0.5  # where the regression stops: of the loss summed over all examples
HELD_OUT = 0.2  # of the examples, for calibration
BLOCK = 1000  # examples compared at once with all before them
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
class Linear:
    """The linear member's parts before they are weighed: meaning to labels, words to labels, words to intents."""

    meaning: LogisticRegression
    to_labels: LinearSVC
    to_intents: LinearSVC


@dataclass(frozen=True)
class Examples:
    """The n training examples as both members read them."""

    words: csr_matrix  # (n, features)
    pointing: np.ndarray  # (n, dimensions)
    targets: Targets

    def fit_kernel(self, gram: np.ndarray, chosen: np.ndarray) -> np.ndarray:
        """Return the weights of the chosen examples, (chosen, labels + intents), by ridge regression."""
        among = gram[np.ix_(chosen, chosen)]
        among[np.diag_indices(len(chosen))] += RIDGE
        factor = cho_factor(among, lower=True, overwrite_a=True, check_finite=False)
        return cho_solve(factor, self.targets.centred()[chosen], check_finite=False)

    def fit_linear(self, run: Executor, chosen: np.ndarray) -> Callable[[], Linear]:
        """Begin to fit the linear member on the chosen examples; return what waits for it."""
        words, label_of, intent_of = self.words[chosen], self.targets.label_of[chosen], self.targets.intent_of[chosen]
        words.sum_duplicates()  # in place, which two threads must not do at once
        meaning = LogisticRegression(C=REGRESSION_STRENGTH, max_iter=200, tol=GRADIENT)
        by_words = LinearSVC(C=SVM_STRENGTH, tol=SVM_TOLERANCE, random_state=7)
        parts = (
            run.submit(meaning.fit, self.pointing[chosen], label_of),
            run.submit(by_words.fit, words, label_of),
            run.submit(clone(by_words).fit, words, intent_of),
        )
        return lambda: Linear(*(part.result() for part in parts))


def fit(wording: Wording, mean: np.ndarray, words: csr_matrix, pointing: np.ndarray, labels: Sequence[Text]) -> Pool:
    """Train on n examples as `wording` reads them and as they point from `mean`; every label needs some, say ten.

    Each sum has one thread, and as many run side by side as there are processors.
    """
    examples, everything = Examples(words, pointing, Targets.of(labels)), np.arange(len(labels))
    label_of = examples.targets.label_of
    known, unseen = train_test_split(everything, test_size=HELD_OUT, stratify=label_of, random_state=7)
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(os.cpu_count()) as run:
        alike = run.submit(gram_of, words, pointing)
        linear_of_known, linear_of_all = (examples.fit_linear(run, chosen) for chosen in (known, everything))
        gram = alike.result()
        kernel_of_known, kernel_of_all = (run.submit(examples.fit_kernel, gram, one) for one in (known, everything))
        linear_shares = _linear_shares(examples, linear_of_known(), unseen)
        kernel_shares = _kernel_shares(examples, gram[np.ix_(unseen, known)] @ kernel_of_known.result(), unseen)
    return _pool(wording, mean, examples, (kernel_of_all.result(), kernel_shares), (linear_of_all(), linear_shares))


def gram_of(words: csr_matrix, pointing: np.ndarray) -> np.ndarray:
    """Return how alike n examples are in wording and meaning, float32 (n, n); in blocks, and each pair once."""
    count = len(pointing)
    gram = np.empty((count, count), dtype=np.float32)
    for start in range(0, count, BLOCK):
        rows, all_before = slice(start, start + BLOCK), slice(0, start + BLOCK)
        gram[rows, all_before] = (words[rows] @ words[all_before].T).toarray()
        gram[rows, all_before] += likeness(pointing[rows], pointing[all_before])
        gram[all_before, rows] = gram[rows, all_before].T
    return gram


def _pool(
    wording: Wording,
    mean: np.ndarray,
    examples: Examples,
    kernel: Tuple[np.ndarray, np.ndarray],
    linear: Tuple[Linear, np.ndarray],
) -> Pool:
    """Return what is served of both members, each given with the shares of its parts."""
    belonging, example_weights = examples.targets.belonging, _joined(kernel[0], examples.targets, kernel[1])
    fitted, (of_meaning, of_labels, of_intents) = linear
    return Pool(
        labels=examples.targets.labels,
        wording=wording,
        mean=mean,
        examples=examples.pointing,
        example_weights=example_weights,
        kernel_words=_float32(examples.words.T @ example_weights),
        words=_float32(of_labels * fitted.to_labels.coef_.T + of_intents * fitted.to_intents.coef_.T @ belonging),
        meaning=_float32(of_meaning * fitted.meaning.coef_.T),
        bias=_float32(
            of_meaning * fitted.meaning.intercept_
            + of_labels * fitted.to_labels.intercept_
            + of_intents * fitted.to_intents.intercept_ @ belonging
        ),
    )


def _kernel_shares(examples: Examples, scores: np.ndarray, unseen: np.ndarray) -> np.ndarray:
    """Return the shares of labels and intents by which unseen examples are likeliest."""
    count = len(examples.targets.labels)
    parts = [scores[:, :count], scores[:, count:] @ examples.targets.belonging]
    return _shares(parts, examples.targets.label_of[unseen], FIRST_KERNEL_SHARES)


def _linear_shares(examples: Examples, linear: Linear, unseen: np.ndarray) -> np.ndarray:
    """Return the shares of meaning, words to labels and words to intents by which unseen examples are likeliest."""
    words = examples.words[unseen]
    parts = [
        linear.meaning.decision_function(examples.pointing[unseen]),
        linear.to_labels.decision_function(words),
        linear.to_intents.decision_function(words) @ examples.targets.belonging,
    ]
    return _shares(parts, examples.targets.label_of[unseen], FIRST_LINEAR_SHARES)


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
