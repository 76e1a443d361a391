"""Tells by what channel the author reached the member; where something was shown, sold or hacked is no channel."""

import re

from .folding import said_after, said_before
from .names import Platform, find_platforms

WORDS = {
    "whatsapp": r"whats? ?app|whatsap|watsapp?|whattsapp|wathsapp|wh?ats?app|numero whatsapp",
    "sms": r"sms|textos?|imessage|message sur (?:mon|son) (?:gsm|telephone)",
    "email": r"e-?mails?|mails?|courriels?|couriels?|newsletter",
    "phone": r"(?:au|par) (?:telephone|bout du fil)|coups? de (?:fil|telephone)|telephonique\w*"
    r"|(?:recu|recois|recevoir|apres|suite a|pendant|lors de?|faux|fausse|ces?|cet|un|des|d|l|plusieurs"
    r"|nombreux|\d+) appels?(?! (?:d offre|a l aide|a temoin))(?: de| du|,)?"
    r"|(?:m|nous|l|lui|les) (?:a|ont|avait|avaient) (?:\w+ )?(?:appelee?s?|sonnee?s?|rappelee?s?"
    r"|telephonee?)|(?:m|nous|l|lui) (?:appell?e(?:nt)?|appelai(?:t|ent)|telephon\w+|sonn\w+)(?! (?:pas"
    r"|plus))"
    r"|(?:a|ont|avait) (?:\w+ )?(?:appele|sonne|telephone)(?: a| chez)?(?= (?:ma|mon|mes|chez|maman|papa"
    r"|mamy|mamie|papy)\b)|(?:appell?e(?:nt)?|telephone|sonne)(?= (?:a |chez )?(?:ma|mon|mes) (?:belle"
    r"|beau|grand|mere|pere|fille|fils|femme|mari|soeur|frere|parents|epou|compagn|voisin|tante|oncle"
    r"|niece|enfant|mamy|mamie|papy))"
    r"|appels?(?= (?:d un|d une|du|de la|telephonique)\b)|en ligne avec (?:un|une|le|la|moi)|(?:je suis"
    r"|est|etait|reste) au (?:telephone|bout du fil)|message vocal|boite vocale|au bout du fil",
    "website": r"faux sites?|sites? (?:frauduleux|contrefait|pirate|falsifie|de phishing|imite\w*|copie)"
    r"|fausses? pages?|page de (?:paiement|connexion)|pop-?ups?|page (?:rouge|bleue|d alerte)"
    r"|(?:une|cette|la) (?:fenetre|alerte|page|publicite) (?:\w+ ){0,3}(?:est apparue?|s est ouverte?"
    r"|s affiche|bloquee?|disant|virus)|affiche\w* virus",
    "app": (
        r"(?:rencontre\w*|contact\w*|parle|parlait|discut\w+|match\w*)(?: \w+){0,3} (?:sur|via) (?:une"
        r"|l) appli\w*|appli\w* de rencontres?"
    ),
    "social": r"messages? prives?|en mp|en dm|par dm|en prive|demande d ami|reseaux? soci\w+",
}
PATTERN = re.compile(r"(?<![\w-])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in WORDS.items()) + r")(?!\w)")
LOOSE = re.compile(  # words that may tell a channel, whoever used it
    r"\b(?:(?P<website>sites?|internet|en ligne|webshop|boutiques?|pages?|ecran|fenetre|wiki\w*|blog)"
    r"|(?P<social>publi\w+|post\w*|commentaires?|stor(?:y|ies)|forums?|comptes?|profils?|tweets?|groupes?|reseaux?|photos?|videos?)"
    r"|(?P<phone>appel\w*|apel\w*|telephon\w*|tel|gsm|voix|raccroch\w*|bout du fil|sonn\w+|ligne)"
    r"|(?P<app>appli\w*|app|jeux?|jou\w+|discord|telegram|meetic|twitch|serveur|rencontres?)"
    r"|(?P<marketplace>annonces?|seconde main|acheteu\w+|vendeu\w+)"
    r"|(?P<email>courri\w+|mails?|boite|adresse|piece jointe|message electronique)"
    r"|(?P<sms>sms|messages?|texto|lien))\b"
)
RECEIVED = re.compile(
    r"\b(?:recu|recois|recoit|recevait|recoivent|recevoir|receptionne|arrive|arrivee?|faux|fausse|suite a"
    r"|reponse a|ouvert|clique|via|par|apres|dans|un|une|des|ce|cet|ces|plusieurs|nouveau)"
    r"(?: \w+){0,3} $|^[\W]*(?:\w+ ){0,1}$"
)
BY_ME = re.compile(
    r"\b(?:j ai|j|je|je lui|je leur|je l|nous avons|on a|je les ai|je l ai|je lui ai|je leur ai"
    r"|j en ai)(?: (?:deja|ai|leur|lui|aussi|juste|essaye de|voulu|tente de|\d+ fois|meme))*"
    r" (?:envoy\w+|ecri\w+|telephon\w+|appel\w+|sonn\w+|contact\w+|repon\w+|relanc\w+|transfer\w+"
    r"|signal\w+|prevenu|retrouve|poste|mis|change|prefere|explique|demande)(?: [^.!?;,\n]{0,50})?$"
    r"|\brelance\w*(?: \w+){0,3} $"
)
NOT_THE_AUTHORS = re.compile(
    r"\b(?:mon|ma|mes|son|sa|leur|leurs|vos|nos|le|les|boite|adresse|numero de|compte|de confirmation"
    r"|reponses? (?:a|aux|par)|ni|pas de?|aucun|sans|envoie|envoie des|perdre mes|acces a mes|lire mes"
    r"|avec mes)"
    r"(?: \w+)? $|\b(?:ecole|direction|employeur|commune|hopital|mutuelle|club|syndic)(?: \w+){0,4} $"
    r"|\b(?:appareil|mot de passe|reponds?|repondent|repond|repondu) (?:\w+ ){0,3}$"
)
OFFICIAL = re.compile(
    r" (?:\w+ )?(?:d[eu] |de la |de l |d )(?:la |l )?(?:direction|ecole|commune|mairie|hopital|mutuelle"
    r"|confirmation|suivi|service client\w*|ma banque|mon (?:employeur|ecole)|police|operateur)\b"
)
IN_THE_NAME_OF = re.compile(r" (?:\w+ )?(?:de |d |du )(?:la |l )?(?:ma banque|police|operateur|mutuelle)\b")
FELL_FOR_IT = re.compile(r"\b(?:clique\w*|lien|encode\w*|codes?|suivi le|rempli\w*|scanne\w*|arnaqu\w+|faux|bidon)\b")
ACCOUNT = re.compile(
    r" ?(?:a ete |ont ete |est |et (?:le |mon )?(?:mot de passe|mdp) )?(?:pirat|hack|adress|changes?\b|modifie)"
)
REACHED_ME = re.compile(
    r"\b(?:m|me|nous|lui|l|leur|la|le|moi)(?: (?:a|ont|avait|avaient|ai))? ?(?:\w+ )?(?:ecri\w+|contact\w+"
    r"|envoy\w+|envoi\w+|demand\w+|propos\w+|ajoute\w*|aborde\w*|reclam\w+|refile\w*|menac\w+"
    r"|parl\w+|insult\w+|harcel\w+|rackett\w+|fait chanter|draguait|drague\w*|convaincu|promis|arnaqu\w+"
    r"|dit|relanc\w+)\b"
    r"|\b(?:recu|recois|recoit|recevoir|rencontre\w*|(?:fait|faire) (?:la )?connaissance|connue?|discut\w+"
    r"|parlait|tchat\w+|chatt\w+|messages? (?:de|d un|prives?|horribles?|haineux|anonymes?)|harcel\w+"
    r"|offre de job|offre d emploi"
    r"|proposition|acheteu\w+|interesse\w*|vendeu\w+|quelqu un|un (?:gars|type|mec|homme|inconnu|pote|ami"
    r"|faux)|une (?:fille|femme|dame|inconnue)|demande\w*|ecri\w+|menac\w+|rackett\w+|chantage)\b"
)
SHOWN = re.compile(
    r"\b(?:publi\w+|post(?:e|es|ee|ait|ent)|stor(?:y|ies)|commentaires?|commente\w*|groupe|page|profil"
    r"|faux comptes?|compte|videos?|partag\w+|diffus\w+|tourne\w*|circul\w+|live|pseudo|usurp\w+|pirat\w+"
    r"|hack\w+|connect\w+|codes?|likes|pub\w*"
    r"|passe\w* pour moi|balanc\w+|sticker\w*|rumeurs?)\b"
)
SCAM_TRADE = re.compile(
    r"\b(?:vend\w*|vente|annonce|acompte|virement|bloque\w*|disparu\w*|arnaqu\w+|escro\w+|lien|faux|fausse"
    r"|fantome|coursier|plus (?:aucune )?(?:nouvelles?|reponse)|repond plus|existe pas|fait avoir"
    r"|supprim\w+ son compte|supp son compte|interesse\w*|acheteu\w+|veut acheter|qr code|exig\w+|bidon"
    r"|frauduleu\w+|menac\w+|insult\w+|chantage)\b"
)
DEFECT = re.compile(
    r"\b(?:contrefa\w+|cassee?s?|abimee?s?|defectueu\w+|dechiree?s?|litige|rembours\w+|retour\w*"
    r"|ce sont des faux|ce sont des fausses|couture|authenti\w+|taille|tachee?s?|troue\w*"
    r"|protection acheteur|fausses?(?= \.)|cordonnier)\b"
)
PLAIN_SCAM = re.compile(r"\b(?:disparu\w*|m a bloquee?|arnaqu\w+|escro\w+|fait avoir|supprim\w+ son compte)\b")
ENTERED = re.compile(
    r"\b(?:encod\w+|introdui\w+|entre|mis|rempli|donne|tape|clique|infecte|virus|appelez|bloque\w*|codes?)\b"
)
SELLERS_ANSWER = re.compile(
    r"\b(?:on (?:me|m a) dit|ils? (?:me )?(?:dit|disent)|propose\w*|repond\w*|promet\w*"
    r"|confirme\w*)(?: [^.!?\n]{0,40})?(?: par| au)? $"
)
DOXXED = re.compile(
    r"\b(?:mon|ma|son|sa|mes|ses|les|notre|leurs?) (?:\w+ )?(?:numeros?|adresses?"
    r"|coordonnees)\b[^.!?\n]{0,80}\b(?:publi|post|mis|affich|balanc|circul|diffus)|\b(?:publi|post|affich"
    r"|balanc|diffus)\w*[^.!?\n]{0,60}\b(?:numeros?|adresses?|coordonnees|gsm)\b"
)
MET_THERE = re.compile(
    r"\b(?:mec|gars|type|fille|nana|meuf|inconnue?|homme|femme|vendeu\w+|acheteu\w+|eleveu\w+|pote"
    r"|personne|dame|monsieur|garcon|rencontre\w*|connue?|contact|contacte\w*|coucou [^.]{0,40}"
    r"|nouveau num\w*[^.]{0,10}|concours)"
    r"(?: \w+){0,3} (?:sur|via|par|de) (?:un groupe |une page |l appli |mon |son )?$"
)
SEEN_THERE = re.compile(
    r"\b(?:trouve\w*|vue?s?|annonce|repere\w*|pub\w*|interview|concours|tombee?)(?: [\w-]+){0,6} (?:sur|de"
    r"|via) (?:un groupe |une page |le groupe )?$|\bpub $"
)
DIRECT_BEFORE = re.compile(
    r"\b(?:par|via|sur|en|message|messages|lien|recu|mec de|type de|gars de|fille de|un|depuis) (?:mon "
    r"|un |le |la |des |une )?$"
)

