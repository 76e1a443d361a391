"""How much the words of two reports have in common, rare ones counting more: members of one campaign name its things.

Words are cut to stems of four letters. How rare a stem is, is counted once in the catalogue's example sentences.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from bot.catalogue.examples import NLU, sentences
from bot.understanding import fold

STEM = 4  # letters
WORD = re.compile(rf"[a-z]{{{STEM},}}")
EXAMPLES = NLU / "incidents"


def words_of(text: str) -> list[str]:
    """Return the stems of a masked text, each once, in the order of the alphabet."""
    return sorted({word[:STEM] for word in WORD.findall(fold(text))})


def likeness(one: Iterable[str], other: Iterable[str]) -> float:
    """Return from 0 (no stem in common) to 1 (all of them) how alike two sets of stems are."""
    first, second = set(one), set(other)
    length = math.sqrt(_square(first) * _square(second))
    return _square(first & second) / length if length else 0.0


def _square(stems: Iterable[str]) -> float:
    """Return the sum of the squared weights; a stem that no example has weighs most."""
    weights, unknown = _weights()
    return sum(weights.get(stem, unknown) ** 2 for stem in stems)


@cache
def _weights() -> tuple[Mapping[str, float], float]:
    """Return the weight of each stem of the examples, and that of all others; read once, in about a second."""
    examples = sentences(EXAMPLES)
    counts = Counter(stem for sentence in examples for stem in words_of(sentence))
    weight = {stem: math.log((1 + len(examples)) / (1 + count)) + 1 for stem, count in counts.items()}
    return weight, math.log(1 + len(examples)) + 1
