"""What is learnt of each training example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Sequence, Text

import numpy as np

from engine.components.danger import Told


@dataclass(frozen=True)
class Targets:
    """Of n examples: their labels, the intents or families that these belong to, and whether they tell a danger."""

    labels: List[Text]  # alphabetical
    label_of: np.ndarray  # (n,) index
    intent_of: np.ndarray  # (n,) index
    belonging: np.ndarray  # (intents, labels), 1 where a label belongs to an intent
    is_classified: np.ndarray  # (n,) of the others, the label is not learnt
    told: Told

    @classmethod
    def of(cls, given: Sequence[Text], is_classified: np.ndarray, told: Told) -> "Targets":
        """Return the targets of examples with the given labels, `intent` or `intent/sub-type`."""
        labels = sorted(set(given))
        intents = sorted({label.split("/")[0] for label in labels})
        intent_of_label = np.array([intents.index(label.split("/")[0]) for label in labels])
        label_of = np.searchsorted(np.array(labels), np.array(given))
        belonging = np.eye(len(intents), dtype=np.float32)[:, intent_of_label]
        return cls(labels, label_of, intent_of_label[label_of], belonging, is_classified, told)

    def centred(self) -> np.ndarray:
        """Return float32 (n, labels + intents + 1): 1 for what an example is, less the share of examples that are.

        Last comes danger. What is not learnt of an example stands at the mean, 0.
        """
        of_label = np.eye(len(self.labels), dtype=np.float32)[self.label_of]
        of_intent = np.eye(len(self.belonging), dtype=np.float32)[self.intent_of]
        both = np.hstack([of_label, of_intent])
        both = np.where(self.is_classified[:, None], both - both[self.is_classified].mean(axis=0), 0.0)
        return np.column_stack([both, self.told.centred()]).astype(np.float32)
