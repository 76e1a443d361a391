"""Recognises an attack that is going on, and money that has just gone."""

import re
from datetime import datetime, timedelta

from .dates import find_dates, today_in_brussels
from .folding import sentence_around

FRESH = timedelta(days=3)  # what left within 72 hours may still be stopped
SOMEBODY = (
    r"(?:ils?|elle|on|quelqu un|un (?:type|gars|homme|monsieur|technicien|inconnu|hacker)|une (?:dame"
    r"|femme)|le (?:gars|technicien|monsieur|type|hacker|pirate)|l (?:arnaqueur|escroc|homme)"
    r"|les (?:pirates|hackers)|microsoft|pirate)"
)
MACHINE = (
    r"(?:(?:mon|le|ma|mes|l|notre|son|sa) ?(?:pc|ordi\w*|gsm|telephone|ecran|mac|laptop|portable|tablette"
    r"|smartphone|homebanking|appli \w+))"
)
TOOL = r"(?:any ?desk|team ?viewer|ultra ?viewer|quick ?assist|rust ?desk|alpemix|supremo|screen ?connect|logmein)"
ONGOING = re.compile(
    rf"(?<!\w)(?:{SOMEBODY}(?: \w+){{0,3}} (?:est|sont|es|son|controle\w*|a acces|ont acces"
    rf"|a pris le controle|ont pris le controle|se balade\w*|fouille\w*|est entre\w*"
    rf"|dans) (?:\w+ ){{0,4}}(?:dans|sur|a|de|en)? ?{MACHINE}"
    r"|(?:souris|curseur|fleche|ecran)(?: \w+){0,4} (?:bouge\w*|se (?:deplace|promene|balade)\w*"
    r"|deplace\w*|clique\w*|va|tape\w*)(?: \w+){0,3}|bouge toute? seule?|prend\w* le controle de (?:mon"
    r"|ma)"
    rf"|{TOOL}(?: \w+){{0,4}} (?:ouvert|installe\w*|tourne|actif|connecte|encore|en cours|allume)"
    rf"|(?:installe\w*|installer|telecharge\w*|ouvert|lance\w*|mis) (?:\w+ ){{0,2}}{TOOL}"
    r"|(?:suis|est|encore|toujours|maintenant|l ai|les ai) (?:\w+ ){0,3}(?:au telephone|en ligne"
    r"|en communication) (?:\w+ ){0,3}(?:avec|la|ils?)|(?:est|reste|m a dit de rester|demande de rester"
    r"|faut rester) (?:\w+ )?en ligne\b"
    r"|appel (?:est )?(?:toujours )?en cours|(?:il|elle|ils) (?:est|sont) (?:encore "
    r"|toujours )?au (?:telephone|bout du fil)|raccroche pas|ne pas raccrocher|pas raccrocher"
    r"|encore au bout du fil"
    r"|(?:il y a|y a|j ai|a|ai) un(?:e)? (?:\w+ )?(?:monsieur|dame|homme|femme|gars|type|technicien"
    r"|policier|employe)(?: \w+){0,3} (?:au telephone|en ligne|au bout du fil)(?= qui|,| et| la| il| elle"
    r"| en ce|$|\.)"
    r"|(?:coursier|livreur|employe|agent|policier|quelqu un|il|elle|type|homme|ils)(?: \w+){0,5} (?:arrive"
    r"|arrivent|va venir|vient|va passer|doit venir|doit passer|est en route|vont venir|passe|viennent"
    r"|est la|est devant|attend)"
    r"(?: \w+){0,5} (?:chercher|recuperer|prendre|ramasser|a la porte|devant (?:la|ma) porte|devant chez)(?: \w+){0,3}"
    r"|coursier (?:\w+ ){0,3}(?:est (?:la|devant|en route|en bas)|arrive|attend|vient|sonne|va (?:venir"
    r"|passer|arriver))"
    r"|(?:en train|entrain) (?:de|d) (?:\w+ ){0,3}(?:vider|virer|transferer|pirater|voler|payer|retirer"
    r"|debiter|faire des (?:achats|virements)|chiffrer|crypter|installer|prendre|supprimer|envoyer|vendre"
    r"|changer)"
    r"|(?:sont|est) (?:\w+ )?en train (?:de|d) (?:me |se )?(?:faire )?(?:vol|vid|pirat|debit|pren|retir"
    r"|achet|command)\w*|argent (?:\w+ )?(?:part|continue|sort)(?: encore| a partir)? (?:maintenant"
    r"|en direct|sous mes yeux)"
    r"|(?:virements?|debits?|paiements?|retraits?|achats?) (?:\w+ ){0,2}(?:continuent|s enchainent"
    r"|continue|n arretent pas|en direct|partir l un|l un apres)|en ce moment meme|sous mes yeux"
    r"|fichiers (?:\w+ ){0,3}(?:en train|se chiffrent|se cryptent|changent de nom|se renomment|s effacent)"
    r"|(?:envoie|ouvre|ecrit|achete|appelle|clique)(?: [\w-]+){0,5} (?:tout|toute) seule?"
    r"|(?:demandes?|notifications?|codes?|sms|alertes?) (?:\w+ ){0,3}(?:toutes? les (?:\d+ )?(?:secondes?"
    r"|minutes?)|sans (?:arret|cesse)|en boucle|n arretent pas)|connexions?(?: [\w-]+){0,6} (?:a l instant"
    r"|en ce moment|la maintenant)"
    r"|(?:ca|cela) (?:le )?(?:fait|continue) (?:encore )?(?:la )?(?:maintenant|en ce moment)|(?:envoie"
    r"|debite|pirate|vide)\w*(?: [\w-]+){0,6} en ce moment)(?!\w)"
)
OVER = re.compile(
    r"\b(?:remis(?:e|es)?|avant[ -]hier|(?:semaine|mois|annee) (?:passee?|derniere?)|desinstall\w+"
    r"|j ai raccroche|a raccroche|depuis j ai|etait|avait|j ai (?:tout )?coupe|a coupe|j ai eteint"
    r"|eteint depuis|pc eteint|est venue?|sont venus"
    r"|j ai (?:refuse|dit non)|rien n a ete|dans les jours|a ete remplace)\b"
)
NOW = re.compile(
    r"\b(?:maintenant|en ce moment|encore|toujours|la tout de suite|en train|actuellement|la maintenant"
    r"|est la|sont la|sous mes yeux|a l instant)\b"
)
SUM = r"\d[\d.,]* ?(?:€|eur\w*|balles)"
MONEY = rf"(?:{SUM}|argent|sous|economies|compte|carte|distributeur|livret|epargne)"
GIVEN = re.compile(
    rf"(?<!\w)(?:paye[e]?s?|payer|verse[er]?s?|vire[er]?s?|transferer|virements?|transferee?s?|debit\w+"
    rf"|preleve\w*|soutire\w*|(?<!plainte )(?<!plaintes )depose[er]?s?(?! (?:une |la |ma )?plainte)"
    rf"|(?:retire|vide|vole|disparu|pris|prendre"
    rf"|sorti)\w*(?= [^.!?\n]{{0,40}}{MONEY})"
    rf"|{MONEY} (?:\w+ ){{0,4}}(?:partis?|parties?|videe?s?|volee?s?|disparu\w*|retiree?s?|envole\w*|perdue?s?"
    rf"|vire\w*|passes|sortis?)|envoyee?s? (?:\w+ ){{0,3}}(?:{SUM}|de l argent|argent|l argent)"
    rf"|{SUM} envoyes?"
    rf"|(?:achats?|paiements?|retraits?|transactions?) (?:\w+ ){{0,3}}(?:de )?{SUM}|fait (?:avoir|arnaquer"
    rf"|escroquer|vider|debiter|voler)(?= [^.!?\n]{{0,60}}{SUM})"
    r"|(?:donner?|donnee?s?|communiquer?|encoder?|entre|tape|rentre|introduit|lu|dicte|mis|transmis|rempli"
    r"|valider?|confirmer?|scanne|approuve|signe|envoye|accepte|lache) (?:[\w']+ ){0,9}"
    r"(?:codes?|pin|digipass|itsme|carte|coordonnees bancaires|donnees bancaires|donnees|identifiants"
    r"|mot de passe|paiement|cvv|iban|numero de carte|transaction))(?!\w)"
)
ACCOUNT = (
    r"(?:(?:compte|livret|carte)s?|epargne|economies|paypal)(?! (?:\w+ )?(?:insta\w*|face\w*|fb|snap\w*|tik\w*|g?mails?"
    r"|google|steam|discord|youtube|jeux?|sim|sd|memoire|identite)\b)"
)
MY_ACCOUNT = rf"(?:mon|ma|mes|le|la|les|l|notre|nos|son|sa|ses|leurs?) (?:\w+ ){{0,2}}?{ACCOUNT}"
ALL_MONEY = (
    r"(?:tout (?:mon|notre|son|l) argent|tous (?:mes|nos|ses) sous|toutes? (?:mes|nos|ses|mon|son|notre)"
    r" (?:economies|epargne))"
)
TAKEN = r"(?:pris|vole|vide|preleve|retire|soutire|rafle)"
LEFT = r"(?:partis?|parties?|disparu\w*|envole\w*|voles?|volees?|pris|prises?)"
EMPTY = r"(?:vid|pill|siphonn|nettoy|assech|rafl)"
#: Told as a fact of the present: without any day, whoever writes so has just looked at the account.
EMPTIED = re.compile(
    rf"(?<!\w)(?:(?:a|ont) (?:\w+ ){{0,3}}{EMPTY}es? (?:\w+ ){{0,2}}?{MY_ACCOUNT}|fait (?:\w+ )?{EMPTY}er {MY_ACCOUNT}"
    rf"|{MY_ACCOUNT} (?:\w+ ){{0,5}}(?:est|sont|a ete|ont ete|s est fait) (?:\w+ ){{0,2}}(?:{EMPTY}(?:ee?s?|er)|a zero)"
    rf"|(?:a|ont) (?:toute?s? {TAKEN}|{TAKEN} (?:tout|tous|toutes?)) (?:[\w']+ ){{0,5}}?{MY_ACCOUNT}"
    rf"|(?:a|ont) (?:\w+ )?{TAKEN},? {ALL_MONEY}|{ALL_MONEY} (?:\w+ ){{0,3}}{LEFT}"
    rf"|(?:argent|{SUM}) (?:\w+ ){{0,4}}{LEFT} (?:de|du|sur|d) (?:{MY_ACCOUNT}|{ACCOUNT})"
    rf"|(?:m|nous|lui|leur) (?:a|ont) (?:\w+ )?(?:vole|soutire) {SUM} (?:sur|de) {MY_ACCOUNT}"
    rf"|plus (?:rien|un (?:euro|sou|cent|balle)) (?:du tout )?(?:sur|dans) {MY_ACCOUNT})(?!\w)"
)
NOT_EMPTIED = re.compile(r"\b(?:pas|jamais|presque|failli)\b")
CLAUSE = re.compile(r"[.!?;,\n]|\b(?:et|mais|puis|alors)\b")
SUPPOSED = re.compile(r"\bs(?:i)? (?:\w+ ){0,2}$")
GOODS = r"(?:colis|paquets?|retours?|envois?|articles?|(?:ma|la|cette|une|sa|notre) commande)"
MONEY_NAMED = re.compile(
    r"\b(?:somme|montant|virement|paiement|versement|retrait|transfert|debit|prelevement|achat|transaction|operation"
    r"|depot|acompte|caution|avance|total|perte|solde|carte|plus|moins|pres|hauteur|autour|soit|compte|livret|epargne"
    r"|argent)s?\b"
)
OF_GOODS = re.compile(rf"\b{GOODS} (?:\w+ ){{0,5}}$")
BAIT = re.compile(r"\b(?:pour|lien|sms|e-?mail|mail|message|frais|clique\w*|suivi|paye\w*)\b")
WORTH = re.compile(r"\b(?:ma|mon|mes|la|le|l|les|une?|des) (?:\w+ ){1,4}(?:de|a|d une valeur de) $")
TAKEN_GOODS = re.compile(rf" (?:\w+ ){{0,2}}{GOODS}\b")
LOSES = re.compile(rf"{SUM}|(?:retire|vide|vole|disparu|pris|sorti)")
YEAR = re.compile(r"\ben 20\d\d\b")
NOT_GIVEN = re.compile(
    r"\b(?:pas|rien|jamais|sans|ni|aucune?|personne|failli|presque|refuse de|vais|faut|dois[ -]je|si je"
    r"|avant de|tente|essaye|demande|demandent|demander|reclame\w*|veut|veulent|voulait|menace\w*"
    r"|pour (?:le|un|faire)|copie|photo)(?: \w+){0,3} $"
)
REVERSED = re.compile(r" (?:a |ont |est |sont )?(?:ete )?(?:rembourse|annule|bloque|refuse)")
DECLINED = re.compile(
    r"\b(?:j ai|elle a|il a) (?:tout |direct )?(?:refuse|dit non|rien fait)\b|\bje n ai rien (?:fait|donne"
    r"|paye)\b|\bpas clique\b"
)
JUST_NOW = re.compile(
    r"\b(?:viens d[e ]|vient d[e ]|vien d[e ]|viennent d[e ]|venons d[e ]|juste (?:la|maintenant)"
    r"|maintenant meme|la maintenant|a peine|tout juste|minutes?|la a l instant|a l instant|d y a"
    r"|(?:il y a |ya )?(?:une|\d+) heures?)\b"
)
SENTENCE_COST, REACH = 40, 170