BY_MY_PHONE = re.compile(
    r"\b(?:j ai|je|j|numero|pas|eu|rendez-vous)(?: \w+){0,2} (?:au|par|le|de|d) ?$|\bje $"
    r"|\b(?:la|ma|notre|sa) (?:banque|police)(?: lui| m| nous)?,? (?:a |est )?"
    r"(?:dit|jointe?|repond\w*|explique\w*|confirme\w*)(?: \w+)? $"
)
I_CALL = re.compile(r"\b(?:j|je|j ai|nous avons|on a|avons|nous)(?: \w+)? $")
PAPERWORK = re.compile(r"\b(?:refus|facture|confirmation)[^.!?]{0,40}$")
WRITTEN_BY = re.compile(
    r"\b(?:ecrit|contacte\w*|envoye\w*|repondu|relance\w*)(?: \w+)? (?:par|via|un) $"
    r"|\b(?:acheteu\w+|vendeu\w+|monsieur|dame|type|gars|inconnue?)(?: \w+){0,2} (?:par|via) $"
)
MY_ACCOUNT = re.compile(r"\b(?:mon|ma|mes|compte|comptes|profil|codes?(?: de \w+)?|codes? recus?)(?: \w+)? $")
WROTE_TO_ME = re.compile(
    r"\b(?:m|me)(?: a| ont)? (?:ecri|contact|envoy|demand|ajout)\w+|messages? prives?|\brecu|recois"
)
SHORT_ANSWERS = {
    "whatsapp": WORDS["whatsapp"],
    "sms": r"sms|message texte|textos?|imessage",
    "email": WORDS["email"],
    "phone": r"appels?|appelee?|gsm|telephone\w*|telephonique|sonne|coup de (?:fil|telephone)|vocal",
}
PLACES = {
    "marketplace": r"seconde main|2nde main|petites? annonces?",
    "social": r"reseaux? soci\w+|messages? prives?|mp|dm|inbox",
    "website": r"sites?|internet|web|webshop|e-?shop|boutique|page|pop-?up",
    "app": r"appli\w*|app|jeu",
}


