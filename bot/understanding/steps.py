"""Tells which steps the member has already taken: a police report, a call to the bank or Card Stop."""

import re

from .folding import said_before

REPORT = re.compile(
    r"\b(?:(?:porte[r]?|depos\w+|fait|faire|introdui\w+|pris|prendre|prise|enregistr\w+"
    r"|acte|signe|depot de|mis|mettre|une?|ma) (?:une |ma |la |de |notre |aussi "
    r"|deja |)*(?:plainte|pv|proces[ -]verbal)|plainte (?:a ete )?(?:deposee?"
    r"|faite|prise|enregistree?|a la police|aupres de la police|au commissariat)"
    r"|(?:ete|alle[e]?s?|aller|passe[er]?|rendu[e]?s?|rendre|vais|irai|va|suis"
    r"|retourne) (?:aujourd hui |hier |demain |deja |voir |porter plainte |ce matin )*(?:a la"
    r"|au|chez la|voir la|dans un) (?:police|commissariat|bureau de police)"
    r"|j ai (?:un|le|mon|recu le|recu un) (?:numero de )?(?:pv|proces[ -]verbal)"
    r"|pv (?:numero|n°|recu|fait|en main)|attestation de (?:depot de )?plainte"
    r"|declaration a la police|declare a la police)\b"
)
REFUSED = re.compile(r"\bpolice\b[^.!?\n]{0,40}\b(?:refus\w+|pas voulu|veut pas)\b[^.!?\n]{0,20}(?:plainte|pv)?")
FUTURE = re.compile(
    r"\b(?:vais|irai|va|demain|compte|comptais|dois|devrais|faut|veux|voudrais"
    r"|peux|puis|aimerais|hesite|pense|envisage|conseille|dit d|dit de|plus tard"
    r"|lundi prochain|prevu|passerai|porterai|ferai|deposerai|appellerai|appelerai)\b"
)
NEGATED = re.compile(r"\b(?:pas|jamais|rien|sans|aucune|ni|ose)\b")
QUESTION = re.compile(
    r"\b(?:dois[ -]je|faut[ -]il|est ce que je|puis[ -]je|comment|quand|si je"
    r"|je devrais|est ce qu il)\b|\bou (?:porter|deposer|faire)\b"
)
BANK = (
    r"(?:(?:ma|la|notre|sa|leur|mes|a ma|a la|aupres de ma) (?:propre )?banques?"
    r"|banque|card ?stop|fraud ?stop|078 ?170 ?170|cardstop|doccle bank|belfius"
    r"|kbc|cbc|ing|bnp(?: paribas)?(?: fortis)?|argenta|crelan|beobank|keytrade"
    r"|revolut|axa banque|le banquier|mon banquier|mon agence|l agence)"
)
CALLED = (
    r"(?:appel(?:e|er|ee|ons|ais)?s?(?! d)|telephon\w+|contact\w+|prevenu\w*"
    r"|prevenir|avert\w+|joint|joindre|sonne|sonner|alerte\w*|inform\w+|rappele"
    r"|signale\w*|parle|ecrit|eu|alle[e]?|passe[e]?|conteste\w*|fait opposition)"
)
CALL = re.compile(
    rf"\b{CALLED}(?: (?:a|au|aux|chez|avec|aupres de|de suite|directement|tout de suite"
    rf"|aussitot|immediatement|vite|deja|hier|ce matin|encore|le|l|la|de|service"
    rf"|fraude|fois|tout|cela|ca|\d|directement|urgence)){{0,4}} ?{BANK}\b"
)
TOLD = re.compile(
    rf"\b{BANK} (?:est |a ete |a deja ete |sont |aussi |deja |bien |ont ete )*(?:contactee?s?"
    rf"|prevenue?s?|avertie?s?|informee?s?|appelee?s?)\b"
)
BLOCKED = re.compile(
    r"\b(?:(?:fait |ai |a |avons |de )?(?:bloque[r]?|fait bloquer|opposition) (?:\w+ )?(?:ma"
    r"|mes|la|sa|notre|ses|les|sur ma) (?:\w+ )?(?:cartes?|comptes?(?: bancaires?)?)"
    r"|(?:cartes?|comptes? bancaires?) (?:\w+ ){0,3}(?:bloquees?|bloques?))\b"
)
BANK_SAYS = re.compile(
    rf"\b{BANK} (?:m a |m ont |me |m |nous |nous a |lui a |lui |ne |n a |a |va )*(?:pas "
    rf"|rien |tout |deja |bien )?(?:refus\w+|veu(?:t|lent) (?:pas|rien|plus|pas me"
    rf"|rien savoir)|peut (?:pas|rien|plus)|rembourse\w*|bloque\w*|repond\w*|enquete|analyse|ouvert|conseille\w*"
    rf"|confirme\w*|demande d attendre|rejett?e\w*|examine\w*|dit que c est|dit qu ils?"
    rf"|voulu)\b"
)
UNREACHED = re.compile(
    rf"\b(?:arriv\w+ pas|pas (?:\w+ )?reussi|impossible|essay\w+|ne repond\w* pas"
    rf"|personne|injoignable|fermee?|occupee?)\b[^.!?\n]{{0,30}}\b{BANK}\b|\b{BANK}\b[^.!?\n]{{0,12}}\b"
    rf"(?:ne repond\w* pas"
    rf"|repond pas|injoignable|fermee?|decroche pas|est fermee?)\b"
)
FALSE_BANK = re.compile(
    r"\b(?:faux|fausse|soi[ -]disant|sois[ -]disant|pretend\w*|passer pour|se dis\w+"
    r"|employe|conseiller|quelqu un|arnaqueur|escroc|il|elle|ils|on m|m a|m ont)(?: \w+){0,3} $"
)
NOT_PAYMENT_ACCOUNT = re.compile(r"carte sim|compte (?:insta|face|fb|snap|tik|vinted|gmail)")


