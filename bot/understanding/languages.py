"""Tells Dutch, English and German from French, a doubt counting as French; hears a danger to life in them."""

import re
from functools import cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from .folding import fold

SURE = 0.8  # of lingua's confidence; French with English words in it ("fake mail") stays below
FEWEST_WORDS, FEWEST_LETTERS = 3, 12  # "ok", "hello" and names of shops say nothing about a language
CODES = {Language.DUTCH: "nl", Language.ENGLISH: "en", Language.GERMAN: "de"}
#: A sentence with two of these words may quote another language, but is French.
FRENCH = re.compile(
    r"\b(?:je|j|le|les|une|mon|ma|mes|est|et|pour|sur|avec|qui|que|pas|suis|veux|peux|ai|vous|mais|du|ne|c|ca|il|elle|on"
    r"|des|l|(?<!\bi )[md])\b"  # no "i'm", "i'd"
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
#: Clear phrases of a life in danger, one's own or someone's; bare words of it ("dood", "kill") stand in idioms too.
DANGER = {
    "nl": re.compile(
        r"\b(?:ik (?:wil|wou) (?:\w+ ){0,2}(?:dood|sterven)|ik dood (?:wil|was)|zelfmoord\w*|zelfdoding"
        r"|niet meer (?:wil |willen )?leven|er niet meer (?:wil )?zijn|(?:me|mij|mezelf|zichzelf) van kant"
        r"|einde? (?:maken )?aan (?:mijn|zijn|haar|het) leven|vermoorden|(?:me|mij|ons) (?:dood(?:maken|slaan)?|doden)"
        r"|met de dood bedreig\w*|doodsbedreiging\w*|slaat (?:me|mij)|bedreigt? (?:me|mij) met een (?:mes|wapen))\b"
    ),
    "en": re.compile(
        r"\b(?:i (?:just |really )?(?:want to|wanna|wish to|m going to|am going to|m gonna) die|suicidal"
        r"|kill(?:ing)? myself|(?:commit\w*|attempt\w*|consider\w*|thinking (?:of|about)|thoughts of) suicide"
        r"|kill (?:him|her)self|(?:end|ending|take|taking) (?:my|his|her) (?:own )?life|end it all|better off dead"
        r"|don ?t want to live|(?:going to|gonna|will|wants? to|threat\w+ to|tried to|trying to) kill (?:me|us)"
        r"|(?:hurt|harm) myself|(?:husband|wife|boyfriend|girlfriend|partner|he|she) (?:hits|beats) me"
        r"|death threats?|threat\w+ (?:me )?with a (?:knife|gun))\b"
    ),
    "de": re.compile(
        r"\b(?:ich (?:will|mochte|moechte) (?:\w+ ){0,2}sterben|sterben (?:will|mochte|moechte)|selbstmord\w*|suizid\w*"
        r"|nicht mehr leben|nicht mehr da sein|(?:mein|sein|ihr) leben beenden|(?:mir|sich) das leben nehmen"
        r"|(?:mich|sich|uns) (?:umbringen|toten|toeten)|bringt (?:mich|uns) um|(?:mord|todes)droh\w+|schlagt mich"
        r"|bedroht mich mit einem messer)\b"
    ),
}


def foreign_language(text: str) -> str | None:
    """Return nl, en or de for a message in that language; None for French, and where it is not clear."""
    plain = fold(text)
    words = re.findall(r"[^\W\d_]+", plain)
    if len(words) < FEWEST_WORDS or sum(map(len, words)) < FEWEST_LETTERS or _is_french(plain):
        return None
    everyday = {code for code, words in EVERYDAY.items() if words.search(plain)}
    if not everyday:
        return None  # whatever the models say: they take 9 MB once they are asked
    best = _detector().compute_language_confidence_values(text)[0]
    code = CODES.get(best.language)
    return code if code in everyday and best.value >= SURE else None


def danger_language(text: str) -> str | None:
    """Return in which language (nl, en, de) a phrase tells a danger to life, and None where none does.

    It is fr for a phrase in a French sentence. The phrase alone is enough: it may be too short for `foreign_language`.
    """
    plain = fold(text)
    code = next((code for code, phrases in DANGER.items() if phrases.search(plain)), None)
    return "fr" if code and _is_french(plain) else code


def _is_french(plain: str) -> bool:
    return len(FRENCH.findall(plain)) >= 2


@cache
def _detector() -> LanguageDetector:
    """Return the detector; its models are part of the library and take about 20 MB once used."""
    return LanguageDetectorBuilder.from_languages(Language.FRENCH, *CODES).build()
