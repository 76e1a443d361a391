"""Finds codes and passwords that a member tells, by the words around them."""

import re
from collections.abc import Iterator

KEY = (
    r"code[ -]?pin|pin|cvv2?|cvc2?|cvv/cvc|codes? (?:secrets?|confidentiels?"
    r"|itsme|digipass|sms|m1|m2|reponse|de (?:securite|validation|verification"
    r"|confirmation"
    r"|la carte|ma carte|carte|connexion|ma banque|la banque|mon digipass))|codes?"
    r"|digipass|itsme|mots? de passe|mdp|cryptogramme|3 chiffres(?: au dos)?"
    r"|otp"
)
EVERYDAY_CODE = (
    r"(?! ?(?:postal|postaux|promo\w*|de (?:reduction|suivi|commande|retrait"
    r"|la route|conduite|parrainage|livraison|ristourne)|barres?|-barres?|civil"
    r"|penal|qr|bic|swift|iban|couleur|article|pays|client|cadeau|erreur|d erreur))"
)
LINK = (
    r"est|etait|c|etaient|ce|sont|secret|pin|sms|itsme|digipass|recu|recue|de"
    r"|du|le|la|les|ma|mon|mes|sa|son|carte|bancaire|banque|bancontact|visa|par"
    r"|numero|num|n°"
    r"|suivant|suivants|affiche|donne|donnee|donner|dit|communique|communiquer"
    r"|reponse|securite|verification|confirmation|validation|connexion|a|au|aux"
    r"|dos|et|il|elle|lui|leur"
    r"|j|ai|que|qui|m|me|taper|tape|encoder|encode|introduire|introduit|lu|lire"
    r"|dicte|dicter|rentrer|rentre|entrer|mettre|mis|compose|composer|pour|voici"
    r"|voila|debit|credit|cvv|cvc"
    r"|derriere|arriere|s|appelle|gsm|telephone|mail|telephone|demande|fourni"
    r"|fournir|etre|ete|suis|un|chiffres|utilise|m1|m2|app|kbc|belfius|ing|bnp"
    r"|compte|ici|toujours|bien|etc|on|je|ils"
)
FORWARD = re.compile(
    rf"(?<!\w)(?:{KEY})(?!\w){EVERYDAY_CODE}(?:[ :=,.>'\"«»(*\n-]{{1,4}}(?:(?:{LINK})(?!\w)"
    rf"|[46] chiffres)){{0,9}}[ :=>'\"«»(*\n.,-]{{0,5}}"
    r"(?P<code>\d(?:[ .-]?\d){2,7})(?!\d)"
)
MORE = re.compile(
    r" ?(?:,|et|puis|/|ou|;|\n|m2|m1|:| )(?: ?(?:et|puis|ensuite|le|m2|m1|:))* ?(?P<code>\d{3,8})(?![\d.,/:]*\d)"
)
READER = re.compile(r"(?<!\w)m[12](?: ?(?:est|code|c est|:|=|etait))* ?(?P<code>\d(?:[ .-]?\d){3,7})(?!\d)")
BACKWARD = re.compile(
    rf"(?<![\d.,/+-])(?P<code>\d{{3,8}})[ ,.:=\"»')-]{{1,4}}(?:(?:c est|c etait"
    rf"|est|etait|comme|etant|ce sont|voila|pour|en)[ ,:]+|\()"
    rf"(?:(?:mon|le|ma|son|un|leur|ton|notre|du|de|bien|mes|celui|la) )*(?:{KEY})(?!\w){EVERYDAY_CODE}"
)
NOT_CODE_AFTER = re.compile(
    r" ?(?:€|eur|balles|boules|euros?|h\d|heures?|h(?!\w)|minutes?|min(?!\w)"
    r"|jours?|semaines?|mois|ans(?!\w)|fois|%|km|/\d|:\d\d|k(?!\w)|(?:janvier"
    r"|fevrier|mars|avril|mai|juin|juillet"
    r"|aout|septembre|octobre|novembre|decembre)|personnes|,\d{1,2} ?(?:€|eur)"
    r"|\.\d{1,2} ?(?:€|eur)|chiffres|lettres|caracteres|numero|sms|messages|mails"
    r"|appels|essais|virements|paiements|transactions|a la place|virements)"
)
YEAR = re.compile(
    r"(?:\b(?:en|depuis|annee|an|ne en|nee en|janvier|fevrier|mars|avril|mai"
    r"|juin|juillet|aout|septembre|octobre|novembre|decembre)) $"
)
SERVICE_NUMBERS = {"112", "101", "100", "107", "103", "1712", "8152", "116000", "078170170", "3018"}

