"""Tells the day of the facts and the day of the order among the days a story names."""

import re
from datetime import datetime

from .dates import DateMention, find_dates
from .folding import clauses, sentence_around
from .merchants import NOT_BOUGHT

ORDER = re.compile(
    r"\b(?:commandee?s?|commander|commandai|precommandes?|achetes?|acheter|achetee?s?"
    r"|achat|reserve[er]?|pris (?:\d+|une?|des|le|la|du)|loue[er]?)\b"
)
PAID = re.compile(r"\b(?:payer?|payee?s?|paie|verse|vire|regle)\b")
SHOPPING = re.compile(
    r"\b(?:reserv\w+|acompte|command\w+|achet\w+|achat|colis|livr\w+|paquet|vendeu\w+|boutique|webshop"
    r"|article|annonce|expedi\w+|formation|cours|abonnement|billets?|sejour|gite|chez \w+ pour|site"
    r"|photographe|stage|prestation)\b"
)
ELSEWHERE = re.compile(
    r"\b(?:prevue?s?|promis\w*|annonce(?:e|s)? pour|devait|devaient|devrait|doit arriver|jusqu|avant le"
    r"|nee?|naissance|expire\w*|rendez[ -]vous|rdv|echeance|limite|valable|anniversaire|d ici|vacances"
    r"|depuis que je|estimee?|au plus tard|avant noel|on est|nous sommes|retourn\w+|renvoy\w+|depose\w*"
    r"|rendu\w*|resili\w+|en parlent?|vacance|extrait|rentr\w+|examen|mariage|communion)\b"
)
AFTERWARDS = re.compile(
    r"\b(?:plainte|pv|(?:a la|voir la|chez la|prevenu la|appele la) police|commissariat|(?:j ai|nous avons"
    r"|on a|elle a|il a) (?:\w+ )?(?:appele|telephone|sonne|contacte|prevenu"
    r"|averti)(?: \w+){0,4} (?:banque|card|police|service|vendeur|magasin|transporteur|bpost|proximus"
    r"|cardstop|belfius|kbc|ing|argenta)"
    r"|j ai (?:signale|bloque|relance|ecrit|porte|envoye un (?:mail|message|email|recommande)|reclame"
    r"|conteste|change)|bloquee?|(?:ma|la) banque (?:a|me|m|dit)|je l ai bloque|relance|rembours(?:e|es|ee"
    r"|ees|er)|retracte|confirme\w*|decouvert que"
    r"|decouvert|constate|remarque|apercu\w*|trouve hier|l ai trouvee?|appris|appren\w+|rigole|m a dit"
    r"|repond\w*|reponse|rappel\w*)\b"
)
FACTS = re.compile(
    r"\b(?:fenetre|faits|pop-?up|recue?s?|recois|vole\w*|pirat\w+|hack\w+|debit\w+|preleve\w*|retrait\w*"
    r"|retire\w*|clique\w*|arnaqu\w+|escroqu\w+|insult\w+|menac\w+|harcel\w+|appel|m a appele\w*"
    r"|m ont appele\w*|sms"
    r"|perdu|disparu\w*|usurp\w+|vide|transfere\w*|transferer|poste|publie\w*|diffuse\w*|connecte\w*|donne"
    r"|vendu|envoye|livre\w*|arrive\w*|transaction|achats? inconnus?|remis\w*|cru parler|(?<!par )(?<!via )virement"
    r"|vire[er]?|fuite|fuite\w*|cree\w*|ouverture|credit|encode\w*|cyberattaque|piratage|partis?"
    r"|porte chez|fait (?:virer|payer|transferer|donner)|refus\w+|ouvert|transmis\w*|communique\w*"
    r"|envoi\w*|(?<!en )datee? du|survenue?|datee? du|manque|convaincu|laisse embobiner|effectues?"
    r"|bloque mon|installe\w*|deposer?|balanc\w+|souscrit|signe)\b"
)
PROMISE_BEFORE = re.compile(r"\b(?:pour|avant|jusqu (?:a|au)|d ici|prevue?s?|ne[e]? )(?: le)? ?$")
WAITING = re.compile(
    r"\b(?:attend\w*|rien|nouvelles?|reponse|silence|client\w*|membre|marie\w*"
    r"|ensemble|connais\w*|inscrit\w*|abonn\w+)\b"
)
SCAMMED_PRIVATELY = re.compile(
    r"\b(?:2ememain|marketplace|vinted|leboncoin|ebay|facebook|insta\w*)\b.*\b(?:m a bloquee?|bloque"
    r"|disparu\w*|arnaqu\w+|escro\w+|plus (?:aucune )?nouvelles?|existe pas|fantome)\b"
    r"|\b(?:a|en) (?:mon|son) nom\b|\bcartes? cadeaux?\b",
    re.DOTALL,
)
SITE = re.compile(r"\b(?:site|webshop|boutique|photographe)\b")
RECURRING = re.compile(r"\bpar (?:mois|semaine)\b|\bchaque mois\b|\btous les mois\b|\bpar mail\b")
MONEY_WENT = re.compile(
    r"\b(?:pay(?:e|es|ee)|vire\w*|verse\w*|debit\w+|prelev\w+|retir\w+|vole\w*|parti\w*|transfer\w+"
    r"|disparu\w*|retraits?|virements?|survenue?|fuite)\b"
)
TO_COME = re.compile(r"\b(?:va|vais|vont|viendra|viendront|passera|faut|dois)\b[^.!?;,\n]*$")
TODAY_WORD = re.compile(r"ce (?:soir|midi)|cette nuit|tantot|aujourd|cet")
TODAY_IS = re.compile(r"\b(?:on est|nous sommes|nous voila|jusqu a|a ce jour)(?: \w+)? ?$")
SPEAKING = re.compile(
    r"(?:aujourd|maintenant|ce matin|ce soir)|(?:depuis|voila|[cs]a fait|cela fait) (?:\d+|un|une) ans?\b"
)
NOWHERE_NEAR = 1  # how surely a day is told whose clause and neighbours say nothing of it
LASTING = re.compile(r"(?:depuis|[cs]a fait|cela fait|voila)\b")


