"""Tells which steps the member has already taken: a police report, a call to the bank or Card Stop."""

import re

from .folding import said_before

OFFICE = r"(?:police|flics?|commissariat|gendarmerie|gendarmes?|policiers?|agent de quartier|inspecteurs?)"
ANCHOR = re.compile(rf"\b(?:plaintes?|pv|proces[ -]verba(?:l|ux)|depositions?|{OFFICE})\b")
DONE = re.compile(
    r"\b(?:depos\w+|fait(?:e|es)?|port(?:e|ee|ees)|introdui\w+|act(?:e|ee|er)|enregistr\w+|pris(?:e|es)?"
    r"|ete|alle[e]?s?|pass(?:e|ee|es)|redig\w+|dress\w+|declar\w+|signal\w+|prevenu\w*|avert\w+|not(?:e"
    r"|ee)|recu\w*"
    r"|contact\w+|appel(?:e|ee|es)|rendu\w*|parle|ouvert\w*|classee?|en cours|mise? au courant"
    r"|est au courant|enquet\w+|venue?s?|sign(?:e|ee)|denonc\w+|informe\w*|remis\w*|transmis\w*|lance\w*"
    r"|retourne[e]?s?|numero|mon pv|j ai (?:le|un|mon|leur))\b"
)
STATED = re.compile(
    r"^\W*(?:et |une |deux |\d )?(?:plaintes?|pv)(?= (?:a|au|le|aupres|chez|du|hier|ce|meme|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|dimanche|pour|contre)\b)|^\W*(?:deux|trois|\d) plaintes?\b"
)
NOT_THE_POLICE = re.compile(
    r"\b(?:faux|fausse|soi[ -]disant|sois[ -]disant|pretendu\w*|se dis\w+|numero de|menac\w+ d(?:e|aller)"
    r"|mutuelle|assurance)(?: \w+){0,3} $|\b(?:client\w*|vendeu\w+|voisin\w*|ex|il"
    r"|elle)(?: \w+){0,2} (?:a porte|porte|depose|a depose) $"
)
POLICE_CALLS = re.compile(
    r" (?:m a|m|me|lui a|nous a) (?:\w+ )?(?:appel|telephon|sonn|ecri|reclam|demand|menac|arret)"
    r"|,? d assurance| federale? (?:m|me)"
)
PLANNED = re.compile(
    r"\b(?:vais|irai|va|demain|compte|comptais|dois|devrais|faut|veux|voudrais|peux|puis|aimerais"
    r"|conseille|dit d|dit de|plus tard|lundi prochain|prevu|passerai|porterai|ferai|deposerai|appellerai"
    r"|appelerai"
    r"|avant de|faudrait|devoir|vaut mieux|on m a dit|menace|menacent|doit)\b"
)
THOUGHT = re.compile(r"\b(?:envisage\w*|hesite\w*|pense\w*|reflechi\w*|songe\w*)\b")
NEGATED = re.compile(r"\b(?:impossible|pas|jamais|rien|sans|aucune?|ni|ose|plus|refus\w+)\b")
QUESTION = re.compile(
    r"\b(?:dois[ -]je|faut[ -]il|est ce que|puis[ -]je|comment|quand|si je|je devrais|est ce qu il"
    r"|vous conseillez|utile de|ca sert a|on doit|qui)\b|\bou (?:porter|deposer|faire)\b"
)
NAMES = (
    r"belfius|kbc|cbc|ing|bnp(?: paribas)?(?: fortis)?|fortis|argenta|crelan|beobank|keytrade|revolut"
    r"|axa banque|n26|nagelmackers|hello bank|vdk|bpost banque|fintro|deutsche bank|wise|rabobank|triodos"
)
BANK = (
    rf"(?:(?:ma|la|notre|sa|leur|mes|a ma|a la|aupres de ma|la propre) (?:propre )?banques?|banque"
    rf"|(?:a )?card ?stop|fraud ?stop|078 ?170 ?170|cardstop|{NAMES}|le banquier|mon banquier|mon agence"
    rf"|l agence|son agence)"
)
CALLED = (
    r"(?:appel(?:e|er|ee|es|ons|ais|le)|(?<!au )telephon(?:e|er|ee|ons)|contact\w+|prevenu\w*|prevenir"
    r"|avert\w+|joint|joindre|sonne|sonner|alerte\w*|inform\w+|rappele\w*|signale\w*|parle|ecrit|eu"
    r"|alle[e]?|passe[e]?|contest\w+|fait opposition|ete)"
)
CALL = re.compile(
    rf"\b{CALLED}(?: (?:a|au|aux|chez|avec|aupres de|de suite|directement|tout de suite|aussitot"
    rf"|immediatement|vite|deja|hier|ce matin|encore|le|l|la|de|service|fraude|fois|tout|cela|ca|\d+"
    rf"|urgence"
    rf"|quelqu un|numero d urgence|mon|ma|sa|notre|agence|son|toute|dans l heure|voir|soir|matin|minutes"
    rf"|apres)){{0,5}} ?{BANK}\b"
)
TOLD = re.compile(
    rf"\b{BANK} (?:est |a ete |a deja ete |sont |aussi |deja |bien |ont ete |directement |immediatement "
    rf"|tout de suite )*(?:contactee?s?|prevenue?s?|avertie?s?|informee?s?|appelee?s?|au courant)\b"
    rf"|\b{BANK},? (?:a ete |est )?(?:aussi )?(?:mise? au courant|appelee?|avertie?|prevenue?|contactee?"
    rf"|informee?|jointe?)"
    rf"|\b{BANK},? que (?:j ai|nous avons|on a) (?:\w+ )?(?:contactee?|prevenue?|avertie?|appelee?|informee?)"
)
BLOCKED = re.compile(
    r"\b(?:(?:fait |ai |a |avons |ont |de )(?:\w+ )?(?:bloque[r]?|fait bloquer|mis en opposition"
    r"|fait opposition sur) (?:\w+ )?(?:ma|mes|la|sa|notre|ses|les|sur ma) (?:\w+ )?(?:cartes?"
    r"|comptes?(?: bancaires?)?)"
    r"|(?:cartes?|comptes? bancaires?) (?:\w+ ){0,3}(?:bloquees?|bloques?)(?! (?:par erreur))|fait opposition)\b"
)
BANK_SAYS = re.compile(
    rf"\b{BANK},?(?: qui)? (?:m a |m ont |me |m |nous |nous a |lui a |lui |ne |n a |a |ont |va |y |se |ils "
    rf"|elle |est )*(?:pas |rien |tout |deja |bien |aussi )?(?:refus\w+|veu(?:t|lent) (?:pas|rien|plus"
    rf"|pas me|rien savoir|bien)"
    rf"|peut (?:pas|rien|plus)|rembourse\w*|recredit\w*|bloque\w*|repond\w*|enquete\w*|analyse\w*|ouvert"
    rf"|conseille\w*|confirme\w*|demande d attendre|rejett?e\w*|examine\w*|dit|disent|di[st]|prete(?:nd)?"
    rf"|pretend\w*|voulu|fait la sourde"
    rf"|lave les mains|renvoie|traine\w*|promis|propose|explique\w*|a (?:bloque|arrete|reussi)|retient"
    rf"|invoque|estime|considere|rejette|s en lave|fiche|fait rien|hausse|trouve que|contact\w+|essaie"
    rf"|essaye|tente|verifi\w+|pu|recuper\w+|chang\w+|annul\w+|sait|n a pu|arriv\w+|ouvre)\b"
)
LOAN = re.compile(r"\b(?:pret|credit hypothecaire|hypothecaire|emprunt|ouverture de compte)\b")
UNREACHED = re.compile(
    rf"\b(?:arriv\w+ pas|pas (?:\w+ )?reussi|impossible|essay\w+|ne repond\w* pas|personne|injoignable"
    rf"|occupee?)\b[^.!?\n]{{0,30}}\b{BANK}\b|\b{BANK}\b[^.!?\n]{{0,12}}\b"
    r"(?:ne repond\w* pas|repond pas|injoignable|decroche pas)\b"
)
FALSE_BANK = re.compile(
    r"\b(?:faux|fausse|soi[ -]disant|sois[ -]disant|pretend\w*|passer pour|se dis\w+|employe|conseiller"
    r"|quelqu un|arnaqueur|escroc|on m|m a|m ont|monsieur|dame|sms|mail|appel|numero|site|cru|croyai\w+"
    r"|de la part)(?: \w+){0,3} $"
)
BY_US = re.compile(r"\b(?:j ai|je|nous|on a|elle a|il a|avons|avoir|j)(?: \w+){0,3} $|^\W*$")
NOT_PAYMENT_ACCOUNT = re.compile(r"carte sim|compte (?:insta|face|fb|snap|tik|vinted|gmail)")
CLAUSE = re.compile(r",(?!\d)|[:()]|\b(?:et|mais|puis|donc|car|parce que|alors)\b")
NEITHER = re.compile(
    rf"\b{BANK} (?:n est |n a |est )?(?:pas|jamais)(?: encore)? (?:ete )?(?:prevenu|averti|contact|appele"
    rf"|informe)\w*|\bni (?:a |avec )?{BANK}|\brien (?:dit|signale) (?:a )?{BANK}"
    rf"|\bpas (?:encore )?(?:\w+ ){{0,2}}{BANK}"
)


