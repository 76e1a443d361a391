"""Weighs the candidates for each field of a claim, and takes what is sure enough; the weights are learnt by training.

A field's weights are those of a logistic regression over cues, fitted on labelled stories (`data/reading.jsonl`) by
`engine/judging.py`. Where those stories teach nothing, the rules that found a value are believed.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.errors import StartupProblem
from bot.settings import ROOT

from .candidates import Candidate, FieldValue

WEIGHTS = ROOT / "models" / "reading.json"
SURE = 0.65  # from which a value is taken: a wrong one is worse than a question (measured in docs/nlu.md)
#: A sum is easily wrong and dear; « un message » may be any channel. A day in a short answer stands alone; in the
#: stories that were learnt it had rivals. Few stories say that the bank was not told; sellers have many spellings.
SURE_OF = {"amount_cents": 0.75, "incident_date": 0.5, "contact_channel": 0.75, "bank_contacted": 0.55, "merchant": 0.6}


@dataclass(frozen=True)
class Judge:
    """`weights` and `bias` of each field that was learnt."""

    weights: Mapping[str, Mapping[str, float]]
    bias: Mapping[str, float]

    def choose(self, candidates: Iterable[Candidate]) -> dict[str, FieldValue]:
        """Return, for each field, the likeliest value, if it is likely enough."""
        best: dict[str, tuple[float, FieldValue]] = {}
        for candidate in candidates:
            likelihood = self.likelihood(candidate)
            if likelihood >= max(SURE_OF.get(candidate.field, SURE), best.get(candidate.field, (0.0, ""))[0]):
                best[candidate.field] = (likelihood, candidate.value)
        return {field: value for field, (_, value) in best.items()}

    def likelihood(self, candidate: Candidate) -> float:
        """Return how likely, from 0 to 1, a candidate is what the story means."""
        weights = self.weights.get(candidate.field)
        if weights is None:
            return 1.0
        score = self.bias[candidate.field] + sum(weights.get(cue, 0.0) for cue in candidate.cues)
        return 1 / (1 + math.exp(-score))


@cache
def judge(path: Path = WEIGHTS) -> Judge:
    """Return what training learnt.

    Raises:
        StartupProblem: nothing was trained yet.
    """
    try:
        learnt = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StartupProblem(f"There is no {path}: run `make train`.") from None
    return Judge(learnt["weights"], learnt["bias"])
