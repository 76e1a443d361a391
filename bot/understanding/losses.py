"""Chooses, among the sums a story names, the one that was lost or paid."""

import re

from .amounts import Amount, find_amounts
from .folding import sentence_around

TAKEN = (
    r"pris|remis\w*|perds?|perdons|prise?s?|vole\w*|perdu\w*|debit\w+|preleve\w*|paye[ers]*"
    r"|payee?s?|verse[ers]*|vire[ers]*|virement|retire\w*|retrait\w*|arnaqu\w+"
    r"|escroqu\w+|debourse\w*|transfer\w+|depense\w*|envoye[ers]*|donne[ers]*"
    r"|vide\w*|disparu\w*|partis?|envole\w*|soutire\w*|investi\w*|pique\w*|regle\w*"
    r"|encaisse\w*|siphonn\w+|prelevement\w*|debit|achat\w*|achete\w*|commande\w*"
    r"|prix|montant|coute\w*|coutait|perte|prejudice|paiement\w*"
    r"|transaction\w*|dette|somme|mis|facture\w*|vendu\w*"
)
ASKED = (
    r"demand\w+|reclam\w+|exig\w+|veut|veulent|voul\w+|propos\w+|offr\w+|promet\w*"
    r"|promis\w*|gagn\w+|cadeau|tente\w*|essay\w+|refuse\w*|bloque\w* (?:un|une"
    r"|le)"
    r"|sinon|rancon|fallait|faut|faudrait|devais?|dois|annonc\w+|a payer|pretend\w*|soi[ -]disant|contre|menac\w+"
)
BESIDE = (
    r"normalement|au lieu de?|solde|reste|restait|salaire|loyer|plafond|limite"
    r"|rembourse\w*|remboursement|rendu\w*|recuper\w+"
    r"|frais(?: de (?:port|livraison|douane|dossier))?|bon|reduction|promo\w*"
    r"|bonus|benefices?|franchise|abonnement normal|proposition|recu(?= \d)"
)
CUES = re.compile(rf"\b(?:(?P<taken>{TAKEN})|(?P<asked>{ASKED})|(?P<beside>{BESIDE}))\b")
TOTAL = re.compile(r"\b(?:en tout|au total|total|soit|au final|globalement|tout compris|cumule)\b")
AFTER = re.compile(r"[\w ,*€]{0,14}?\b(?:ont|a|sont|est|etaient|ete|s est|de|qui|me|m)\b ?(?:\w+ ){0,3}?$")
NO_LOSS = re.compile(
    r"\b(?:(?:rien|pas|jamais|aucun\w*)(?: \w+){0,2} (?:paye\w*|verse\w*|perdu\w*"
    r"|perte|vire|envoye d argent|debite\w*|donne d argent|argent)"
    r"|rien (?:n a|n est) (?:ete )?(?:debite|parti|preleve|paye|disparu)\w*|refuse de payer)\b"
)
DID_PAY = re.compile(
    r"\b(?:j ?ai|on a|nous avons|a|avons|me suis|je (?:les|l|lui|leur|le) ai"
    r"|j en ai|en a) (?:finalement |donc |tout |vite |bien |quand meme )?(?:paye"
    r"|verse|vire|obei|pris|transfere|achete|envoye(?! (?:\w+ ){0,2}(?:nudes?"
    r"|photos?|videos?|mails?|messages?|lien|copie|carte d id))|fait (?:le|un"
    r"|les|ce) (?:virement|paiement|transfert|versement)|craque|cede|donne(?! (?:\w+ ){0,2}(?:adresse"
    r"|nom|numero|code|photo)))s?\b"
)
BARE = re.compile(
    r"\b(?:pris|vole|perdu|debite|preleve|paye|verse|vire|retire|prix|montant"
    r"|somme|total|debourse|coute|depense)e?s?(?: (?:de|pour|environ|env|plus de"
    r"|pres de"
    r"|presque|quasi|:|dans les|etait|est))* ?:? ?(?P<n>\d{1,3}(?:[ .]\d{3})+(?:,\d\d)?|\d{2,6}(?:[.,]\d{1,2})?)"
    r"(?= ?(?:$|[.,;!?)\n]|(?:sur|de mon|de ma|du|par|a|en|pour|via|avec|et|le"
    r"|la|hier|ce|cette|au|mais|il|elle|je|j|depuis|dont)\b))(?![.,/:h]\d)"
)
REACH_BEFORE, REACH_AFTER = 70, 45


