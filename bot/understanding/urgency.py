"""Recognises an attack that is going on, and money that has just gone."""

import re
from datetime import datetime, timedelta

from .dates import find_dates, today_in_brussels

FRESH = timedelta(days=3)  # what left within 72 hours may still be stopped
ONGOING = re.compile(
    r"\b(?:(?:ils?|elle|on|quelqu un|qqn|un type|un gars|un homme|le gars|l arnaqueur"
    r"|le technicien|l escroc|le hacker|pirate)(?: \w+){0,3} (?:est|sont|es|son"
    r"|controle\w*|a acces|ont acces|a pris le controle|ont pris le controle"
    r"|se balade\w*|fouille\w*) (?:\w+ ){0,4}(?:dans|sur|a|de|en) (?:mon|le|ma"
    r"|mes|l|notre) (?:pc|ordi\w*|gsm|telephone|ecran|mac|laptop|portable|tablette"
    r"|smartphone)"
    r"|(?:souris|curseur|fleche)(?: \w+){0,4} (?:bouge\w*|se deplace\w*|deplace\w*"
    r"|clique)(?: \w+){0,3}|bouge toute? seule?|prend\w* le controle de (?:mon"
    r"|ma)|(?:anydesk|any desk|teamviewer|team viewer|ultraviewer|quick ?assist"
    r"|rustdesk|alpemix|supremo)(?: \w+){0,4} (?:ouvert|installe\w*|tourne|actif"
    r"|connecte|encore|en cours|allume)|(?:installe\w*|installer|telecharge\w*"
    r"|ouvert|lance\w*|mis) (?:\w+ ){0,2}(?:anydesk|any desk|teamviewer|team viewer"
    r"|ultraviewer|quick ?assist|rustdesk)"
    r"|(?:suis|est|encore|toujours|maintenant) (?:\w+ ){0,3}(?:au telephone|en ligne"
    r"|en communication) (?:\w+ ){0,3}(?:avec|la)|(?:est|reste|m a dit de rester"
    r"|demande de rester|faut rester) (?:\w+ )?en ligne\b|appel (?:est )?(?:toujours )?en cours"
    r"|(?:il|elle|ils) (?:est|sont) (?:encore |toujours )?au (?:telephone|bout du fil)"
    r"|raccroche pas|ne pas raccrocher|pas raccrocher|encore au bout du fil"
    r"|(?:coursier|livreur|employe|agent|policier|quelqu un|il|elle|type|homme"
    r"|ils)(?: \w+){0,5} (?:arrive|arrivent|va venir|vient|va passer|doit venir"
    r"|doit passer|est en route|vont venir|passe|viennent|est la|est devant|attend)(?: \w+){0,5} (?:chercher"
    r"|recuperer|prendre|ramasser|a la porte|devant (?:la|ma) porte|devant chez)(?: \w+){0,3}"
    r"|coursier|(?:en train|entrain) (?:de|d) (?:\w+ ){0,3}(?:vider|virer|transferer"
    r"|pirater|voler|payer|retirer|debiter|faire des (?:achats|virements)|chiffrer"
    r"|crypter|installer|prendre|supprimer|envoyer)"
    r"|(?:sont|est) (?:\w+ )?en train (?:de|d) (?:me )?(?:vol|vid|pirat|debit"
    r"|pren|retir|achet|command)\w*|argent (?:\w+ )?(?:part|continue|sort)(?: encore"
    r"| a partir)? (?:maintenant|en direct|sous mes yeux)|(?:virements?|debits?"
    r"|paiements?|retraits?|achats?) (?:\w+ ){0,2}(?:continuent|s enchainent"
    r"|continue|n arretent pas|en direct)|en ce moment meme|fichiers (?:\w+ ){0,3}(?:en train"
    r"|se chiffrent|se cryptent))\b"
)
OVER = re.compile(
    r"\b(?:remis(?:e|es)?|hier|avant[ -]hier|(?:semaine|mois|lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche|annee) (?:passee?|derniere?)|il y a (?:\d+|une?) (?:jours?"
    r"|semaines?|mois|ans?)|desinstall\w+|j ai raccroche|depuis j ai|etait|avait"
    r"|j ai (?:tout )?coupe|j ai eteint)\b"
)
NOW = re.compile(
    r"\b(?:maintenant|en ce moment|encore|toujours|la tout de suite|en train"
    r"|actuellement|la maintenant|est la|sont la)\b"
)
GIVEN = re.compile(
    r"\b(?:paye[e]?s?|payer|verse[er]?s?|vire[er]?|transferer|virements?|transfere\w*"
    r"|debit\w+|preleve\w*|retire\w*|retraits?|vide[e]?|vole[e]?s?|disparu\w*"
    r"|soutire\w*|(?:argent|sous|economies|€|euros?|balles) (?:\w+ ){0,3}partis?"
    r"|pris (?:\w+ ){0,2}(?:\d[\d.,]*|argent|mes sous)|envoye (?:\w+ ){0,2}(?:\d[\d.,]* ?(?:€"
    r"|eur\w*|balles)|de l argent|argent|l argent)"
    r"|(?:donner?|communiquer?|encoder?|entre|tape|rentre|introduit|lu|dicte"
    r"|mis|transmis|rempli|valider?|confirmer?|scanne|approuve|signe|envoye|accepte) (?:\w+ ){0,5}(?:codes?"
    r"|pin|digipass|itsme|carte|coordonnees bancaires|donnees bancaires|donnees"
    r"|identifiants|mot de passe|paiement|cvv|iban|numero de carte|transaction))\b"
)
NOT_GIVEN = re.compile(
    r"\b(?:pas|rien|jamais|sans|ni|aucune?|failli|presque|refuse de|vais|faut"
    r"|dois[ -]je|si je|avant de|tente|essaye|demande|demandent|reclame\w*|veut"
    r"|veulent|menace\w*)(?: \w+){0,3} $"
)
REVERSED = re.compile(r" (?:a |ont |est |sont )?(?:ete )?(?:rembourse|annule|bloque|refuse)")
JUST_NOW = re.compile(
    r"\b(?:viens d[e ]|vient d[e ]|viennent d[e ]|venons d[e ]|juste (?:la|maintenant)"
    r"|maintenant meme|a peine|tout juste|minutes?|la a l instant|d y a)\b"
)
SENTENCE_COST, REACH = 40, 170


