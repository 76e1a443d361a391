"""The words that tell what became of a sum: gone, a price, only asked for, or something beside the loss."""

import re
from typing import Literal

type Role = Literal["gone", "price", "asked", "beside"]

GONE = (
    r"pris|prise?s?|remis\w*|perd(?:s|ons|u\w*)|vol(?:e|es|ee|ees)|debit\w+|prelev\w+|pay(?:e|es|ee|ees)"
    r"|paie|vers(?:e|es|ee|ees)|vir(?:e|es|ee|ees)"
    r"|virements?|retir(?:e|es|ee|ees)|retraits?|arnaqu\w+|escroqu\w+|debours\w+|transfer(?:e|es|ee|ees"
    r"|ts?)|depens\w+|envoy(?:e|es|ee|ees)|donn(?:e|es|ee|ees)"
    r"|vid(?:e|es|ee)|disparu\w*|partis?|parties?|envol\w+|soutir\w+|investi\w*|mise? (?:dedans|dans)"
    r"|mise?(?= \d)|mi(?= \d)|piqu(?:e|es|ee)|regl(?:e|es|ee)|encaiss\w+|siphon\w+|perte|prejudice"
    r"|paiements?|transactions?|operations?|plac(?:e|es|ee)|extorqu\w+|extirp\w+|detourn\w+|fait souscrire"
    r"|souscrit|(?<=a )facturee?|(?<=ont )facture|(?<=ete )facturee?|facturee?(?= (?:\d+ fois|en double"
    r"|a tort))|saut(?:e|es)|evapor\w+|pomp(?:e|es)|laisse|avance|achats?|preleve"
    r"|sort(?:i|is|ie|ies)|jet(?:e|es)|fume|volatilis\w+|derob\w+|subtilis\w+|gratt(?:e|es)|croqu(?:e|es)"
    r"|plum(?:e|es)|debloqu\w+|charg(?:e|es)|ponctionn\w+|dilapid\w+|manqu\w+|depos(?:e|es|ee|er)|lache"
    r"|retiree?s?"
)
PRICE = (
    r"achet\w+|command\w+|prix|cout\w+|valeur|reserv\w+|acompte|caution|vend\w+|montant|somme|billets?"
    r"|soldee?|promo|paire|facture de|garantie de|affichee?"
    r"|abonnement|reconduction|cotisation|mensualites?|ticket|commande|panier|s?offert|pour|total|solde a"
)
ASKED = (
    r"paye (?:tes|ta|ton|moi|nous|vite)|demand\w+|reclam\w+|exig\w+|veut|veulent|voul\w+|propos\w+"
    r"|offr(?:e|ait|es)|tent\w+|essay\w+|refus\w+|sinon|rancon|fallait|faut|faudrait|devais?|dois|doit"
    r"|annonc\w+"
    r"|a payer|a regler|pretend\w*|soi[ -]disant|contre|menac\w+|sous peine|impaye\w*|amende"
    r"|mise en demeure|taxes?|avant de|pour (?:debloquer|recuperer|retirer|liberer)"
    r"|negocie|chantage|si je|s il ne|douane|failli|faille|cherch\w+ a|contrat|huissier"
)
PROMISED = (
    r"gagn\w+|promet\w*|promis\w*|cadeau|heritage|loterie|lot|prime|toucher|touche|benefices?|gains?"
    r"|rapport\w+|m a paye|m ont paye|crediter?|recevoir|montait|valait|affich\w+"
)
BESIDE = (
    r"normalement|au lieu de?|solde|reste|restait|salaire|loyer|plafond|limite|rembours\w+|rend(?:u\w*|ra"
    r"|ait|ent|re que)|recuper\w+|plus que|en attente|annul(?:e|es|ee|ees)|arretee?s?|taxes?|vaccins"
    r"|restitu\w+|(?:frais )?de port|frais(?: de (?:port|livraison|dossier|gestion))?|bon(?: (?:d achat"
    r"|de))?|reduction"
    r"|bonus|franchise|proposition|recu|retour (?:m a |nous a )?coute|frais de retour|pret|credits?"
    r"|economies de|pension|par mois de loyer|budget|neuf|vaut|indemnite|remise|rabais|recredit\w+|abonnes"
    r"|vues|likes|a mon nom"
)
CUES = re.compile(rf"\b(?:(?P<beside>{BESIDE}|{PROMISED})|(?P<asked>{ASKED})|(?P<gone>{GONE})|(?P<price>{PRICE}))\b")
TO_REFUND = re.compile(
    r"\b(?:refus\w+|veu(?:t|lent) (?:pas|plus)|toujours pas|jamais|pas encore)(?: [\w/]+){0,7} (?:rendre"
    r"|rembours\w+|restituer|recredit\w+)(?: \w+){0,3} $|\b(?:me|m|nous|lui) doi(?:t|vent)(?: \w+){0,2} $"
)
STOPPED = re.compile(r"\b(?:bloquer|annuler|arreter|empecher|stopper)(?: \w+)? $")
MONEY_NOUN = re.compile(r"virements?|paiements?|versements?|transferts?|depots?|avance|acompte")
TO_PAY = re.compile(
    r"\b(?:payer|verser|virer|transferer|envoyer|avancer|regler|debourser|acheter|donner|deposer|investir"
    r"|prendre|debiter|voler|retirer|vider|prelever)\b"
)
MADE_TO_PAY = re.compile(
    r"\b(?:fait|faire|viens d[e ]|vient d[e ]|venons d[e ]|du|obligee?|forcee?|convaincue?|fini par"
    r"|accepte d[e ]|laisse|pousse a|poussee a|amenee? a|reussi a)(?: \w+){0,7} $"
)
DENIED = re.compile(r"\b(?:n|ne|pas|rien|jamais|sans|failli|presque|ni|aucune?)(?: \w+){0,3} ?$")
TOTAL = re.compile(
    r"\b(?:en tout|au total|total(?: de| :)?|soit|au final|globalement|tout compris|cumule|ce qui fait"
    r"|ca fait|en cumule|prejudice de|au bout du compte)\b"
)
NEXT_TO = re.compile(
    r"[ ,*€()]{0,3}(?:(?:encore|toujours|m|nous|lui|me|qui|de|ont|a|sont|est|etaient|ete|s|se|d un coup"
    r"|deja|tout|juste|en|pas|toujours|n|que j ai|que j avais|sur \w+|de \w+|de mon \w+|du \w+|qu il a"
    r"|qu elle a|quand meme|bien|\w+ment) ){0,5}$"
)
COMPLEMENT = re.compile(r" (?:de|d|en|le|pour|par|chez)\b[^,]{0,45} (?:et|puis) (?:encore )?(?:de )?")
SOLDE = re.compile(r" ?(?:\+|et|puis|plus) (?:le )?solde (?:de )?")
IN_ADDITION = re.compile(r" (?:en|de) plus\b")
GONE_INSIDE = re.compile(
    r"\b(?:retraits?|paiements?|virements?|debits?|prelevements?|achats|versements?|transactions|cartes?"
    r"|tickets?|bons|codes|recharges)\b"
)
WISHED = {"paie", "paye", "verse", "vire", "envoie", "envoye"}
ROLES: dict[str, Role] = {"gone": "gone", "price": "price", "asked": "asked", "beside": "beside"}
STILL_TO_PAY = re.compile(
    r" (?:a payer|a regler|sinon|sous peine|de (?:rancon|taxes?|frais)"
    r"|qu (?:ils?|elles?|on) (?:(?:me|m|nous) )?(?:reclam\w+|demand\w+|exig\w+|veu\w+))\b"
)
CLAUSE = re.compile(r",(?!\d)|[:()]|\b(?:et|mais|puis|donc|alors|ensuite|car|alors que|parce que)\b")
NO_LOSS = re.compile(
    r"\b(?:(?:rien|pas|jamais|aucun\w*|personne)(?: \w+){0,2} (?:paye\w*|verse\w*|perdu\w*|perte|vire"
    r"|debite\w*|donne d argent|envoye d argent|argent|preleve\w*|disparu)"
    r"|rien (?:n a|n est|de) (?:ete )?(?:debite|parti|preleve|paye|disparu|vole)\w*|refuse de payer"
    r"|pas (?:pu )?(?:eu )?le temps de (?:payer|virer))\b"
)
DID_PAY = re.compile(
    r"\b(?:j ai|on a|nous avons|a|avons|ont|me suis|je (?:les|l|lui|leur|le) ai|j en ai"
    r"|en a) (?:(?:finalement|donc|tout|vite|bien|quand meme|betement|malheureusement|aussitot|direct) )?"
    r"(?:paye|verse|vire|obei|transfere|fait (?:le|un|les|ce|mon|des) (?:virement|paiement|transfert"
    r"|versement)|craque|cede|(?:envoye|donne) (?:les|le|mes|des) (?:codes?|cartes?|tickets?)|envoye (?:l"
    r"|de l|les|mes|son) (?:argent|sous)|accepte de payer)s?\b|\bl (?:a|ai|avons) fait\b"
)
IN_TURN = re.compile(
    r"\b(?:puis|ensuite|encore|de plus|en plus|apres|maintenant|autres?|deuxieme|2e|2eme|seconde?|rebelote"
    r"|supplementaires?|plus|ainsi que|rajoute)\b|\+"
)
LISTED = re.compile(r"(?: (?:en|le|fin|debut|d|de|chez|sur) [\w /]{1,30}?)?[ ,]*(?:et|\+|,)? ?(?:de |une? de )?")
TWICE = re.compile(
    r"\b(?:(?:une |de nouveau )?(?:2e|2eme|deuxieme|seconde?) fois|a deux reprises|2 reprises|deux fois"
    r"|2 fois|double)\b(?: \w+){0,2}(?: (?:du |le )?meme (?:montant|somme|prix))?"
)
LOSS = re.compile(
    r"\b(?:fait avoir|fait rouler|fait plumer|western union|neosurf|transcash|retraits?|debit\w+|vole"
    r"|arnaqu\w+|escro\w+|fraud\w+|prelev\w+|disparu|depouill\w+|ruine\w*)\b"
)
THEIR_ORDER = re.compile(
    r"\bquelqu un (?:a|avait) (?:\w+ )?(?:command|achet|ouvert|souscri|sign|lou)\w+|\b(?:a|en) (?:mon"
    r"|son) nom\b|\bmettant mon nom\b"
)
ONLY_SOLD = re.compile(
    r"^(?!.*\b(?:vendu|vendais|vendait|debit\w+|perdu|vole\w*)\b).*\b(?:(?:je|on|mari|femme|fils|fille"
    r"|pere|mere|maman|papa|soeur|frere) (?:\w+ )?(?:vends?|met\w* en vente)|en vente)\b",
    re.DOTALL,
)
THREAT = re.compile(r"\b(?:mails?|e-?mails?|courriels?|sms|message|chantage|courrier|webcam|video)\b")
BOUGHT = re.compile(
    r"\b(?:command\w+|achet\w+|pris|prise|pay\w+|reserv\w+|abonn\w+|vend\w+|debit\w+|prelev\w+|perdu"
    r"|partis?|vire\w*|verse\w*|offert|livr\w+|retour\w*|renvoy\w+|rembours\w+)\b"
)
THAT_I = re.compile(r"\bque? (?:je|nous|elle|il|on|vous|tu) (?:(?:lui|leur|ne) )?$")
SHOPPING = re.compile(
    r"\b(?:command\w+|achet\w+|achat|livr\w+|colis|paquet|billets?|vols?|sejour|hotel|annul\w+|recue?s?"
    r"|retourn\w+|renvoy\w+|vend\w+|boutique|magasin|site|annonce|contrefa\w+|faux|fausse|cassee?|abime\w*"
    r"|rembours\w+|article|offert|reserv\w+|abonn\w+|prise?s?|au lieu d[e ]|arrivee?s?|fissur\w+|defectueu\w+|dechir\w+"
    r"|(?:montant|prix)(?: total)? (?:c est|c etait|est de|etait de|est|etait)(?= \d)"
    r"|chez (?!moi|toi|lui|elle|nous|vous|eux|mon|ma|mes)[^.!?\n]{2,40}\bpour(?= \d)"
    r"|(?:ma|mon|mes) (?!(?:compte|livret|carte|epargne|facture|portefeuille|solde|salaire|pension|loyer|virement)s?\b)"
    r"(?:\w+ ){1,3}de(?= \d[\d.,]* ?(?:€|eur)))\b"
)