BANK_WORDS = re.compile(
    rf"\b(?:{BANK}|banques?|conseill\w+|agence|guichet|opposition|(?:de|re)?bloqu\w+|contest\w+|gel\w+)\b"
)


def read_police_report(plain: str) -> bool | None:
    """Return whether a complaint was made at the police, or None where the story does not say."""
    return _latest([_at_police(plain, match) for match in ANCHOR.finditer(plain)])


def _at_police(plain: str, anchor: re.Match[str]) -> bool | None:
    """Judge one mention of the police by its clause: done, not done or only planned, or None for all else."""
    clause = _clause(plain, anchor)
    before = said_before(plain, anchor.start(), 60)
    if NOT_THE_POLICE.search(before) or POLICE_CALLS.match(plain, anchor.end()):
        return None
    if QUESTION.search(clause) or THOUGHT.search(clause) or re.match(r"[^.!?]{0,45}\?", plain[anchor.end() :]):
        return None
    if (
        NEGATED.search(clause)
        or re.match(r",? (?:toujours |encore )?(?:pas|non)(?: encore)?\b", plain[anchor.end() :])
        or PLANNED.search(clause)
    ):
        return False
    return True if DONE.search(clause) or STATED.search(clause) else None


def _clause(plain: str, anchor: re.Match[str]) -> str:
    before = CLAUSE.split(said_before(plain, anchor.start(), 70))[-1]
    after = CLAUSE.split(re.split(r"[.!?;\n]", plain[anchor.end() : anchor.end() + 60], maxsplit=1)[0])[0]
    return before + anchor.group() + after