PASSWORD_KEY = re.compile(
    r"(?<!\w)(?:mots? de passe|mot de pass|mdp|password|passwd|pwd|passe)(?!\w)"
    r"(?: (?:facebook|fb|insta(?:gram)?|gmail|google|mail|hotmail|outlook|paypal"
    r"|wifi|whatsapp|snap(?:chat)?|vinted|amazon|netflix|itsme|du compte|de mon (?:compte"
    r"|mail|pc|gsm)|de ma boite(?: mail)?|actuel|d avant|c etait|pour (?:\w+))){0,2}"
)
LINKED = re.compile(r" ?(?P<sign>[:=]|->|=>) ?| (?P<verb>est|etait|c est|c etait|cest|reste|devient) (?P<colon>: ?)?")
TOKEN = re.compile(r"«[^»\n\x00]{1,60}»|\"[^\"\n\x00]{1,60}\"|“[^”\n\x00]{1,60}”|[^\s\x00]+")
ORDINARY_WORDS = """
    le la les mon ma mes un une des son sa ses ce cet cette trop tres pas plus bien toujours deja encore aussi
    donc en dans sur sous chez avec pour par que qui quoi celui celle compromis connu perdu invalide different
    identique unique pareil vole volee pirate change changee refuse bloque oublie hacke correct incorrect faible
    simple facile bon mauvais faux fort complique long court secret personnel securise expire demande requis
    modifie enregistre reinitialise errone inconnu bizarre ok je j il elle on nous vous ils elles ne n a ai me m
    te se s y et ou mais si non oui comme rien tout partout maintenant possible impossible necessaire obligatoire
    important tombe envoye donne communique devenu peut peut-etre aucun aucune quand lorsque parti disponible
    nouveau meme sans l d c qu vraiment surement probablement malheureusement nul basique trouve vu decouvert
    sorti utilise introuvable visible public affiche partage masque vole! du de au
"""  # what may follow "mon mot de passe est" without being one
ORDINARY = frozenset(ORDINARY_WORDS.split())
EDGES = "«»\"“”'()[].,;!? "


def code_spans(quiet: str) -> Iterator[tuple[int, int]]:
    """Yield where 3 to 8 digit codes stand in folded text whose other numbers are hidden."""
    for pattern in (FORWARD, READER, BACKWARD):
        for match in pattern.finditer(quiet):
            if not _is_code(quiet, *match.span("code")):
                continue
            yield match.span("code")
            more = MORE.match(quiet, match.end("code"))
            while more and _is_code(quiet, *more.span("code")):
                yield more.span("code")
                more = MORE.match(quiet, more.end())


def _is_code(quiet: str, start: int, end: int) -> bool:
    digits = re.sub(r"\D", "", quiet[start:end])
    if not 3 <= len(digits) <= 8 or digits in SERVICE_NUMBERS:
        return False
    if NOT_CODE_AFTER.match(quiet, end) or re.search(r"(?:€|eur(?:os?)?) ?$", quiet[:start]):
        return False
    return not (len(digits) == 4 and digits[:2] in {"19", "20"} and YEAR.search(quiet[:start]))


def password_spans(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """Yield where told passwords stand; `folded` is the folded text, of the same length."""
    for key in PASSWORD_KEY.finditer(folded):
        link = LINKED.match(folded, key.end())
        place = link.end() if link else key.end()
        if not link and not folded[place : place + 1].isspace():
            continue
        token = TOKEN.match(text, place + (len(text[place:]) - len(text[place:].lstrip(" "))))
        if token is None:
            continue
        start, end = _trim(text, *token.span())
        if start < end and _is_password(text[start:end], token.group()[0], link, folded[start:end]):
            yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES.replace("!", "").replace("?", ""):
        end -= 1
    return start, end


def _is_password(word: str, opening: str, link: re.Match[str] | None, folded: str) -> bool:
    has_digit, has_letter = any(c.isdigit() for c in word), any(c.isalpha() for c in word)
    odd = bool(re.search(r"[^\w\s'’.,;:!?…\-/]", word)) or bool(re.search(r"[a-zà-ÿ][A-Z]", word))
    if len(word) < 3 or folded.rstrip("!?. ") in ORDINARY or folded.split(" ", maxsplit=1)[0] in ORDINARY:
        return False
    if link is None:
        return (
            has_digit
            and has_letter
            and len(word) >= 5
            and not re.fullmatch(r"\d+(?:h\d*|e|x|er|eme|eur\w*|€|ans?)", folded)
        )
    if has_digit or odd or link["sign"] or link["colon"] or opening in '«"“':
        return True
    return word.isascii() and word.isalpha() and not re.search(r"(?:ee?s?|is|ie|us?|ible|able|ment)$", folded[-4:])
