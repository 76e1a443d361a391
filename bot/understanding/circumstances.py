"""Reads what a story tells of its circumstances, so that it is not asked: who did it, what was lost, given or done."""

import re
from datetime import datetime

from .fields import plain_words
from .folding import fold, said_before
from .losses import read_credit
from .persons import DOES_HARM, HARM_AT_HOME, HARM_BY_PARTNER
from .receptions import read_reception

KNOWN = (
    r"(?:mon|ma|mes|une?|des|d un|d une|le|la|les) (?:anciens? |anciennes? |meilleure? |propre )?(?:collegues?"
    r"|voisine?s?|camarades?|amie?s?|potes?"
    r"|copines?|patronne?|chef(?:fe)?|cousine?s?|eleves?|profs?|locataires?|proprietaires?|client(?:e|s"
    r"|es)? que je connais|garcons? de ma classe)"
)
BY_KNOWN = re.compile(rf"\b{KNOWN}\b[^.!?\n]{{0,50}}\b{DOES_HARM}|\b{DOES_HARM}[^.!?\n]{{0,15}} par {KNOWN}\b")
BY_EX = re.compile(r"\bmon ex|\b(?:ex[ -](?:mari|femme|copain|copine|compagnon|compagne|conjoint))\b")
BY_ANONYMOUS = re.compile(
    r"\b(?:(?:comptes?|profils?|pseudos?|numeros?) (?:anonymes?|masques?|prives?|bidons?|fakes?)|faux (?:comptes?"
    r"|profils?)"
    r"|anonymement|de facon anonyme)\b"
)
BY_STRANGER = re.compile(
    r"\b(?:(?:des?|un|une|par des?|par un) inconnue?s?|(?:que )?je ne (?:le|la|les) connais (?:pas|meme pas)"
    r"|quelqu un que je (?:ne )?connais pas"
    r"|je sais pas qui(?: c est)?|je ne sais pas qui(?: c est)?)\b"
)
LOST = re.compile(
    r"\b(?:(?:plus|pas|perdu|sans)(?: \w+){0,2} (?:acces|acceder|me connecter|entrer|rentrer|ouvrir ma (?:boite"
    r"|session)|me reconnecter)"
    r"|(?:mot de passe|mdp|adresse mail|mail|numero)(?: \w+){0,4} (?:a ete |ete |est )?(?:change\w*|modifie\w*"
    r"|remplace\w*)"
    r"|(?:change|modifie|remplace) (?:mon |le |l |mes )(?:mot de passe|mdp|adresse|mail|numero|identifiants)"
    r"|m ont ejecte\w*|expulse\w* de mon compte"
    r"|(?:suis|me retrouve) (?:bloque\w*|deconnecte\w*))\b"
)
KEPT = re.compile(
    r"\b(?:j ai (?:encore|toujours|pu recuperer|recupere) (?:l acces|acces|mon compte|la main)"
    r"|je sais encore me connecter)\b"
)
WROTE = re.compile(
    r"\b(?:j ai|je (?:l|les|lui) ai|nous avons|on a|je leur ai)(?: \w+){0,3} (?:ecrit|contacte\w*|relance\w*"
    r"|envoye(?: \w+){0,2} (?:mails?|messages?|rappels?)"
    r"|reclame\w*|demande (?:le remboursement|a etre rembourse\w*|des nouvelles)|appele|telephone)(?! la police"
    r"| ma banque| card)"
    r"|\b(?:le vendeur|le site|le service clients?|le magasin|la boutique|ils)(?: \w+){0,3} (?:repond\w*|m a dit"
    r"|m ont dit|promet\w*|refus\w+|ignore\w*|renvoi\w*)\b"
    r"|\b(?:mes|aux|plusieurs) (?:[\w-]+ )?(?:mails|messages|relances|reclamations)\b"
)
NOT_WRITTEN = re.compile(r"\b(?:pas|jamais)(?: encore)? (?:ecrit|contacte|relance|reclame)\b")
DEVICE = {
    "tablet": re.compile(r"\b(?:ma tablette|mon ipad|sur (?:la|une) tablette)\b"),
    "phone": re.compile(
        r"\b(?:mon (?:gsm|telephone|smartphone|iphone|samsung|portable)|sur (?:le|mon) (?:gsm|telephone|iphone))\b"
    ),
    "computer": re.compile(
        r"\b(?:mon (?:pc|ordi\w*|mac\w*|laptop|imac)|sur (?:le|l |mon) ?(?:pc|ordi\w*)|mon ecran d ordi\w*)\b"
    ),
}
EXPOSED = {
    "identity_document": re.compile(
        r"\b(?:donne|envoye|transmis|communique|scanne|vole|photo\w*|copie)(?: \w+){0,5} (?:carte d identite"
        r"|passeport|piece d identite|ma ci|permis)\b"
    ),
    "bank_details": re.compile(
        r"\b(?:donne|envoye|transmis|communique|encode|entre|tape|rempli"
        r"|mis)(?: \w+){0,5} (?:carte(?! d identite)(?: de banque)?|visa|coordonnees bancaires"
        r"|donnees bancaires|numero de (?:carte|compte)|iban|bancontact)\b"
    ),
    "password": re.compile(
        r"\b(?:donne|envoye|transmis|communique|encode|entre|tape|lu|dicte|mis)(?: \w+){0,5} (?:mot de passe|mdp"
        r"|codes?|identifiants?|login|pin|digipass)\b"
    ),
    "personal_details": re.compile(
        r"\b(?:donne|envoye|transmis|communique|encode|entre|rempli|mis)(?: \w+){0,4} (?:nom|adresse"
        r"|numero de (?:gsm|telephone)|date de naissance|coordonnees(?! bancaires))\b"
    ),
    "nothing": re.compile(
        r"\b(?:rien|jamais)(?: \w+){0,2} (?:donne|communique|encode|rempli|envoye|transmis)\b|\bn ai rien (?:donne"
        r"|fait|encode|rempli)\b"
    ),
}
NEGATED = re.compile(r"\b(?:pas|rien|jamais|sans|ni)(?: \w+){0,2} $")
type Circumstance = str | bool | int


