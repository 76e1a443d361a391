"""Whether one message tells of two harms: where it can be cut in two, and each half is clear for itself."""

from __future__ import annotations

import re
from typing import List, Text, Tuple

import numpy as np

MIN_WORDS = 4  # in each half
MAX_CUTS = 5  # the longest stories are cut at their first ends of sentences only
#: The end of a sentence or clause, or a word that begins another matter; "et il …" goes on about the same person.
CUT = re.compile(
    r"(?<=[.!?;\n])\s+|,\s+(?=(?:et|puis|mais|en plus|sinon|par ailleurs)\b(?! (?:il|elle)s?\b))"
    r"|\s+(?=et (?!demi|(?:il|elle)s?\b))",
    re.IGNORECASE,
)

#: Words by which people announce that they tell of more than one thing.
ANNOUNCED = re.compile(
    r"\b(aussi|[ée]galement|en plus|par ailleurs|sinon|autre|rien [àa] voir|de mon c[ôo]t[ée]|d'un coup"
    r"|deux|premi[èe]re?(?:ment)?|deuxi[èe]me(?:ment)?|par.dessus|depuis|maintenant)\b",
    re.IGNORECASE,
)
SURE_IF_ANNOUNCED = 0.8  # of the less sure half
SURE, SHARE_OF_WHOLE = 0.9, 0.02  # without such a word; and what the whole message must give to the second family
# Measured on stories held out of training: 2 to 4 % of those with one harm are taken for two (docs/nlu.md).


def halves(text: Text) -> List[Tuple[Text, Text]]:
    """Return the ways to cut a text in two, each half of at least `MIN_WORDS` words."""
    cuts = [(text[: cut.start()], text[cut.end() :]) for cut in CUT.finditer(text)]
    return [both for both in cuts if all(len(half.split()) >= MIN_WORDS for half in both)][:MAX_CUTS]


def second_harm(first: np.ndarray, second: np.ndarray, best: int) -> Tuple[int, float]:
    """Return the family told beside the `best` one and how sure that is.

    `first` and `second` are the families' probabilities in the halves, shape (cuts, families). The surest cut counts,
    and there the less sure of its two halves.
    """
    others = [family for family in range(first.shape[1]) if family != best]
    either = np.maximum(
        np.minimum(first[:, [best]], second[:, others]),
        np.minimum(second[:, [best]], first[:, others]),
    )
    cut, place = np.unravel_index(int(either.argmax()), either.shape)
    return others[place], float(either[cut, place])


def is_told(text: Text, sure: float, share_of_whole: float) -> bool:
    """Tell whether a second harm is sure enough to speak of, with that family's share of the whole message."""
    announced = bool(ANNOUNCED.search(text))
    return (announced and sure >= SURE_IF_ANNOUNCED) or (sure >= SURE and share_of_whole >= SHARE_OF_WHOLE)
