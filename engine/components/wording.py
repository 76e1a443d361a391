"""How a message is worded, as sparse weights: word stems and pairs of them, character runs, words near each other."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any, Dict, List, Sequence, Text, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

MAX_CHARACTERS = 1500
STEM = 6  # letters: the first ones of a French word tell what it is about, the last ones its tense and number
REACH = 4  # words: "pas … cliqué", "jamais … reçu"


def fold(text: Text) -> Text:
    """Return the text in lower case, without accents, each number as 0, as far as it is read."""
    decomposed = unicodedata.normalize("NFD", text[:MAX_CHARACTERS].lower())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"\d[\d.,]*", "0", plain)


def stems(folded: Text) -> List[Text]:
    """Return the first letters of each word."""
    return [word[:STEM] for word in re.findall(r"[a-z]+|0", folded)]


def stems_and_pairs(folded: Text) -> List[Text]:
    """Return the stems and each two that follow one another."""
    found = stems(folded)
    return found + [f"{first} {second}" for first, second in zip(found, found[1:], strict=False)]


def near_pairs(folded: Text) -> List[Text]:
    """Return each two stems at most `REACH` words apart, in order."""
    found = stems(folded)
    return [f"{stem}~{other}" for at, stem in enumerate(found) for other in found[at + 1 : at + 1 + REACH]]


#: How many examples must hold a feature, and how it is read.
VIEWS: Tuple[Dict[Text, Any], ...] = (
    {"analyzer": stems_and_pairs, "min_df": 2},
    # runs that stand in more than a fifth of all texts tell nothing and cost most of the time
    {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 3, "max_df": 0.2, "max_features": 60000},
    {"analyzer": near_pairs, "min_df": 2},
)


class Wording:
    """The views of a text side by side, each of length 1, weighted by how rare a feature is."""

    def __init__(self, vectorizers: List[TfidfVectorizer]) -> None:
        """Keep fitted vectorizers, one a view."""
        self._vectorizers = vectorizers

    @classmethod
    def fit(cls, texts: Sequence[Text]) -> "Wording":
        """Learn the features that texts have in common."""
        folded = [fold(text) for text in texts]
        return cls([_vectorizer(view).fit(folded) for view in VIEWS])

    def read(self, texts: Sequence[Text]) -> csr_matrix:
        """Return float32 weights of shape (n, features)."""
        folded = [fold(text) for text in texts]
        views = [vectorizer.transform(folded) for vectorizer in self._vectorizers]
        # a loaded vectorizer weighs in float64, for which each product would convert the whole matrix it meets
        return hstack(views, format="csr").astype(np.float32)

    def save(self, folder: Path) -> None:
        """Write vocabularies and rarities below `folder`, without pickle."""
        np.savez(folder / "rarities.npz", *(vectorizer.idf_ for vectorizer in self._vectorizers))
        vocabularies = [list(vectorizer.get_feature_names_out()) for vectorizer in self._vectorizers]
        (folder / "vocabularies.json").write_text(json.dumps(vocabularies), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Wording":
        """Read what `save` wrote."""
        vectorizers = []
        vocabularies = json.loads((folder / "vocabularies.json").read_text(encoding="utf-8"))
        with np.load(folder / "rarities.npz") as rarities:
            for at, (view, vocabulary) in enumerate(zip(VIEWS, vocabularies, strict=True)):
                vectorizer = _vectorizer(view, vocabulary)
                vectorizer.idf_ = rarities[f"arr_{at}"]
                vectorizers.append(vectorizer)
        return cls(vectorizers)


def _vectorizer(view: Dict[Text, Any], vocabulary: "List[Text] | None" = None) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, vocabulary=vocabulary, **view)
