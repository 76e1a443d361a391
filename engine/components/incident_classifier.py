"""From a message's text to family, sub-type or intent, a second harm, a danger to life, each with its confidence."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Text, Tuple

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.components.danger import Told
from engine.components.encoder import encode, encode_examples
from engine.components.fitting import fit
from engine.components.harms import halves, is_told, second_harm
from engine.components.pool import Pool, directions
from engine.components.targets import Targets
from engine.components.wording import Wording

#: Keys under which a message carries what the classifier found beyond the intent: lists of `Guess`, and a confidence.
INCIDENT, ALSO, DANGER = "incident", "also", "danger"
DISTRESS = "distress"  # the intent of a danger told without an incident
LIFE, LOOK_ALIKE = "life", "none"  # marks of examples: a danger to life; only worded like one
THREATS = "report_insults/threats"  # credible and empty ones: which tell a danger is not known
MAX_INTENTS, MAX_SUBTYPES = 10, 5
Guess = Dict[Text, Any]  # of a sub-type: intent, subtype, confidence


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IncidentClassifier(IntentClassifier, GraphComponent):
    """Classifies into `intent/sub-type` labels; an intent's confidence is the sum over its sub-types."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return only what has Rasa's cache train again when any of these files changed: it looks at this one alone."""
        files = sorted(Path(__file__).parent.glob("*.py"))
        return {"source": sha256(b"".join(file.read_bytes() for file in files)).hexdigest()}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IncidentClassifier":
        """Create an untrained classifier."""
        return cls(model_storage, resource)

    def __init__(self, model_storage: ModelStorage, resource: Resource, pool: Optional[Pool] = None) -> None:
        """Keep where to store what is learnt, or what was."""
        self._storage, self._resource, self._pool = model_storage, resource, pool

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the pool on all labelled examples and store it."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        texts = np.array([example.get(TEXT) for example in examples], dtype=object)
        vectors, targets = encode_examples(texts), _targets(examples)
        wording, mean = Wording.fit(texts[targets.is_classified]), vectors[targets.is_classified].mean(axis=0)
        self._pool = fit(wording, mean, wording.read(texts), directions(vectors, mean), targets)
        with self._storage.write_to(self._resource) as folder:
            self._pool.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "IncidentClassifier":
        """Load a trained classifier."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Pool.load(folder))

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent, intent ranking, the ranked sub-types of the incident families, further harms, and danger."""
        worded = [message for message in messages if any(char.isalnum() for char in message.get(TEXT) or "")]
        if worded:
            texts = [message.get(TEXT) for message in worded]
            for message, row, danger in zip(worded, *self._pool.judge(encode(texts), texts), strict=True):
                self._set(message, row)
                message.set(DANGER, float(danger), add_to_output=True)
        for message in messages:
            if message not in worded:
                message.set(INTENT, {"name": None, "confidence": 0.0}, add_to_output=True)
                message.set("intent_ranking", [], add_to_output=True)
        return messages

    def _set(self, message: Message, probabilities: np.ndarray) -> None:
        ranked = sorted(zip(self._pool.labels, probabilities.tolist(), strict=True), key=lambda item: -item[1])
        intents = _sum_by_intent(ranked)
        message.set(INTENT, intents[0], add_to_output=True)
        message.set("intent_ranking", intents[:MAX_INTENTS], add_to_output=True)
        message.set(INCIDENT, _subtypes(ranked)[:MAX_SUBTYPES], add_to_output=True)
        message.set(ALSO, self._also(message.get(TEXT), intents), add_to_output=True)

    def _also(self, text: Text, intents: List[Dict[Text, Any]]) -> List[Guess]:
        """Return the sub-type of a second harm, of another family than the best one; or nothing."""
        labels, best = self._pool.labels, intents[0]["name"]
        shares = {intent["name"]: intent["confidence"] for intent in intents}
        families = sorted({label.split("/")[0] for label in labels if "/" in label})
        if best not in families or not is_told(text, 1.0, max(shares[name] for name in families if name != best)):
            return []  # whatever the halves say: most messages end here, and cost nothing more
        if not (cuts := halves(text)):
            return []
        parts = [half for cut in cuts for half in cut]
        both = self._pool.probabilities(encode(parts), parts)
        by_family = np.stack(
            [both[:, [label.startswith(f"{name}/") for label in labels]].sum(axis=1) for name in families]
        )
        first, second = by_family.T[0::2], by_family.T[1::2]
        family, sure = second_harm(first, second, families.index(best))
        if not is_told(text, sure, shares[families[family]]):
            return []
        of_family = [at for at, label in enumerate(labels) if label.startswith(f"{families[family]}/")]
        clearest = both[int(by_family[family].argmax()), of_family]
        subtype = labels[of_family[int(clearest.argmax())]].split("/")[1]
        return [{"intent": families[family], "subtype": subtype, "confidence": sure}]


def _targets(examples: Sequence[Message]) -> Targets:
    """Return what is learnt: despair without an incident only as a danger, so that no incident loses to it."""
    labels = np.array([example.get(INTENT_RESPONSE_KEY) or example.get(INTENT) for example in examples])
    marks = np.array([_danger_told(example) for example in examples])
    dangerous, alike = (marks == LIFE) | (labels == DISTRESS), marks == LOOK_ALIKE
    told = Told(dangerous, alike, unclear=(labels == THREATS) & ~dangerous & ~alike)
    return Targets.of(labels.tolist(), ~((marks == LIFE) & (labels == DISTRESS)), told)


def _danger_told(example: Message) -> Text:
    """Return what data/nlu/danger.yml says of an example's danger (`LIFE`, `LOOK_ALIKE`), nothing elsewhere."""
    return str(((example.get(METADATA) or {}).get("intent") or {}).get("danger", ""))


def _subtypes(ranked: List[Tuple[Text, float]]) -> List[Guess]:
    return [
        {"intent": label.split("/")[0], "subtype": label.split("/")[1], "confidence": confidence}
        for label, confidence in ranked[:12]
        if "/" in label
    ]


def _sum_by_intent(ranked: List[Tuple[Text, float]]) -> List[Dict[Text, Any]]:
    totals: Dict[Text, float] = {}
    for label, confidence in ranked:
        intent = label.split("/")[0]
        totals[intent] = totals.get(intent, 0.0) + confidence
    return [
        {"name": intent, "confidence": float(total)}
        for intent, total in sorted(totals.items(), key=lambda item: -item[1])
    ]
