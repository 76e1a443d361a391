"""How a message is worded, as sparse weights: word stems and pairs of them, character runs, words near each other."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any, Dict, List, Sequence, Text, Tuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

MAX_CHARACTERS = 1500
STEM = 6  # letters: the first ones of a French word tell what it is about, the last ones its tense and number
REACH = 4  # words: "pas … cliqué", "jamais … reçu"
SHORTEST_RUN, LONGEST_RUN = 2, 5  # characters
#: How people shorten what they type, and what it stands for.
SPELT_OUT = {
    "jai": "j ai", "g": "j ai", "jen": "j en", "javais": "j avais", "jsuis": "je suis", "chui": "je suis",
    "jsp": "je sais pas", "jpeux": "je peux", "jveux": "je veux", "jvais": "je vais", "jme": "je me", "jle": "je le",
    "c": "c est", "cest": "c est", "ct": "c etait", "sest": "s est", "nai": "n ai", "lai": "l ai", "ya": "il y a",
    "quil": "qu il", "dun": "d un", "dargent": "d argent", "largent": "l argent", "qqn": "quelqu un",
    "qqun": "quelqu un", "quelquun": "quelqu un", "pk": "pourquoi", "ki": "qui", "koi": "quoi", "ke": "que",
    "ds": "dans", "ms": "mais", "pr": "pour", "tt": "tout", "nn": "non", "tjs": "toujours", "tjrs": "toujours",
    "bcp": "beaucoup", "mtn": "maintenant", "svp": "s il vous plait", "stp": "s il te plait", "msg": "message",
    "rdv": "rendez vous", "mdp": "mot de passe", "fb": "facebook", "insta": "instagram", "snap": "snapchat",
    "cb": "carte", "eur": "euros", "euro": "euros", "balles": "euros",
}  # fmt: skip
WHOLE_WORD = re.compile(r"[a-z]+(?![a-z'’])")  # the c of « c'est » is none
DOUBLED = re.compile(r"([a-z])\1+")


def fold(text: Text) -> Text:
    """Return the text in lower case, as far as it is read: no accents, no doubled letters, each number as 0.

    Abbreviations are spelt out, so that hurried spelling is read like careful spelling.
    """
    decomposed = unicodedata.normalize("NFD", text[:MAX_CHARACTERS].lower().replace("€", " euros "))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    spelt_out = WHOLE_WORD.sub(lambda word: SPELT_OUT.get(word[0], word[0]), plain)
    return re.sub(r"\d[\d.,]*", "0", DOUBLED.sub(r"\1", spelt_out))


def stems(folded: Text) -> List[Text]:
    """Return the first letters of each word."""
    return [word[:STEM] for word in re.findall(r"[a-z]+|0", folded)]


def stems_and_pairs(folded: Text) -> List[Text]:
    """Return the stems and each two that follow one another."""
    found = stems(folded)
    return found + [f"{first} {second}" for first, second in zip(found, found[1:], strict=False)]


def runs(folded: Text) -> List[Text]:
    """Return the characters that follow one another within each word and the spaces around it."""
    found = []
    for word in folded.split():
        spaced = f" {word} "
        for length in range(SHORTEST_RUN, min(LONGEST_RUN, len(spaced)) + 1):
            found += [spaced[start : start + length] for start in range(len(spaced) - length + 1)]
    return found


def near_pairs(folded: Text) -> List[Text]:
    """Return each two stems at most `REACH` words apart, in order."""
    found = stems(folded)
    return [f"{stem}~{other}" for at, stem in enumerate(found) for other in found[at + 1 : at + 1 + REACH]]


#: How many examples must hold a feature, and how it is read.
VIEWS: Tuple[Dict[Text, Any], ...] = (
    {"analyzer": stems_and_pairs, "min_df": 2},
    # runs that stand in more than a fifth of all texts tell nothing and cost most of the time
    {"analyzer": runs, "min_df": 3, "max_df": 0.2, "max_features": 60000},
    {"analyzer": near_pairs, "min_df": 2},
)


class Wording:
    """The views of a text side by side, each of length 1, weighted by how rare a feature is."""

    def __init__(self, features: List[List[Text]], rarities: np.ndarray) -> None:
        """Keep what to look for, numbered through all views; `rarities` tells for each how rare it is (float32)."""
        starts = np.cumsum([0, *map(len, features)]).tolist()
        self._numbers = [
            {name: start + at for at, name in enumerate(names)} for start, names in zip(starts, features, strict=False)
        ]
        self._rarities = rarities

    @classmethod
    def fit(cls, texts: Sequence[Text]) -> "Wording":
        """Learn the features that texts have in common."""
        folded = [fold(text) for text in texts]
        fitted = [TfidfVectorizer(dtype=np.float32, **view).fit(folded) for view in VIEWS]
        rarities = np.concatenate([vectorizer.idf_ for vectorizer in fitted])
        return cls([vectorizer.get_feature_names_out().tolist() for vectorizer in fitted], rarities.astype(np.float32))

    def read(self, texts: Sequence[Text]) -> csr_matrix:
        """Return float32 weights of shape (n, features).

        scikit-learn's own reading does the same; for one text its checks of the input took ten times as long.
        """
        counted = [counts for text in texts for counts in self._counted(fold(text))]  # of each text in each view
        sizes = [len(counts) for counts in counted]
        found = np.fromiter(chain.from_iterable(counted), np.int32, sum(sizes))
        times = np.fromiter(chain.from_iterable(counts.values() for counts in counted), np.float32, sum(sizes))
        weights = (1.0 + np.log(times)) * self._rarities[found]
        owner = np.repeat(np.arange(len(counted)), sizes)
        weights /= np.sqrt(np.bincount(owner, weights**2))[owner]
        ends = np.cumsum([0, *sizes])[:: len(VIEWS)]
        return csr_matrix((weights.astype(np.float32), found, ends), shape=(len(texts), len(self._rarities)))

    def save(self, folder: Path) -> None:
        """Write vocabularies and rarities below `folder`, without pickle."""
        np.savez(folder / "rarities.npz", self._rarities)
        vocabularies = [list(numbers) for numbers in self._numbers]
        (folder / "vocabularies.json").write_text(json.dumps(vocabularies), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Wording":
        """Read what `save` wrote."""
        vocabularies = json.loads((folder / "vocabularies.json").read_text(encoding="utf-8"))
        with np.load(folder / "rarities.npz") as stored:
            return cls(vocabularies, np.concatenate([stored[name] for name in stored.files]).astype(np.float32))

    def _counted(self, folded: Text) -> List["Counter[int]"]:
        """Return how often the text holds which features, view by view."""
        counted = []
        for view, numbers in zip(VIEWS, self._numbers, strict=True):
            counts = Counter(map(numbers.get, view["analyzer"](folded)))
            counts.pop(None, None)  # what no example shared with another one
            counted.append(counts)
        return counted