def is_ongoing(plain: str, now: datetime) -> bool:
    """Tell whether the attack goes on while the member writes."""
    today = today_in_brussels(now)
    past = [mention.start for mention in find_dates(plain, now) if mention.value < today]
    for match in ONGOING.finditer(plain):
        first, last = sentence_around(plain, match.start(), match.end())
        sentence = plain[first:last]
        denied = re.search(r"\b(?:pas|plus|jamais|refuse\w*|pour que)(?: \w+){0,2} $", plain[: match.start()])
        over = OVER.search(sentence) or any(first - 60 <= start < last for start in past)
        if not denied and (not over or NOW.search(sentence)) and not _ended(plain, match):
            return True
    return False


def _ended(plain: str, match: re.Match[str]) -> bool:
    """Tell whether a later sentence says that it stopped ("il a coupé", "pc éteint depuis")."""
    return bool(
        re.search(
            r"\b(?:a coupe|j ai coupe|pc eteint|j ai eteint|raccroche|desinstalle|j ai debranche)\b(?! pas)",
            plain[match.end() :],
        )
    ) and not NOW.search(plain)


def is_fresh_money(plain: str, now: datetime) -> bool:
    """Tell whether money, or the code or card data that opens it, was given away in the last 72 hours."""
    earliest = today_in_brussels(now) - FRESH
    times = [(*m.span(), False) for m in YEAR.finditer(plain)]
    times += [(m.start, m.end, m.value >= earliest and not m.approximate) for m in find_dates(plain, now)]
    times += [(*m.span(), True) for m in JUST_NOW.finditer(plain)]
    if any(_nearest_is_fresh(plain, m, times, undated=True) for m in EMPTIED.finditer(plain) if _is_emptied(plain, m)):
        return True
    given = [match for match in GIVEN.finditer(plain) if _really(plain, match)]
    if DECLINED.search(plain) and len(given) < 2:
        return False
    return any(_nearest_is_fresh(plain, match, times) for match in given)