def read_days(plain: str, now: datetime) -> dict[str, str]:
    """Return incident_date and order_date as ISO days, each only where the story states it."""
    return choose_days(plain, find_dates(plain, now), speaks_of_shopping(plain))


def choose_days(plain: str, mentions: list[DateMention], shopping: bool) -> dict[str, str]:
    """Return incident_date and order_date, as far as the rules can tell them among the days that a story names."""
    best: dict[str, tuple[int, str]] = {}
    for mention in mentions:
        if TO_COME.search(plain, max(0, mention.start - 40), mention.start) and TODAY_WORD.match(plain, mention.start):
            continue
        if mention.approximate or TODAY_IS.search(plain, max(0, mention.start - 22), mention.start):
            continue
        role, strength = role_of(plain, mention, shopping)
        if strength == NOWHERE_NEAR and (role == "order_date" or SPEAKING.match(plain, mention.start)):
            continue
        if role and (role not in best or strength > best[role][0]):
            best[role] = (strength, mention.value.isoformat())
    return {role: day for role, (_, day) in best.items() if role != "afterwards"}


def speaks_of_shopping(plain: str) -> bool:
    """Tell whether a story speaks of something bought from a seller."""
    return (
        bool(SHOPPING.search(plain))
        and not NOT_BOUGHT.search(plain)
        and (SITE.search(plain) is not None or not SCAMMED_PRIVATELY.search(plain))
    )


def role_of(plain: str, mention: DateMention, shopping: bool) -> tuple[str | None, int]:
    """Return what happened on a day, and how surely: 3 said in its clause, 2 in the next one, 1 nowhere near."""
    first, last = sentence_around(plain, mention.start, mention.end)
    if PROMISE_BEFORE.search(plain, max(0, mention.start - 16), mention.start):
        return None, 0
    pieces = clauses(plain, first, last)
    here = next((i for i, (start, end) in enumerate(pieces) if start <= mention.start < end), 0)
    for index in _reading_order(here, len(pieces), plain, pieces, mention):
        role = _nearest_role(plain, *pieces[index], mention, shopping)
        if role:
            strength = 3 if index == here else 2
            if role == "incident_date" and index == here and MONEY_WENT.search(plain, *pieces[index]):
                strength = 4
            return (None if role == "elsewhere" else role), strength
    if LASTING.match(plain, mention.start) and RECURRING.search(plain, first, last):
        return None, 0
    ordered = shopping and bool(ORDER.search(plain)) and not FACTS.search(plain, first, last)
    return ("order_date" if ordered else "incident_date"), 1


def _reading_order(here: int, count: int, plain: str, pieces: list[tuple[int, int]], mention: DateMention) -> list[int]:
    """Order the clauses to read: a day that opens its clause speaks of what follows, else of what comes before."""
    if not pieces:
        return []
    opens = not plain[pieces[here][0] : mention.start].strip(" ,:(le")
    around = (
        [here + 1, here - 1]
        if opens and here + 1 < count and len(plain[mention.end : pieces[here][1]].strip()) > 2
        else [here - 1, here + 1]
    )
    around += [here - 2]
    return [here, *(i for i in around if 0 <= i < count)]


def _nearest_role(plain: str, start: int, end: int, mention: DateMention, shopping: bool) -> str | None:
    buying = "order_date" if shopping else "incident_date"
    cues = [
        (ELSEWHERE, "elsewhere"),
        (AFTERWARDS, "afterwards"),
        (ORDER, buying),
        (FACTS, "incident_date"),
        (PAID, buying),
    ]
    if LASTING.match(plain, mention.start):
        cues.append((WAITING, "elsewhere"))
    if ELSEWHERE.search(plain, max(start, mention.start - 35), mention.start):
        return "elsewhere"
    best: tuple[int, str] | None = None
    for pattern, role in cues:
        for match in pattern.finditer(plain, start, end):
            gap = max(match.start() - mention.end, mention.start - match.end(), 0)
            if best is None or gap < best[0]:
                best = (gap, role)
    return best[1] if best else None
