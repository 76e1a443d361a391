"""The words around a place in a text, as cues of what the place tells."""

import re
from collections.abc import Iterator

WORD = re.compile(r"[a-z€]+|\d+|[^\w\s]")
REACH = 7  # words on either side
NEAREST = 3  # of which the place is told as well
LONGEST = 100  # characters on either side


def surroundings(plain: str, start: int, end: int) -> Iterator[str]:
    """Yield the words before and after a span of folded text, the nearest with their place and in pairs."""
    before = [_word(each) for each in WORD.findall(plain, max(0, start - LONGEST), start)][-REACH:][::-1]
    after = [_word(each) for each in WORD.findall(plain, end, end + LONGEST)][:REACH]
    for side, words in (("before", before), ("after", after)):
        for place, word in enumerate(words):
            yield f"{side} {word}"
            if place < NEAREST:
                yield f"{side} {place} {word}"
        if len(words) > 1:
            yield f"{side} {words[0]} {words[1]}"


def _word(found: str) -> str:
    return "#" if found.isdecimal() else found
