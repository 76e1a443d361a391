"""Recognises the seller that a story bought from; a shop that was imitated or paid by a thief is none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .folding import said_before, sentence_around
from .links import SHOP_NAMES, URL
from .names import find_platforms, find_sellers, is_no_seller

SHOPPING = re.compile(
    r"\b(?:command\w+|achet\w+|achats?|livr\w+|colis|articles?|vendeu\w+|boutique|webshop|pay[e]\w*"
    r"|rembours\w+|panier|retour\w*|recue?s?|garantie|reserv\w+|billets?|sav|service client\w*|abonn\w+"
    r"|inscri\w+|pris|arriv\w+|magasin|transporteur|doit)\b"
)
NOT_BOUGHT = re.compile(
    r"\b(?:quelqu un a|ils ont|on a|il a|elle a|hacker a|a servi a) (?:\w+ )?(?:command\w+|achet\w+"
    r"|pay\w+)|\b(?:a|a mon|a son) insu\b|\bjamais (?:fait|autorise|effectue)\b|\bpas moi qui\b"
    r"|\bn ai (?:rien|pas|jamais) (?:command|achet)|\b(?:jamais|rien) command\w+\b|(?:€|euros?) (?:de|chez"
    r"|sur) \w+[^.!?]{0,40}(?:debit|prelev)|\ben (?:se faisant passer|mettant) mon nom\b|\bavec (?:ma"
    r"|sa) carte (?:chez|sur)\b"
)
THIEVES_SHOP = re.compile(
    r"\b(?:itsme|digipass|faux technicien|teamviewer|anydesk|cartes? cadeaux?|neosurf|transcash|paysafe\w*"
    r"|mes codes|ses codes|faux (?:employe|conseiller|banquier))\b"
)
IMPERSONATED = re.compile(
    r"(?:\b(?:sms|mail|email|e-mail|message|appel|whatsapp|faux|fausse|faux sites?|passer pour"
    r"|soi[ -]disant|sois[ -]disant|soit disant|de la part d[eu]|au nom d[eu]|imit\w+|copi\w+|pretend\w*"
    r"|signe|se dis\w+"
    r"|pub(?:licite)?|bons?|carte cadeau|cheque cadeau|cartes?|employe|technicien|compte|concours|lien"
    r"|logo|trajets?|abonnement|vrai(?:s)? sites?|vrai|vraie|sac|montre|veste|baskets|chaussures|marque)s?"
    r"(?: \w+)? (?:de |d |du |chez |venant de )?(?:la |l )?|imite )$"
)
BUYING = (
    r"(?:command\w+|achet\w+|achats?|pay[e]\w*|pris\w*|reserv\w+|offert\w*|retourn\w+|renvoy\w+|recu\w*"
    r"|livr\w+|rembours\w+|trouve\w*|vu|inscri\w+|souscri\w+|abonn\w+|retour|billets?|formation|colis)"
)
BOUGHT_BEFORE = re.compile(rf"\b{BUYING}\b[^.!?\n]{{0,90}}$")
BOUGHT_AFTER = re.compile(rf"^[^.!?\n]{{0,60}}\b{BUYING}\b")
IN_CAPITALS = (
    r"[A-ZÀ-Þ0-9][\w&'’+-]*(?:\.[a-z]{2,6})?(?: (?:&|(?:du|des|de|d['’]|de la|et) ?[A-ZÀ-Þ][\w&'’+-]*"
    r"|[A-ZÀ-Þ][\w&'’+-]*|[0-9]{1,3}(?=[ ,.)]|$))){0,3}"
)
SHOP_WORD = (
    r"(?:sites?(?: web| internet| de vente)?|boutiques?(?: en ligne)?|webshop|e-?shop"
    r"|magasins?(?: en ligne)?|enseigne|firme|societe|marchand|agence|organisme|club|plateforme|atelier"
    r"|cordonnerie|pharmacie|animalerie|revendeur|fournisseur|commerce)"
)
TOLD_NAME = re.compile(
    rf"(?i:\b{SHOP_WORD}(?: \w+)?,? (?:(?:qui|ki) s['’ ]appel\w+|appel[ée]e?|nomm[ée]e?|du nom d[e'’]"
    rf"|s['’ ]appel\w+|«) ?:? ?)[«\"“' ]*(?P<name>[\w&][\w&'-]*(?:\.[a-z]{{2,6}})?(?:"
    rf" [A-Z0-9][\w&'-]*){{0,2}})"
)
AFTER_CHEZ = re.compile(rf"(?i:\bchez) [«\"“' ]*(?P<name>{IN_CAPITALS})")
AFTER_SHOP_WORD = re.compile(rf"(?i:\b{SHOP_WORD}),? [«\"“' ]*(?P<name>{IN_CAPITALS})")
AFTER_SUR = re.compile(rf"(?i:\b(?:sur|à|par|du site)) [«\"“' ]*(?P<name>{IN_CAPITALS})")
SUBJECT = re.compile(
    rf"(?:^|[.!?:;,»\n]+ |\bet |\bmais )(?P<name>{IN_CAPITALS})(?= (?:me |m['’]|ne |n['’]|nous |y )?(?:a "
    rf"|ont )?(?:(?:déjà|bien|toujours) )?(?:dit|disent|demande|répond|refuse|jure|prétend|propose|annonce"
    rf"|décroche|rembourse|renvoie|livre|envoie|fait|promet|exige|assure|reconnaît|clôtur|traîne)\w*\b)"
)
ANY_NAME = re.compile(rf"(?<![\w.])(?P<name>{IN_CAPITALS})")
LOWER_NAME = re.compile(
    r"\b(?:chez|(?:site|boutique|webshop|magasin)(?: en ligne"
    r"| internet)?(?: de)?) (?P<name>[a-z][a-z0-9&-]{2,}(?: (?:shop|store|outlet|design|home|world|express"
    r"|market|mobile|deal|deals|academy|belgique|belgium|paris|sport|sports|auto|meubles|bijoux|depot"
    r"|services|center|center|store))?)(?= ?(?:$|[,.;:!?()\d])| (?:pour|le|il|un|une|et|mais|je|j|la|avec"
    r"|depuis|en|qui|hier|au|a|y|dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi|jamais|livr\w+"
    r"|arriv\w+|casse\w*|toujours)\b)"
)
NOT_A_NAME = re.compile(
    r"^(?:je|j|il|elle|on|nous|le|la|les|l|un|une|des|mon|ma|mes|ce|cet|cette|pas|rien|tout|mais|et|ou|qui"
    r"|que|depuis|bonjour|bonsoir|pour|moi|eux|internet|de|du|frauduleux|web|officiel|chinois|belge"
    r"|francais|etranger"
    r"|connu|inconnu|pirate|piege|fantome|clone|copie|factice|ferme|mort|vide|complet|serieux|bidon|louche|specialise|en|dont|avec|sans|apres|avant|impossible|aucun|aucune"
    r"|chez|sur|par|amis|ami|lui|leur|elles|ils|vous|soi|quelqu|janvier|fevrier|mars|avril|mai|juin"
    r"|juillet|aout|septembre"
    r"|octobre|novembre|decembre|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|noel|\d+|rencontres?"
    r"|vente|cv|streaming|petites|occasion)$"
)
SURE = 3
SMALL_TAIL = re.compile(
    r"(?: (?:le|la|les|de|du|pour|par|avec|en|et|il|elle|je|on|un|une|des|mais|euros?|\d+))+$", re.IGNORECASE
)


PARCEL_OF = re.compile(
    r"(?:^|\brecu |\b(?:livr|appor|depos)\w+ )\W*(?:un |une |ce |le |deux |\d )?(?:colis|paquets?|cartons?)"
    r" (?:de chez|de|d|venant de) $"
)
LURED = re.compile(r"\b(?:clique\w*|lien|sms|mail|e-mail|encod\w+|codes?|suivi le|ouvert)\b[^.!?\n]*$")
LOWER_ON = re.compile(
    r"\b(?:command\w+|achet\w+|prise?|reserv\w+"
    r"|paye\w*)(?: [\w€.,-]+){0,7} sur (?P<name>[a-z][a-z0-9-]{3,})(?= ?(?:$|[,.;:!?()])| (?:pour|le|il|un"
    r"|une|et|mais|je|j|avec|hier|depuis|a|y|\d))"
)


@dataclass(frozen=True)
class Named:
    """A name that may be the seller's, and how much its place in the sentence speaks for that (`SURE` or more)."""

    name: str
    start: int
    weight: int