def read_channel(plain: str) -> str | None:
    """Return the id of the contact channel, or None where the story does not say it or names two alike."""
    scores: dict[str, int] = {}
    for match in PATTERN.finditer(plain):
        name = match.lastgroup or ""
        scores[name] = max(scores.get(name, 0), score(plain, match))
    for platform in find_platforms(plain):
        if platform.channel:
            scores[platform.channel] = max(scores.get(platform.channel, 0), weight(plain, platform))
    best = max(scores.values(), default=0)
    leaders = [name for name, score in scores.items() if score == best]
    return leaders[0] if best and len(leaders) == 1 else None


def score(plain: str, match: re.Match[str]) -> int:
    """4 the author spoke, 3 the author's message, 2 a place of contact, 1 a page, 0 the member's or an official one."""
    name, before, after = match.lastgroup, said_before(plain, match.start(), 80), said_after(plain, match.end(), 50)
    if name == "website":
        return _page(plain, match.group())
    if BY_ME.search(before) or _official(plain, match) or SELLERS_ANSWER.search(before):
        return 0
    if name == "phone":
        return _call(plain, before, match.group())
    if name in {"app", "social"}:
        return 2 if REACHED_ME.search(plain) else 0
    return _message(before, after) if name in {"sms", "email"} else 0  # WhatsApp is read as a platform


