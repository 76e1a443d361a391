"""Reads the day on which goods that were bought came, where a story tells it."""

import re
from datetime import datetime

from .dates import DateMention, find_dates
from .folding import clauses, sentence_around
from .merchants import NOT_BOUGHT
from .timeline import ELSEWHERE, ORDER, PAID, PROMISE_BEFORE, SHOPPING

CAME = re.compile(
    r"\b(?:recue?s?|receptionnee?s?|livree?s?|arrivee?s?|deposee?s? (?:chez moi|devant)"
    r"|(?:a|lors de|apres|des) (?:la )?(?:livraison|reception))\b"
)
OTHER_THINGS = re.compile(  # what else people get, and who else gets something
    r" (?:bien )?(?:\w+ ){0,2}(?:mails?|e-?mails?|messages?|sms|lettres?|courriers?|appels?|factures?|reponses?"
    r"|confirmations?|remboursements?|rappels?|retour|notifications?|alertes?|numero)\b"
)
OTHER_PEOPLE = re.compile(r"\b(?:ils|elles|vendeu\w+|magasin|boutique|site|entrepot|client\w*)(?: \w+){0,2} $")
NOT_COME = re.compile(r"\b(?:jamais|pas|rien|toujours|devait|devaient|aurait|doit|va|sera|etre|avant d)(?: \w+){0,2} $")
REACH = 40  # characters before a cue that say who got it, and whether it came
FAR = 1000  # of a cue that is not told
OTHER_DAYS = (ORDER, PAID, ELSEWHERE)


def read_reception(plain: str, now: datetime) -> str | None:
    """Return the ISO day on which the goods came; None where none is told, nothing was bought, or days are at odds."""
    if not SHOPPING.search(plain) or NOT_BOUGHT.search(plain):
        return None
    mentions = [mention for mention in find_dates(plain, now) if not mention.approximate]
    days = {mention.value for mention in mentions if mention.value <= now.date() and _is_of_coming(plain, mention)}
    return days.pop().isoformat() if len(days) == 1 else None


def _is_of_coming(plain: str, mention: DateMention) -> bool:
    """Tell whether the day stands in a clause, nearer to the coming than to the order, the payment or a promise."""
    if PROMISE_BEFORE.search(plain, max(0, mention.start - 16), mention.start):
        return False
    pieces = clauses(plain, *sentence_around(plain, mention.start, mention.end))
    here = next((at for at, (start, end) in enumerate(pieces) if start <= mention.start < end), 0)
    start, end = pieces[here] if pieces else (0, 0)
    if here and not (plain[start : mention.start] + plain[mention.end : end]).strip(" ,:(le"):
        start = pieces[here - 1][0]  # "à la livraison, le 10 novembre, …"
    came = [_gap(cue, mention) for cue in CAME.finditer(plain, start, end) if _is_told(plain, cue)]
    others = [_gap(cue, mention) for pattern in OTHER_DAYS for cue in pattern.finditer(plain, start, end)]
    return bool(came) and min(came) < min(others, default=FAR)


def _is_told(plain: str, cue: re.Match[str]) -> bool:
    before = plain[max(0, cue.start() - REACH) : cue.start()]
    return not (NOT_COME.search(before) or OTHER_PEOPLE.search(before) or OTHER_THINGS.match(plain, cue.end()))


def _gap(cue: re.Match[str], mention: DateMention) -> int:
    return max(cue.start() - mention.end, mention.start - cue.end(), 0)