def find_merchant(text: str, folded: str) -> str | None:
    """Return the seller's name where the story buys from it, as typed or as the register spells it, or None."""
    if not SHOPPING.search(folded):
        return None
    if NOT_BOUGHT.search(folded):
        return _sender(folded)
    named = list(_domains(text, folded))
    if not THIEVES_SHOP.search(folded):
        named += [*_registered(folded), *_unregistered(text, folded)]
    best = max(named, key=lambda each: (each.weight, -each.start), default=None)
    return best.name if best and best.weight >= SURE else None


def find_named(text: str, folded: str) -> Iterator[Named]:
    """Yield all names that may be a seller's."""
    yield from _domains(text, folded)
    yield from _registered(folded)
    yield from _unregistered(text, folded)
    yield from _anywhere(text, folded)


def _anywhere(text: str, folded: str) -> Iterator[Named]:
    """Yield what is only written like a name, wherever it stands."""
    for seller in find_sellers(folded):
        yield Named(seller.name, seller.start, 0)
    for match in URL.finditer(text):
        yield Named(match.group().rstrip(".,;:!?)]}'’…»"), match.start(), 0)
    for match in ANY_NAME.finditer(text) if not text.isupper() else ():
        plain = folded[match.start("name") : match.end("name")]
        if len(plain) > 2 and not NOT_A_NAME.match(plain.split()[0]) and not is_no_seller(plain):
            yield Named(match["name"], match.start("name"), 0)


