"""Which families of incidents a text names, and of which it says that it is none ("pas une fraude, juste le colis")."""

import re

WORDS = {
    "fraud": r"(?:fraudes?|arnaques?|escroqueries?|vols?|phishing|hameconnage)",
    "failed_delivery": r"(?:colis|livraisons?|commandes?|paquets?|achat)",
    "insults": r"(?:insultes?|harcelement|menaces?|moqueries)",
    "suspicious_behaviour": r"(?:piratages?|pirate\w*|hack\w*|virus|(?:message|mail|sms|appel) suspect)",
}


def named_and_denied(plain: str) -> tuple[list[str], list[str]]:
    """Return the families that a folded text names, and those that it denies."""
    denied = [family for family, words in WORDS.items() if re.search(_denied(words), plain)]
    for words in WORDS.values():
        plain = re.sub(_denied(words), " ", plain)
    return [family for family, words in WORDS.items() if re.search(rf"\b{words}\b", plain)], denied


def _denied(words: str) -> str:
    return rf"\b(?:pas|ni|aucune?)(?: (?:vraiment|du tout))?(?: (?:un|une|de la|du|des|d|de|le|la|les))? {words}\b"
