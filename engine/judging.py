"""Fits the weights by which a story's candidates are judged (bot/understanding/judge.py).

Standard input: JSON lines of `field`, `cues` (a list) and `right`; standard output: `weights` and `bias` by field.
It stands in the engine's environment because scikit-learn does.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from typing import Any, Dict, Iterable, List, Text, TextIO, Tuple

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

INVERSE_REGULARISATION = 0.25
FEWEST = 30  # candidates of a kind, each given twice; below that nothing can be learnt
RAREST = 3  # times that a cue must be given
DIGITS = 3
LEAST = 0.05  # weight worth its memory

Example = Tuple[List[Text], bool]


def fit(examples: Dict[Text, List[Example]]) -> Dict[Text, Dict[Text, Any]]:
    """Return weights and bias for each field of which right and wrong candidates are known."""
    weights: Dict[Text, Any] = {}
    bias: Dict[Text, Any] = {}
    for field, told in sorted(examples.items()):
        right = np.array([is_right for _, is_right in told])
        if min(right.sum(), (~right).sum()) * 2 < FEWEST:
            continue
        cues = CountVectorizer(analyzer=lambda one: one, binary=True, min_df=RAREST, dtype=np.float64)
        found = cues.fit_transform([sorted(each) for each, _ in told])
        model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=2000).fit(found, right)
        rounded = {cue: round(float(model.coef_[0, place]), DIGITS) for cue, place in cues.vocabulary_.items()}
        weights[field] = {cue: weight for cue, weight in sorted(rounded.items()) if abs(weight) >= LEAST}
        bias[field] = round(float(model.intercept_[0]), DIGITS)
    return {"weights": weights, "bias": bias}


def main(source: Iterable[Text], out: TextIO) -> None:
    """Fit what is read, write what was learnt."""
    examples: Dict[Text, List[Example]] = defaultdict(list)
    for line in source:
        row = json.loads(line)
        examples[row["field"]].append((row["cues"], row["right"]))
    json.dump(fit(examples), out, ensure_ascii=False, sort_keys=True)


if __name__ == "__main__":
    main(sys.stdin, sys.stdout)