def read_circumstances(text: str, now: datetime) -> dict[str, Circumstance]:
    """Return what a story states of `author_known`, `access_lost`, `seller_contacted`, `device`, `data_exposed`.

    And of `reception_date`, as an ISO day in Brussels (`now` is timezone-aware), and of `amount_cents` of a credit that
    somebody took in the member's name.
    """
    plain = fold(text)
    words = plain_words(text, plain)
    found: dict[str, Circumstance | None] = {
        "author_known": _author(plain),
        "access_lost": False if KEPT.search(plain) else True if LOST.search(plain) else None,
        "seller_contacted": False if NOT_WRITTEN.search(plain) else True if WROTE.search(plain) else None,
        "device": _only(DEVICE, plain),
        "data_exposed": _exposed(plain),
        "amount_cents": read_credit(words),
        "reception_date": read_reception(words, now),
    }
    return {name: value for name, value in found.items() if value is not None}


def _author(plain: str) -> str | None:
    if HARM_BY_PARTNER.search(plain) or BY_EX.search(plain):
        return "partner"
    if HARM_AT_HOME.search(plain):
        return "household"
    if BY_ANONYMOUS.search(plain):
        return "anonymous"
    if BY_STRANGER.search(plain):
        return "unknown"
    return "acquaintance" if BY_KNOWN.search(plain) else None


def _only(patterns: dict[str, re.Pattern[str]], plain: str) -> str | None:
    """Return the only one that is named; two leave it open."""
    named = [name for name, pattern in patterns.items() if pattern.search(plain)]
    return named[0] if len(named) == 1 else None


def _exposed(plain: str) -> str | None:
    for name, pattern in EXPOSED.items():
        match = pattern.search(plain)
        if match and (name == "nothing" or not NEGATED.search(said_before(plain, match.start(), 30))):
            return name
    return None