def _sender(folded: str) -> str | None:
    """Return the registered seller of a parcel that nobody ordered ("j'ai reçu un colis d'Amazon")."""
    for seller in find_sellers(folded):
        before = said_before(folded, seller.start, 60)
        if PARCEL_OF.search(before) and not IMPERSONATED.search(before) and not LURED.search(before):
            return seller.name
    return None


def _registered(folded: str) -> Iterator[Named]:
    for seller in find_sellers(folded):
        before = said_before(folded, seller.start, 90)
        if IMPERSONATED.search(before):
            continue
        near = re.search(r"\b(?:chez|sur|a|de|site|boutique|du|via) (?:le site )?(?:de )?$", before)
        yield Named(seller.name, seller.start, 6 if near and BOUGHT_BEFORE.search(before) else 5 if near else 4)


def _domains(text: str, folded: str) -> Iterator[Named]:
    for match in URL.finditer(text):
        address = match.group().rstrip(".,;:!?)]}'’…»")
        host = re.sub(r"^(?:https?://)?(?:www\.)?", "", address, flags=re.IGNORECASE).split("/")[0]
        before, after = folded[max(0, match.start() - 90) : match.start()], folded[match.end() : match.end() + 70]
        if IMPERSONATED.search(before[-40:]) and not re.search(r"\bfaux sites? (?:\w+ )?$", before):
            continue
        if host.lower() in SHOP_NAMES or LURED.search(before):
            continue
        sold = re.search(rf"\b{BUYING}\b", before) or BOUGHT_AFTER.search(after) or re.search(r"\bc etait $", before)
        if sold and re.search(r"\b(?:sur|chez|site|de|boutique|webshop|etait|via|a|:|=)[ :(«\"]*$", before):
            yield Named(host, match.start(), 7)


def _unregistered(text: str, folded: str) -> Iterator[Named]:
    shouted = text.isupper()
    patterns = ((TOLD_NAME, 6), (AFTER_CHEZ, 5), (AFTER_SHOP_WORD, 4), (AFTER_SUR, 3), (SUBJECT, 3))
    for pattern, weight in patterns if not shouted else ():
        for match in pattern.finditer(text):
            yield from _named(text, folded, match, weight)
    for pattern in (LOWER_NAME, LOWER_ON):
        for match in pattern.finditer(folded):
            yield from _named(text, folded, match, 4)


def _named(text: str, folded: str, match: re.Match[str], weight: int) -> Iterator[Named]:
    start, end = match.span("name")
    name = SMALL_TAIL.sub("", text[start:end]).rstrip(".'-»\"’ ")
    plain = folded[start : start + len(name)]
    before = said_before(folded, start, 90)
    if (
        len(name) < 2
        or (match.re in {LOWER_NAME, LOWER_ON} and not name.isascii())  # "site supprimé", "le site était"
        or re.fullmatch(r"[a-z]{2}\d{2}.*", plain)
        or NOT_A_NAME.match(plain.split()[0])
        or is_no_seller(plain)
        or IMPERSONATED.search(before)
    ):
        return
    first, last = sentence_around(folded, start, start + len(name))
    bought = re.search(
        r"\b(?:command|achet|pay|reserv|retourn|renvoy|pris|rembours|abonn|souscri|inscri)",
        folded[first : start if match.re is AFTER_SUR else last],
    )
    if weight <= SURE and not bought and folded.count(plain) < 2:
        return
    if any(platform.start < start + len(name) and start < platform.end for platform in find_platforms(folded)):
        return
    yield Named(name, start, weight)