def read_police_report(plain: str) -> bool | None:
    """Return whether a complaint was made at the police, or None where the story does not say."""
    if REFUSED.search(plain):
        return False
    return _latest([_polarity(plain, match) for match in REPORT.finditer(plain)])


def read_bank_contacted(plain: str) -> bool | None:
    """Return whether the bank or Card Stop could be reached, or None where the story does not say."""
    told: list[bool | None] = []
    for pattern in (CALL, TOLD, BLOCKED):
        for match in pattern.finditer(plain):
            before = said_before(plain, match.start(), 40)
            if FALSE_BANK.search(before) and not re.search(r"\bj ai |\bje |\bnous ", before):
                continue
            if NOT_PAYMENT_ACCOUNT.search(match.group()):
                continue
            told.append(_polarity(plain, match))
    if True in told:
        return True
    if UNREACHED.search(plain):
        return False
    if BANK_SAYS.search(plain) and not re.search(r"\b(?:faux|soi[ -]disant|sois[ -]disant|fausse)\b", plain):
        return True
    return _latest(told)


def _latest(told: list[bool | None]) -> bool | None:
    stated = [value for value in told if value is not None]
    if not stated:
        return None
    return True if True in stated else stated[-1]


def _polarity(plain: str, match: re.Match[str]) -> bool | None:
    """Return True for done, False for not done or only meant, None for a question."""
    before = re.split(r"[.!?;,\n]|\bmais\b|\bet\b|\bdonc\b", plain[max(0, match.start() - 45) : match.start()])[-1]
    after = re.split(r"[.!;\n]", plain[match.end() : match.end() + 60])[0]
    if QUESTION.search(before) or ("?" in after and not re.search(r"\bj ai\b|\bon a\b", before)):
        return None
    if NEGATED.search(before) or FUTURE.search(before) or FUTURE.match(match.group()):
        return False
    if re.match(r"(?: \w+)? (?:demain|plus tard|la semaine prochaine|lundi prochain)\b", after):
        return False
    return not re.match(r" (?:pas|jamais)\b", after)