def read_loss(plain: str) -> int | None:
    """Return the loss or price in euro cents, or None when the story states none or only a demand."""
    amounts = find_amounts(plain) or _bare_amounts(plain)
    if not amounts:
        return None
    ranked = [(_rank(plain, amount), amount.cents) for amount in amounts]
    best = max(rank for rank, _ in ranked)
    denied = bool(NO_LOSS.search(plain))
    if best <= 0 or (denied and best < 3):
        asked = [cents for rank, cents in ranked if rank == 0]
        return asked[0] if len(asked) == 1 and best == 0 and not denied and DID_PAY.search(plain) else None
    top = [cents for rank, cents in ranked if rank == best]
    return _sum_if_listed(plain, amounts) or max(top)


def _bare_amounts(plain: str) -> list[Amount]:
    """Read "il m'a pris 850" where no currency is written."""
    found = []
    for match in BARE.finditer(plain):
        digits = re.sub(r"[ .](?=\d{3})", "", match["n"])
        found.append(Amount(round(float(digits.replace(",", ".")) * 100), match.start("n"), match.end("n")))
    return found


def _rank(plain: str, amount: Amount) -> int:
    """4 a total, 2 money gone or a price, 1 said without a cue, 0 asked for, -1 something beside the loss."""
    first, last = sentence_around(plain, amount.start, amount.end)
    before = plain[max(first, amount.start - REACH_BEFORE) : amount.start]
    after = plain[amount.end : min(last, amount.end + REACH_AFTER)]
    if TOTAL.search(before[-22:]) or TOTAL.match(after.lstrip(" ,(")):
        return 4
    cue = _last_cue(before)
    following = None if after.startswith(" au lieu") else CUES.search(after)
    near = following is not None and _joined(after[: following.start()])
    if following is not None and near and (cue is None or following.lastgroup != "asked"):
        cue = following
    if following is not None and following.start() <= 4 and following.group() == "a payer":
        cue = following
    if cue is None:
        return 1
    return {"taken": 2, "asked": 0, "beside": -1}[cue.lastgroup or "taken"]


def _joined(between: str) -> bool:
    """Tell whether a sum and a verb after it belong together ("850 € ont été débités")."""
    return len(between) <= 4 or bool(
        AFTER.fullmatch(between) and not re.search(r"\b(?:et|mais|ne|on|pas|il|elle|je)\b", between)
    )


def _last_cue(before: str) -> re.Match[str] | None:
    cues = list(CUES.finditer(before))
    if not cues:
        return None
    last = cues[-1]
    if last.lastgroup == "taken" and len(cues) > 1 and cues[-2].lastgroup == "asked":
        gap = before[cues[-2].end() : last.start()]
        if re.fullmatch(r" (?:\w+ ){0,2}", gap) and not re.search(r"\b(?:j|ai|a|ont)\b", gap):
            return cues[-2]
    return last


def _sum_if_listed(plain: str, amounts: list[Amount]) -> int | None:
    """Add up sums told one after the other ("300 €, puis encore 450 €")."""
    if len(amounts) < 2 or any(_rank(plain, amount) == 4 for amount in amounts):
        return None
    gaps = [plain[a.end : b.start] for a, b in zip(amounts, amounts[1:], strict=False)]
    linked = (
        r"(?: ?,| et| plus| \+)?(?: et)? ?(?:puis|encore|ensuite|apres)?(?: encore)? ?(?:de "
        r"|une? autres? (?:fois )?(?:de )?)?"
    )
    if all(re.fullmatch(linked, gap) and re.search(r"puis|encore|ensuite|autre|plus|\+", gap) for gap in gaps):
        return sum(amount.cents for amount in amounts)
    return None