def read_bank_contacted(plain: str) -> bool | None:
    """Return whether the bank or Card Stop could be reached, or None where the story does not say."""
    told: list[bool | None] = []
    for pattern in (CALL, TOLD, BLOCKED):
        for match in pattern.finditer(plain):
            before = said_before(plain, match.start(), 40)
            if (FALSE_BANK.search(before) and not BY_US.search(before)) or NOT_PAYMENT_ACCOUNT.search(match.group()):
                continue
            told.append(_polarity(plain, match))
    if True in told:
        return True
    if UNREACHED.search(plain) or NEITHER.search(plain):
        return False
    if any(_is_real_bank(plain, match) for match in BANK_SAYS.finditer(plain)):
        return True
    return _latest(told)


def _is_real_bank(plain: str, match: re.Match[str]) -> bool:
    return not FALSE_BANK.search(said_before(plain, match.start(), 40)) and not LOAN.search(
        plain, match.end(), match.end() + 40
    )


def _latest(told: list[bool | None]) -> bool | None:
    stated = [value for value in told if value is not None]
    if not stated:
        return None
    return True if True in stated else stated[-1]


def _polarity(plain: str, match: re.Match[str]) -> bool | None:
    """Return True for done, False for not done or only meant, None for a question."""
    before = re.split(r"[.!?;,\n]|\bmais\b|\bet\b|\bdonc\b", plain[max(0, match.start() - 45) : match.start()])[-1]
    after = re.split(r"[.!;\n]", plain[match.end() : match.end() + 60], maxsplit=1)[0]
    if QUESTION.search(before) or ("?" in after and not re.search(r"\bj ai\b|\bon a\b", before)):
        return None
    if (
        NEGATED.search(before)
        or re.match(r"(?:aucune|pas)\b", match.group())
        or PLANNED.search(before)
        or PLANNED.match(match.group())
    ):
        return False
    if re.match(r"(?: \w+)? (?:demain|plus tard|la semaine prochaine|lundi prochain)\b", after):
        return False
    return not re.match(r" (?:pas|jamais)\b", after)