def _official(plain: str, match: re.Match[str]) -> bool:
    """Tell a message of a real body from one in its name, which the member believed and then followed."""
    pretended = IN_THE_NAME_OF.match(plain, match.end()) and FELL_FOR_IT.search(plain, match.end())
    return bool(OFFICIAL.match(plain, match.end()) and not pretended)


def _call(plain: str, before: str, words: str) -> int:
    mine = BY_MY_PHONE.search(before) or (not words.startswith(("au ", "par ")) and I_CALL.search(before))
    if mine or DOXXED.search(plain):
        return 0
    return 3 if re.search(r"\b(?:il|elle|victime|qui) $", before) else 4


def _message(before: str, after: str) -> int:
    if NOT_THE_AUTHORS.search(before) or ACCOUNT.match(after) or PAPERWORK.search(before):
        return 0
    if WRITTEN_BY.search(before):
        return 4
    if RECEIVED.search(before) or re.search(r"[:.!] ?$", before):
        return 3
    return 2 if REACHED_ME.search(before) else 0


def _page(plain: str, words: str) -> int:
    bought = re.search(r"\b(?:command\w+|achet\w+)\b", plain)
    return 1 if (ENTERED.search(plain) and not bought) or words.startswith("faux") else 0


def weight(plain: str, platform: Platform) -> int:
    """Weigh a site or application as the place where the author reached the member; 0 for one that only showed."""
    before, after = said_before(plain, platform.start, 90), said_after(plain, platform.end, 70)
    scam = SCAM_TRADE.search(plain) and not DEFECT.search(plain)
    is_chat = platform.channel in {"social", "app", "whatsapp"}
    if SELLERS_ANSWER.search(before):
        return 0
    if is_chat and MET_THERE.search(before):
        return 4 if platform.channel == "whatsapp" else 3
    if platform.channel in {"social", "website"} and scam and SEEN_THERE.search(before):
        return 2
    if BY_ME.search(before) or MY_ACCOUNT.search(before):
        return 0
    if platform.channel == "marketplace":
        swindled = SCAM_TRADE.search(plain) and (scam or PLAIN_SCAM.search(plain))
        return 3 if swindled and not re.search(r"\bpasser? pour moi\b", plain) else 0
    return _chat(platform, before, after) if is_chat else 0


def _chat(platform: Platform, before: str, after: str) -> int:
    shown = SHOWN.search(before[-45:] + after[:25]) and not WROTE_TO_ME.search(before + after)
    if shown or not (REACHED_ME.search(before) or REACHED_ME.search(after)):
        return 0
    return 2 + bool(DIRECT_BEFORE.search(before)) + (platform.channel == "whatsapp")


def channel_named(plain: str) -> str | None:
    """Return the channel that a short answer names, or None."""
    named = next((platform.channel for platform in find_platforms(plain) if platform.channel), None)
    return _first_of(SHORT_ANSWERS, plain) or named or _first_of(PLACES, plain)


def _first_of(lexicon: dict[str, str], plain: str) -> str | None:
    return next((name for name, words in lexicon.items() if re.search(rf"\b(?:{words})\b", plain)), None)
