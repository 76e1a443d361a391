"""Two linear experts on one message: what it means (sentence vectors), and how it is worded (words and characters)."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any, List, Sequence, Text

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

MAX_CHARACTERS = 1500


class MeaningExpert:
    """Logistic regression on the encoders' vectors, each block centred on its training mean and normalised."""

    def fit(self, blocks: Sequence[np.ndarray], labels: np.ndarray, C: float) -> "MeaningExpert":
        """Fit on blocks of shape (n, d_i) and n labels; all labels must be at least twice among them."""
        self.means = [block.mean(axis=0) for block in blocks]
        model = LogisticRegression(C=C, max_iter=100, tol=1e-3).fit(self._features(blocks), labels)
        self.weights, self.bias = model.coef_.astype(np.float32), model.intercept_.astype(np.float32)
        return self

    def scores(self, blocks: Sequence[np.ndarray]) -> np.ndarray:
        """Return the scores, shape (n, labels), labels in alphabetical order."""
        return self._features(blocks) @ self.weights.T + self.bias

    def save(self, folder: Path) -> None:
        """Write the weights, without pickle."""
        means = {f"mean_{index}": mean for index, mean in enumerate(self.means)}
        np.savez(folder / "meaning.npz", weights=self.weights, bias=self.bias, **means)

    @classmethod
    def load(cls, folder: Path) -> "MeaningExpert":
        """Read what `save` wrote."""
        expert = cls()
        with np.load(folder / "meaning.npz") as stored:
            expert.weights, expert.bias = stored["weights"], stored["bias"]
            expert.means = [stored[f"mean_{index}"] for index in range(len(stored.files) - 2)]
        return expert

    def _features(self, blocks: Sequence[np.ndarray]) -> np.ndarray:
        if len(blocks) != len(self.means):
            raise ValueError(f"trained with {len(self.means)} encoders, asked with {len(blocks)}: train again here")
        centred = [block - mean for block, mean in zip(blocks, self.means, strict=True)]
        return np.hstack([block / np.maximum(np.linalg.norm(block, axis=1, keepdims=True), 1e-9) for block in centred])


class WordingExpert:
    """A linear support vector machine on weighted words, word pairs and character runs, accents folded away."""

    OPTIONS: List[dict] = [
        {"ngram_range": (1, 2), "min_df": 2},
        {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 3, "max_features": 60000},
    ]

    def fit(self, texts: Sequence[Text], labels: np.ndarray, C: float) -> "WordingExpert":
        """Fit on n texts and n labels."""
        self.vectorizers = [TfidfVectorizer(sublinear_tf=True, **options) for options in self.OPTIONS]
        folded = [fold(text) for text in texts]
        features = hstack([vectorizer.fit_transform(folded) for vectorizer in self.vectorizers]).tocsr()
        model = LinearSVC(C=C, random_state=7).fit(features, labels)
        self.weights, self.bias = model.coef_.astype(np.float32), model.intercept_.astype(np.float32)
        return self

    def scores(self, texts: Sequence[Text]) -> np.ndarray:
        """Return the scores, shape (n, labels), labels in alphabetical order."""
        folded = [fold(text) for text in texts]
        features: csr_matrix = hstack([vectorizer.transform(folded) for vectorizer in self.vectorizers]).tocsr()
        return np.asarray(features.astype(np.float32) @ self.weights.T) + self.bias

    def save(self, folder: Path) -> None:
        """Write weights and vocabularies, without pickle."""
        idfs = {f"idf_{index}": vectorizer.idf_ for index, vectorizer in enumerate(self.vectorizers)}
        np.savez(folder / "wording.npz", weights=self.weights, bias=self.bias, **idfs)
        vocabularies = [list(vectorizer.get_feature_names_out()) for vectorizer in self.vectorizers]
        (folder / "vocabularies.json").write_text(json.dumps(vocabularies), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "WordingExpert":
        """Read what `save` wrote."""
        expert = cls()
        vocabularies = json.loads((folder / "vocabularies.json").read_text(encoding="utf-8"))
        with np.load(folder / "wording.npz") as stored:
            expert.weights, expert.bias = stored["weights"], stored["bias"]
            expert.vectorizers = [
                _vectorizer(options, vocabulary, stored[f"idf_{index}"])
                for index, (options, vocabulary) in enumerate(zip(cls.OPTIONS, vocabularies, strict=True))
            ]
        return expert


def fold(text: Text) -> Text:
    """Return the text in lower case without accents, as far as it is read."""
    decomposed = unicodedata.normalize("NFD", text[:MAX_CHARACTERS].lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _vectorizer(options: "dict[str, Any]", vocabulary: List[Text], idf: np.ndarray) -> TfidfVectorizer:
    vectorizer = TfidfVectorizer(sublinear_tf=True, vocabulary=vocabulary, **options)
    vectorizer.idf_ = idf
    return vectorizer
