"""Tells Dutch, English and German messages from French ones; a doubt counts as French."""

import re
from functools import cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from .folding import fold

SURE = 0.8  # of lingua's confidence; French with English words in it ("fake mail") stays below
FEWEST_WORDS, FEWEST_LETTERS = 3, 12  # "ok", "hello" and names of shops say nothing about a language
CODES = {Language.DUTCH: "nl", Language.ENGLISH: "en", Language.GERMAN: "de"}
#: A sentence with two of these words may quote another language, but is French.
FRENCH = re.compile(
    r"\b(?:je|j|le|les|une|mon|ma|mes|est|et|pour|sur|avec|qui|que|pas|suis|ai|vous|mais|du|ne|c|ca|il|elle|on|des"
    r"|m|l|d)\b"
)
#: A text without an everyday word of its language is a name or a list of English terms.
EVERYDAY = {
    "nl": re.compile(
        r"\b(?:ik|mijn|de|het|een|is|van|en|niet|heb|werd|wordt|iemand|mij|kan|helpen|hebben|dit|dat|op|naar|geld"
        r"|was|hulp)\b"
    ),
    "en": re.compile(
        r"\b(?:i|my|the|a|is|was|and|to|me|they|from|of|it|this|have|has|been|help|please|can|you|someone|not|money)\b"
    ),
    "de": re.compile(
        r"\b(?:ich|meine?|meine[mnr]|das|der|die|eine?|ist|und|nicht|habe|wurde|jemand|mir|bitte|hilfe|von|geld|kann)\b"
    ),
}


def foreign_language(text: str) -> str | None:
    """Return nl, en or de for a message in that language; None for French, and where it is not clear."""
    plain = fold(text)
    words = re.findall(r"[^\W\d_]+", plain)
    if len(words) < FEWEST_WORDS or sum(map(len, words)) < FEWEST_LETTERS or len(FRENCH.findall(plain)) >= 2:
        return None
    best = _detector().compute_language_confidence_values(text)[0]
    code = CODES.get(best.language)
    return code if code and best.value >= SURE and EVERYDAY[code].search(plain) else None


@cache
def _detector() -> LanguageDetector:
    """Return the detector; its models are part of the library and take about 20 MB once used."""
    return LanguageDetectorBuilder.from_languages(Language.FRENCH, *CODES).build()
