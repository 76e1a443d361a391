"""What the training data say already: their sentences, and the everyday words in them."""

import hashlib
import re
from collections import Counter
from functools import cache

from bot.settings import ROOT
from bot.understanding import fold

NLU = ROOT / "data" / "nlu"
LINE = re.compile(r"^\s+- (.*\S)", re.MULTILINE)
WORD = re.compile(r"\w+")
#: A word written small, inside a sentence: a name in the examples seldom comes more often than this.
SMALL = re.compile(r"(?<=[\w,'’] )[a-zà-ÿ][\w]+|(?<=['’])[a-zà-ÿ]\w+")
SELDOM = 2


@cache
def ordinary() -> frozenset[str]:
    """Return the folded words that are no names: those the examples write without a capital, more than now and then."""
    counts = Counter(fold(word) for line in _lines() for word in SMALL.findall(line))
    return frozenset(word for word, count in counts.items() if count > SELDOM)


@cache
def known() -> frozenset[str]:
    """Return the digests of all sentences of the training data."""
    return frozenset(map(digest, _lines()))


def digest(text: str) -> str:
    """Return what two sentences share that differ in capitals, accents and punctuation only."""
    return hashlib.sha256(" ".join(WORD.findall(fold(text))).encode()).hexdigest()


def _lines() -> list[str]:
    return [line for path in sorted(NLU.rglob("*.yml")) for line in LINE.findall(path.read_text(encoding="utf-8"))]
