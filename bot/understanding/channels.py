"""Tells by what channel the author reached the member."""

import re

from .folding import said_before
from .names import Platform, find_platforms

WORDS = {
    "whatsapp": r"whats? ?app|whatsap|watsapp?|whattsapp|wathsapp|numero whatsapp",
    "sms": r"sms|texto|textos|imessage",
    "email": r"e-?mails?|mails?|courriels?|couriels?|newsletter",
    "phone": r"appels?(?! (?:d offre|a l aide))|coups? de (?:fil|telephone)|telephone[esr]?"
    r"|telephonique\w*|m (?:a|ont) (?:\w+ )?(?:appelee?|sonnee?|rappelee?|telephone)"
    r"|l (?:a|ont) (?:\w+ )?(?:appelee?|telephone)|(?:a|ont) (?:appele|sonne"
    r"|telephone)(?= (?:ma|mon|mes|chez)\b)"
    r"|au (?:telephone|bout du fil)|en ligne avec un|vocal\w*",
    "website": r"faux sites?|sites? (?:web|internet|frauduleux|de commerce|qui)|un site"
    r"|webshops?|e-?shop|boutique en ligne|page de paiement|pop-?up",
    "app": r"appli(?:cation)?s? de rencontres?|une appli(?:cation)?|via l appli(?:cation)?",
    "marketplace": r"seconde main|petites? annonces?|2nde main",
    "social": r"reseaux? soci\w+|messages? prives?|en mp|en dm|dm|inbox|stor(?:y|ies)",
}
PATTERN = re.compile(r"(?<![\w-])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in WORDS.items()) + r")(?!\w)")
REACHED = re.compile(
    r"\b(?:recu|recois|recevoir|recoit|recevait|par|via|arrive|envoy\w+|clique\w*"
    r"|faux|fausse|contact\w+|ecri\w+|message\w*|suite a|reponse a|ouvert|dans"
    r"|sur|un|une|des|ce|cet)\b"
)
BY_ME = re.compile(
    r"\b(?:j ai|j|je(?: lui| leur| l)?|nous avons|on a|je les ai|je l ai|je lui ai"
    r"|je leur ai)(?: deja| ai| leur| lui| aussi| juste)? (?:envoy\w+|ecri\w+"
    r"|telephon\w+|appele|sonne|contact\w+|repon\w+|relance\w*|essaye de|transfer\w+"
    r"|signale\w*|prevenu)(?: [^.!?;,\n]{0,40})?$"
)
NOT_REACHED = re.compile(
    r"\b(?:mon|ma|mes|mot de passe (?:de )?|boite|adresse|numero de|compte|reponse (?:a"
    r"|aux) mes|reponds? (?:plus |pas )?(?:a|aux) mes|de confirmation|ni|pas de?) (?:\w+ )?$"
)
AFTERTHOUGHT = re.compile(r"\b(?:banque|card ?stop|police|service client\w*|confirmation|proximus m|mon gsm)\b")
CONTACT = re.compile(
    r"\b(?:messages?|contact\w*|m a (?:ecrit|envoye|parle|demande|ajoute)|recu"
    r"|recois|insult\w+|traite\w*|harcel\w+|commentaires?|moqu\w+|rackett\w+"
    r"|demande\w*|achet\w+|command\w+|propos\w+|arnaqu\w+|menac\w+|annonce|pub\w*"
    r"|rencontre\w*|vend\w+|lien)\b"
)
MAIL_AS_ACCOUNT = re.compile(r" ?(?:a ete )?(?:pirat|hack|adress)")


def read_channel(plain: str) -> str | None:
    """Return the id of the contact channel, or None where the story does not say it."""
    scored: list[tuple[int, int, str]] = []
    for match in PATTERN.finditer(plain):
        score = _score(plain, match)
        if score:
            scored.append((-score, match.start(), match.lastgroup or ""))
    for platform in find_platforms(plain):
        if platform.channel in {"social", "app"} and not CONTACT.search(plain):
            continue
        if platform.channel and not _by_me(plain, platform.start):
            weight = _weight(plain, platform)
            scored.append((-weight, platform.start, platform.channel))
    return min(scored)[2] if scored else None


def _score(plain: str, match: re.Match[str]) -> int:
    """3 the author's own message, 2 likely so, 1 only a place, 0 the member's or the bank's."""
    before = said_before(plain, match.start(), 70)
    name = match.lastgroup
    if BY_ME.search(before) or NOT_REACHED.search(before[-28:]):
        return 0
    if name == "email" and MAIL_AS_ACCOUNT.match(plain, match.end()):
        return 0
    if name == "phone":
        return 0 if re.search(r"\b(?:numero de|mon|le|de) $", before) and match.group().startswith("telephone") else 3
    if name in {"website", "app", "social", "marketplace"}:
        return 1 if name == "website" else 2
    return 3 if REACHED.search(before[-30:]) else 2


def _weight(plain: str, platform: Platform) -> int:
    """Weigh a messenger by which something came above the place where an advertisement stood."""
    if platform.channel == "whatsapp":
        return 4 if re.search(r"\b(?:par|via|sur|message|lien) $", plain[: platform.start]) else 3
    return 3 if platform.channel == "marketplace" else 2


def _by_me(plain: str, start: int) -> bool:
    before = said_before(plain, start, 70)
    return bool(BY_ME.search(before))


def channel_named(plain: str) -> str | None:
    """Return the channel that a short answer names, or None."""
    match = PATTERN.search(plain)
    if match:
        return match.lastgroup
    if re.search(r"\b(?:gsm|telephone|appele|sonne|coup de fil)\b", plain):
        return "phone"
    if re.search(r"\bmessage texte|texto\b", plain):
        return "sms"
    if re.search(r"\b(?:site|internet|web)\b", plain):
        return "website"
    if re.search(r"\b(?:appli|application|app|jeu)\b", plain):
        return "app"
    return next((platform.channel for platform in find_platforms(plain) if platform.channel), None)