def _is_emptied(plain: str, emptied: re.Match[str]) -> bool:
    before = CLAUSE.split(plain[max(0, emptied.start() - 40) : emptied.start()])[-1]
    denied = NOT_EMPTIED.search(emptied.group()) or NOT_GIVEN.search(before) or SUPPOSED.search(before)
    return not denied and not REVERSED.match(plain, emptied.end())


def _really(plain: str, given: re.Match[str]) -> bool:
    before = re.split(r"[.!?;,\n]", plain[max(0, given.start() - 40) : given.start()])[-1]
    if LOSES.match(given.group()) and (_speaks_of_goods(before) or TAKEN_GOODS.match(plain, given.end())):
        return False
    return not NOT_GIVEN.search(before) and not REVERSED.match(plain, given.end())


def _speaks_of_goods(before: str) -> bool:
    """Tell whether the words before a sum or a loss make it that of a thing ("mon colis de 150 € a été perdu")."""
    clause = CLAUSE.split(before)[-1]
    worth = WORTH.search(clause)
    goods = OF_GOODS.search(clause) and not BAIT.search(clause)
    return bool(goods or (worth and not MONEY_NAMED.search(worth.group())))


def _nearest_is_fresh(
    plain: str, given: re.Match[str], times: list[tuple[int, int, bool]], undated: bool = False
) -> bool:
    """Tell whether the day nearest to what was given is within 72 hours; `undated` is the answer where none is near."""
    nearest: tuple[int, bool] | None = None
    for start, end, fresh in times:
        first, last = min(end, given.end()), max(start, given.start())
        gap = max(last - first, 0) + SENTENCE_COST * len(re.findall(r"[!?;\n]|\.(?!\d)", plain[first:last]))
        if gap <= REACH and (nearest is None or gap < nearest[0]):
            nearest = (gap, fresh)
    return nearest[1] if nearest is not None else undated
