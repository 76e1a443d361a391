"""How the pool is trained: both members once on four fifths of the examples to calibrate them, then on all."""

from __future__ import annotations

import os
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Callable, List, Sequence, Tuple

import numpy as np
from scipy.linalg import cho_factor, solve_triangular
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from engine.components.danger import alarm
from engine.components.pool import Pool, likeness, softmax
from engine.components.targets import Targets
from engine.components.wording import Wording

RIDGE = 0.7  # of the kernel member; between .4 and 2.5 nothing changes by more than half a point
SVM_STRENGTH, REGRESSION_STRENGTH = 0.5, 10.0
SVM_TOLERANCE = 0.01
GRADIENT = 0.5  # where the regression stops: of the loss summed over all examples
HELD_OUT = 0.2  # of the examples, for calibration
BLOCK = 1000  # examples compared at once with all before them
FIRST_KERNEL_SHARES, FIRST_LINEAR_SHARES = (17.0, 5.0), (0.6, 3.0, 1.2)


@dataclass(frozen=True)
class Kernel:
    """The kernel member's parts before they are weighed: labels, intents, danger."""

    weights: np.ndarray  # (n, labels + intents + 1) of all examples
    scores: np.ndarray  # (unseen, labels + intents + 1) by what the known examples teach


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

    def fit_kernel(self, known: np.ndarray, unseen: np.ndarray) -> Kernel:
        """Learn by ridge regression from all examples, and from the known ones what to expect of the unseen.

        One factor serves both, as the known ones come first: halfway through solving, the others are put to nothing.
        """
        order = np.concatenate([known, unseen])
        gram = gram_of(self.words[order], self.pointing[order])
        seen = gram[len(known) :, : len(known)].copy()
        gram[np.diag_indices(len(order))] += RIDGE
        factor, _ = cho_factor(gram.T, overwrite_a=True, check_finite=False)  # transposed, LAPACK needs no copy of it
        half = solve_triangular(factor, self.targets.centred()[order], trans=1, check_finite=False)
        weights = np.empty_like(half)
        weights[order] = solve_triangular(factor, half, check_finite=False)
        half[len(known) :] = 0.0
        return Kernel(weights, seen @ solve_triangular(factor, half, check_finite=False)[: len(known)])

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


def fit(wording: Wording, mean: np.ndarray, words: csr_matrix, pointing: np.ndarray, targets: Targets) -> Pool:
    """Train on n examples as `wording` reads them and as they point from `mean`; every label needs some, say ten.

    Each sum has one thread, and as many run side by side as there are processors.
    """
    examples, everything = Examples(words, pointing, targets), np.arange(len(pointing))
    known, unseen = train_test_split(everything, test_size=HELD_OUT, stratify=targets.label_of, random_state=7)
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(os.cpu_count()) as run:
        fitting_kernel = run.submit(examples.fit_kernel, known, unseen)
        linear_of_known, linear_of_all = (
            examples.fit_linear(run, chosen[targets.is_classified[chosen]]) for chosen in (known, everything)
        )
        linear_shares = _linear_shares(examples, linear_of_known(), unseen[targets.is_classified[unseen]])
        kernel = fitting_kernel.result()
        kernel_shares = _kernel_shares(targets, kernel.scores, unseen)
    scale = alarm(kernel.scores[:, -1], targets.told[unseen])
    return _pool(
        wording,
        mean,
        examples,
        (_joined(kernel.weights, targets, kernel_shares), scale),
        (linear_of_all(), linear_shares),
    )


def gram_of(words: csr_matrix, pointing: np.ndarray) -> np.ndarray:
    """Return how alike n examples are in wording and meaning, float32 (n, n), in blocks and each pair once.

    What stands above the diagonal is not to be read.
    """
    count = len(pointing)
    gram = np.empty((count, count), dtype=np.float32)
    for start in range(0, count, BLOCK):
        rows, all_before = slice(start, start + BLOCK), slice(0, start + BLOCK)
        gram[rows, all_before] = (words[rows] @ words[all_before].T).toarray()
        gram[rows, all_before] += likeness(pointing[rows], pointing[all_before])
    return gram


def _pool(
    wording: Wording,
    mean: np.ndarray,
    examples: Examples,
    kernel: Tuple[np.ndarray, np.ndarray],
    linear: Tuple[Linear, np.ndarray],
) -> Pool:
    """Return what is served: the kernel member's weights and its alarm, the linear one's parts and their shares."""
    belonging, (example_weights, scale) = examples.targets.belonging, kernel
    fitted, (of_meaning, of_labels, of_intents) = linear
    return Pool(
        labels=examples.targets.labels,
        wording=wording,
        mean=mean,
        examples=examples.pointing,
        example_weights=example_weights,
        kernel_words=_float32(examples.words.T @ example_weights),
        alarm=scale,
        words=_float32(of_labels * fitted.to_labels.coef_.T + of_intents * fitted.to_intents.coef_.T @ belonging),
        meaning=_float32(of_meaning * fitted.meaning.coef_.T),
        bias=_float32(
            of_meaning * fitted.meaning.intercept_
            + of_labels * fitted.to_labels.intercept_
            + of_intents * fitted.to_intents.intercept_ @ belonging
        ),
    )


def _kernel_shares(targets: Targets, scores: np.ndarray, unseen: np.ndarray) -> np.ndarray:
    """Return the shares of labels and intents by which the classified of the unseen examples are likeliest."""
    count, classified = len(targets.labels), targets.is_classified[unseen]
    parts = [scores[classified, :count], scores[classified, count:-1] @ targets.belonging]
    return _shares(parts, targets.label_of[unseen[classified]], FIRST_KERNEL_SHARES)


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
    """Return the weights that are served: of labels and the intents they belong to, by their shares; of danger."""
    count = len(targets.labels)
    of_labels = shares[0] * weights[:, :count] + shares[1] * weights[:, count:-1] @ targets.belonging
    return _float32(np.column_stack([of_labels, weights[:, -1]]))


def _float32(array: np.ndarray) -> np.ndarray:
    return np.asarray(array, dtype=np.float32)