def following_role(after: str) -> Role | None:
    """Return what the words right after a sum make of it ("850 € envolés", "54 € à payer")."""
    cue = CUES.search(after)
    if cue is None or after.startswith(" au lieu"):
        return None
    gap = after[: cue.start()]
    if cue.lastgroup == "price" or not NEXT_TO.fullmatch(gap):
        return "asked" if STILL_TO_PAY.match(after) else None
    return None if re.search(r"\b(?:pas|jamais)\b", gap) else ROLES[cue.lastgroup or "price"]


def governing_role(before: str) -> Role | None:
    """Return what the words before a sum make of it; an infinitive ("payer") is read by what governs it."""
    if TO_REFUND.search(before):
        return "price"
    cues, to_pay = list(CUES.finditer(before)), list(TO_PAY.finditer(before))
    if to_pay and (not cues or to_pay[-1].start() > cues[-1].start() or cues[-1].lastgroup == "price"):
        return "gone" if MADE_TO_PAY.search(before[: to_pay[-1].start()]) else "asked"
    if not cues:
        return None
    last = cues[-1]
    if last.lastgroup == "price" and len(cues) > 1 and not CLAUSE.search(before, cues[-2].end()):
        last = cues[-2]
    if last.lastgroup == "gone":
        return _gone_or_not(before, last, cues[-2] if len(cues) > 1 else None)
    if last.lastgroup in {"asked", "beside"} and len(CLAUSE.findall(before[last.end() :])) > 1:
        return "price"
    return ROLES[last.lastgroup or "price"]


def _gone_or_not(before: str, last: re.Match[str], earlier: re.Match[str] | None) -> Role:
    """Tell money that left from a payment that was denied, stopped or only asked for."""
    lead = before[: last.start()]
    is_noun = bool(MONEY_NOUN.fullmatch(last.group()))
    if is_noun and STOPPED.search(lead):
        return "beside"
    demanded = is_noun and earlier is not None and earlier.lastgroup == "asked"
    if demanded and earlier is not None and not CLAUSE.search(before, earlier.end()):
        return "asked"
    wished = last.group() in WISHED and THAT_I.search(lead)
    return "asked" if wished or DENIED.search(lead) else "gone"
