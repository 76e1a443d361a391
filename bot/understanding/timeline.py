"""Tells the day of the facts and the day of the order among the days a story names."""

import re
from datetime import datetime

from .dates import DateMention, find_dates
from .folding import clauses, sentence_around
from .names import NOT_BOUGHT

ORDER = re.compile(
    r"\b(?:commandes?|commander|commandai|precommandes?|achetes?|acheter|achetee?s?"
    r"|achat|reserve[er]?|command[ée]+s?|commander)\b"
)
PAID = re.compile(r"\b(?:payer?|payee?s?|paie|verse|vire|regle)\b")
SHOPPING = re.compile(
    r"\b(?:reserv\w+|acompte|command\w+|achet\w+|achat|colis|livr\w+|paquet|vendeu\w+"
    r"|boutique|webshop|article|annonce|expedi\w+)\b"
)
ELSEWHERE = re.compile(
    r"\b(?:prevue?s?|promis\w*|annonce(?:e|s)? pour|devait|devaient|devrait|doit arriver"
    r"|jusqu|avant le|nee?|naissance|expire\w*"
    r"|rendez[ -]vous|rdv|echeance|limite|valable|anniversaire|d ici|vacances"
    r"|depuis que je|estimee?|au plus tard|noel)\b"
)
AFTERWARDS = re.compile(
    r"\b(?:plainte|police|commissariat|card ?stop|j ai (?:\w+ )?(?:appele|telephone"
    r"|sonne|contacte|prevenu)(?: \w+){0,3} (?:banque|card|police|service|vendeur"
    r"|magasin|transporteur|bpost|proximus|cardstop)|j ai (?:signale|bloque|relance"
    r"|ecrit|porte"
    r"|envoye un (?:mail|message|email|recommande)|reclame|conteste|change)|bloquee?"
    r"|(?:ma|la) banque (?:a|me|m|dit)|je l ai bloque|relance|rembourse\w*|retracte)\b"
)
FACTS = re.compile(
    r"\b(?:fenetre|pop-?up|recu|recois|vole\w*|pirat\w+|hack\w+|debit\w+|preleve\w*"
    r"|retrait\w*|retire\w*|clique\w*|arnaqu\w+|escroqu\w+|insult\w+|menac\w+"
    r"|harcel\w+"
    r"|appel|m a appele\w*|m ont appele\w*|sms|perdu|disparu\w*|usurp\w+|vide"
    r"|transfere\w*|poste|publie\w*|diffuse\w*|connecte\w*|donne|vendu|envoye"
    r"|livre\w*|arrive\w*|decouvert|apercu\w*|remarque|constate|vu|transaction|achats? inconnus?)\b"
)
PROMISE_BEFORE = re.compile(r"\b(?:pour|avant|jusqu (?:a|au)|d ici|prevue?s?|ne[e]? )(?: le)? ?$")
WAITING = re.compile(
    r"\b(?:attend\w*|rien recu|nouvelles?|reponse|silence|client\w*|membre|marie\w*"
    r"|ensemble|connais\w*|inscrit\w*|abonn\w+)\b"
)
LASTING = re.compile(r"(?:depuis|[cs]a fait|cela fait|voila)\b")


def read_days(plain: str, now: datetime) -> dict[str, str]:
    """Return incident_date and order_date as ISO days, each only where the story states it."""
    shopping = bool(SHOPPING.search(plain)) and not NOT_BOUGHT.search(plain)
    days: dict[str, str] = {}
    later: str | None = None
    for mention in find_dates(plain, now):
        if mention.approximate:
            continue
        role = _role(plain, mention, shopping)
        if role == "afterwards":
            later = later or mention.value.isoformat()
        elif role:
            days.setdefault(role, mention.value.isoformat())
    return days


def _role(plain: str, mention: DateMention, shopping: bool) -> str | None:
    first, last = sentence_around(plain, mention.start, mention.end)
    if PROMISE_BEFORE.search(plain, max(0, mention.start - 16), mention.start):
        return None
    pieces = clauses(plain, first, last)
    here = next((i for i, (start, end) in enumerate(pieces) if start <= mention.start < end), 0)
    for index in _reading_order(here, len(pieces), plain, pieces, mention):
        start, end = pieces[index]
        role = _nearest_role(plain, start, end, mention, shopping)
        if role:
            return None if role == "elsewhere" else role
    waited_for = shopping and LASTING.match(plain, mention.start) and ORDER.search(plain)
    return "order_date" if waited_for else "incident_date"


def _reading_order(here: int, count: int, plain: str, pieces: list[tuple[int, int]], mention: DateMention) -> list[int]:
    """Order the clauses to read: a day that opens its clause speaks of what follows, else of what comes before."""
    if not pieces:
        return []
    opens = not plain[pieces[here][0] : mention.start].strip(" ,:(le")
    around = [here + 1, here - 1] if opens else [here - 1, here + 1]
    return [here, *(i for i in around if 0 <= i < count)]


def _nearest_role(plain: str, start: int, end: int, mention: DateMention, shopping: bool) -> str | None:
    buying = "order_date" if shopping else "incident_date"
    cues = [(ELSEWHERE, "elsewhere"), (AFTERWARDS, "afterwards"), (ORDER, buying), (FACTS, "incident_date")]
    cues.append((PAID, buying))
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
