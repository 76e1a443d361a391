"""What the training data say already: their sentences, and the everyday words in them."""

import hashlib
import re
from collections import Counter
from functools import cache

from bot.catalogue.examples import sentences
from bot.understanding import fold

WORD = re.compile(r"\w+")
#: A word written small, inside a sentence: a name in the examples seldom comes more often than this.
SMALL = re.compile(r"(?<=[\w,'’] )[a-zà-ÿ][\w]+|(?<=['’])[a-zà-ÿ]\w+")
SELDOM = 2


@cache
def ordinary() -> frozenset[str]:
    """Return the folded words that are no names: those the examples write without a capital, more than now and then."""
    counts = Counter(fold(word) for line in sentences() for word in SMALL.findall(line))
    return frozenset(word for word, count in counts.items() if count > SELDOM)


@cache
def known() -> frozenset[str]:
    """Return the digests of all sentences of the training data."""
    return frozenset(map(digest, sentences()))


def digest(text: str) -> str:
    """Return what two sentences share that differ in capitals, accents and punctuation only."""
    return hashlib.sha256(" ".join(WORD.findall(fold(text))).encode()).hexdigest()
