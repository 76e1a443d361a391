"""From sentence vectors and wording to sub-type, family and intent, with calibrated confidences."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Dict, List, Text, Tuple

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.components.pool import Pool, Strengths

#: Key under which a message carries what the classifier found beyond the intent.
INCIDENT = "incident"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IncidentClassifier(IntentClassifier, GraphComponent):
    """Classifies into `intent/sub-type` labels; an intent's confidence is the sum over its sub-types.

    `encoders` names the featurizers whose vectors it reads. A message that one of them passed over is left as it is:
    an earlier classifier of the pipeline was sure of it.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the defaults; see `Strengths` for the rest."""
        return {"encoders": ["UniversalSentenceEncoder", "MultilingualE5Encoder"], **asdict(Strengths())}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IncidentClassifier":
        """Create an untrained classifier."""
        return cls(config, model_storage, resource, None)

    def __init__(
        self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, pool: "Pool | None"
    ) -> None:
        """Keep where to store the pool."""
        self._config, self._storage, self._resource, self._pool = config, model_storage, resource, pool

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the pool on all labelled examples and store it."""
        examples = [example for example in training_data.intent_examples if self._vectors(example)]
        labels = [example.get(INTENT_RESPONSE_KEY) or example.get(INTENT) for example in examples]
        blocks = [np.stack(block) for block in zip(*(self._vectors(example) for example in examples), strict=True)]
        texts = [example.get(TEXT) for example in examples]
        strengths = Strengths(**{key: self._config[key] for key in asdict(Strengths())})
        self._pool = Pool.fit(blocks, texts, labels, strengths)
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
            pool = Pool.load(folder)
        return cls(config, model_storage, resource, pool)

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent, intent ranking and the ranked sub-types of the incident families."""
        for message in messages:
            vectors = self._vectors(message)
            if not any(char.isalnum() for char in message.get(TEXT) or ""):
                message.set(INTENT, {"name": None, "confidence": 0.0}, add_to_output=True)
                message.set("intent_ranking", [], add_to_output=True)
            elif len(vectors) == self._pool.encoders:
                self._classify(message, vectors)
        return messages

    def _vectors(self, message: Message) -> List[np.ndarray]:
        """Return the message's sentence vectors, one of shape (dimensions,) per named encoder that gave one."""
        dense = [feature for feature in message.features if feature.is_dense() and feature.attribute == TEXT]
        by_encoder = [next((f for f in dense if encoder in f.origin), None) for encoder in self._config["encoders"]]
        return [feature.features[0] for feature in by_encoder if feature is not None and feature.features.shape[1]]

    def _classify(self, message: Message, vectors: List[np.ndarray]) -> None:
        blocks = [vector[np.newaxis, :] for vector in vectors]
        probabilities = self._pool.probabilities(blocks, [message.get(TEXT)])[0]
        ranked = sorted(zip(self._pool.labels, probabilities.tolist(), strict=True), key=lambda item: -item[1])
        intents = _sum_by_intent(ranked)
        subtypes = [
            {"intent": label.split("/")[0], "subtype": label.split("/")[1], "confidence": confidence}
            for label, confidence in ranked[:12]
            if "/" in label
        ]
        message.set(INTENT, intents[0], add_to_output=True)
        message.set("intent_ranking", intents[:10], add_to_output=True)
        message.set(INCIDENT, subtypes[:5], add_to_output=True)


def _sum_by_intent(ranked: List[Tuple[Text, float]]) -> List[Dict[Text, Any]]:
    totals: Dict[Text, float] = {}
    for label, confidence in ranked:
        intent = label.split("/")[0]
        totals[intent] = totals.get(intent, 0.0) + confidence
    return [
        {"name": intent, "confidence": float(total)}
        for intent, total in sorted(totals.items(), key=lambda item: -item[1])
    ]