def is_ongoing(plain: str) -> bool:
    """Tell whether the attack goes on while the member writes."""
    for match in ONGOING.finditer(plain):
        sentence = re.split(r"[.!?;\n]", plain[: match.start()])[-1] + re.split(r"[.!?;\n]", plain[match.start() :])[0]
        denied = re.search(r"\b(?:pas|plus|jamais|refuse\w*)(?: \w+){0,2} $", plain[: match.start()])
        if not denied and (NOW.search(sentence) or not OVER.search(sentence)):
            return True
    return False


def is_fresh_money(plain: str, now: datetime) -> bool:
    """Tell whether money, or the code or card data that opens it, was given away in the last 72 hours."""
    earliest = today_in_brussels(now) - FRESH
    times = [(m.start, m.end, m.value >= earliest and not m.approximate) for m in find_dates(plain, now)]
    times += [(*m.span(), True) for m in JUST_NOW.finditer(plain)]
    return any(_nearest_is_fresh(plain, given, times) for given in GIVEN.finditer(plain) if _really(plain, given))


def _really(plain: str, given: re.Match[str]) -> bool:
    before = re.split(r"[.!?;,\n]", plain[max(0, given.start() - 40) : given.start()])[-1]
    return not NOT_GIVEN.search(before) and not REVERSED.match(plain, given.end())


def _nearest_is_fresh(plain: str, given: re.Match[str], times: list[tuple[int, int, bool]]) -> bool:
    nearest: tuple[int, bool] | None = None
    for start, end, fresh in times:
        first, last = min(end, given.end()), max(start, given.start())
        gap = max(last - first, 0) + SENTENCE_COST * len(re.findall(r"[.!?;\n]", plain[first:last]))
        if gap <= REACH and (nearest is None or gap < nearest[0]):
            nearest = (gap, fresh)
    return nearest is not None and nearest[1]
