"""Recognises what a short message wants of the conversation itself: to pause, to go on, advice alone, a reason."""

import re

from .folding import fold

LATER = (
    r"(?:demain|plus tard|ce soir|tantot|tout a l heure|apres|cet aprem\w*|la semaine prochaine|\w+di"
    r"|dans (?:\w+ )?(?:heures?|minutes?|jours?))"
)
COMES_BACK = (
    r"(?:reviens|reviendrai|continue|continuerai|finis|finirai|termine|terminerai|verrai"
    r"|reprends|reprendrai|fais ca|ferai ca)"
)
PAUSE = re.compile(
    rf"\b(?:je (?:\w+ )?{COMES_BACK}(?: \w+)*? {LATER}|(?:on|je) (?:\w+ )?(?:continue|fait|finit|reprend"
    rf"|verra)(?: ca)? {LATER}"
    r"|a (?:demain|plus tard|tantot)\b|(?:faire|fais|fait|mettre|mets) (?:une |en )?pause"
    r"|je (?:dois|vais devoir) (?:y aller|partir|filer|m absenter))|^pause$"
)
CONTINUE = re.compile(
    r"(?:(?:ok|oui|bonjour|bonsoir|je (?:veux|voudrais|peux|souhaite)|on|pour|alors|allez)[ ,]+)*"
    r"(?:continue[rz]?|continuons|reprendre|reprend[sz]?|reprenons)"
    r"(?: (?:ma|la|notre|avec|le|mon|ou|on|en|etait|declaration|dossier|formulaire|svp|s il vous plait|maintenant"
    r"|merci))*"
)
WITHOUT_CLAIM = re.compile(
    r"\b(?:(?:pas|aucune|sans)(?: (?:de|d|faire|besoin|envie|une|veux|la))*"
    r" (?:declaration|declarer|ouvrir (?:de|un) dossier)\b|ne veux rien declarer\b"
    r"|(?:juste|que|seulement|uniquement|simplement)(?: (?:un|des|quelques|avoir|besoin|d|de|vos|savoir))*"
    r" (?:conseils?|avis|quoi faire)\b)(?!.*\b(?:police|commissariat|banque|vendeur|mutuelle|impots?)\b)"
)
WHY = re.compile(r"(?:mais |et |ben )?pourquoi(?: (?:ca|cela|faire (?:ca|cela)|tout ca|(?:l etape |le |la )?\d))?")
HOW = re.compile(
    r"(?:mais |et |ben )?comment(?: (?:faire|je fais|on fait|proceder|m y prendre|ca marche))?"
    r"(?: (?:ca|cela|l etape \d|le \d|pour (?:ca|cela)))?"
)
WHY_ASKED = re.compile(r"\bpourquoi\b.*\b(?:demand\w+|question\w*|besoin|savoir|voulez)\b|\bca sert a quoi\b")
LONGEST = 14  # words of a wish; a longer message tells something


def wants_pause(text: str) -> bool:
    """Tell whether the member says they will go on another time."""
    return _is_short(text) and bool(PAUSE.search(_plain(text)))


def wants_to_continue(text: str) -> bool:
    """Tell whether the whole message asks to go on with what was begun."""
    return bool(CONTINUE.fullmatch(_plain(text)))


def wants_no_claim(text: str) -> bool:
    """Tell whether the member asks for advice alone, or says that no claim is to be made."""
    return bool(WITHOUT_CLAIM.search(_plain(text)))


def asks_reason(text: str) -> str:
    """Return "why" or "how" where the whole message asks for more about the advice, "why_asked" about a question."""
    plain = _plain(text)
    if WHY.fullmatch(plain):
        return "why"
    if HOW.fullmatch(plain):
        return "how"
    return "why_asked" if _is_short(text) and WHY_ASKED.search(plain) else ""


def _is_short(text: str) -> bool:
    return len(text.split()) <= LONGEST


def _plain(text: str) -> str:
    return fold(text).strip(" .,!?:;…")
