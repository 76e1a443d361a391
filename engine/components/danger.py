"""Whether a message tells a danger to life: one more thing that the pool's kernel member learns of every example.

Whoever tells one may also tell an incident, so it is no class beside the others but has a confidence of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence, Text

import numpy as np
from sklearn.linear_model import LogisticRegression

FALSE_ALARMS = 0.012  # of held-out ordinary examples: what half a confidence stands for
SHORTEST = 6  # words: "j'ai 45 ans", "c'est pour ma maman" say too little; rules and the intent `distress` read those


@dataclass(frozen=True)
class Told:
    """What is known of n examples, bool (n,) each; where nothing is, no danger is told."""

    dangerous: np.ndarray
    alike: np.ndarray  # written to look like a danger
    unclear: np.ndarray  # some do tell a danger, but it is not known which

    @property
    def ordinary(self) -> np.ndarray:
        """Tell which examples are harmless and not even alike, (n,)."""
        return ~self.dangerous & ~self.alike & ~self.unclear

    def __getitem__(self, chosen: np.ndarray) -> "Told":
        """Return what is known of the chosen examples."""
        return Told(self.dangerous[chosen], self.alike[chosen], self.unclear[chosen])

    def centred(self) -> np.ndarray:
        """Return float32 (n,): 1 for danger and -1 for none, less the mean; 0 where it is unclear."""
        signs = np.where(self.dangerous, 1.0, -1.0).astype(np.float32)
        return np.where(self.unclear, 0.0, signs - signs[~self.unclear].mean())


def alarm(scores: np.ndarray, told: Told) -> np.ndarray:
    """Return by what to multiply scores (n,), and what to add for `FALSE_ALARMS` of the ordinary ones to reach half."""
    clear = ~told.unclear
    slope = LogisticRegression(C=100.0).fit(scores[clear, None], told.dangerous[clear]).coef_[0, 0]
    limit = np.quantile(scores[told.ordinary], 1 - FALSE_ALARMS)
    return np.array([slope, -slope * limit], dtype=np.float32)


def confidences(scores: np.ndarray, alarm: np.ndarray, texts: Sequence[Text]) -> np.ndarray:
    """Return how sure each of n messages tells a danger, (n,); 0 where words are fewer than `SHORTEST`."""
    sure = 1.0 / (1.0 + np.exp(-(alarm[0] * scores + alarm[1])))
    return np.where([len(text.split()) >= SHORTEST for text in texts], sure, 0.0)
