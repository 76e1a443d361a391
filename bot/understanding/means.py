"""Tells by what means the money left."""

import re

from .folding import said_after, said_before
from .losses import DID_PAY

NOT_A_PAYMENT_CARD = (
    r"d? ?identite|d id|sim|mere|graphique|memoire|sd|pokemon|postale|d embarquement"
    r"|de fidelite|de residen\w+|vitale|de visite|d anniversaire|sur table"
    r"|grise|verte|de voeux|d electeur|d acces|de membre"
)
VOUCHER = (
    r"transcash|pcs|neosurf|paysafe ?cards?|toneo|cartes? prepayees?|cartes? (?:cadeaux?"
    r"|rechargeables?)|bons? (?:cadeaux?|d achats?)|cheques? cadeaux?"
    r"|cartes? (?:google ?play|itunes|apple|steam|amazon|playstation|psn|xbox"
    r"|roblox|zalando)|coupons?|tickets? (?:transcash|pcs|neosurf|paysafe\w*"
    r"|premium)"
)
WORDS = {
    "voucher": VOUCHER,
    "bancontact": r"bancontact|bankcontact|bancontacte|banconctact|mister ?cash|payconiq",
    "paypal": r"paypal|pay pal|paypall",
    "direct_debit": r"domiciliations?|domicilie\w*|prelevements? (?:automatiques?|sepa|mensuels?"
    r"|recurrents?)|mandat sepa",
    "crypto": r"bitcoins?|btc|ethereum|eth|usdt|crypto(?:s|monnaies?|-monnaies?| monnaies?)?"
    r"|binance|coinbase|cryptos",
    "cash": r"(?:en|du|de l|d) (?:argent )?(?:liquide|especes|cash)|cash|liquide|especes"
    r"|de la main a la main|main propre",
    "transfer": r"virements?|vire|viree|vires|virer|versements?|transferts? (?:bancaires?"
    r"|d argent)|transfere|transferer|western union|verse(?:r|e)?(?= (?:[\w€.,]+ ){0,4}(?:sur"
    r"|compte))|wero",
    "card": rf"visa|mastercard|master ?card|maestro|american express|amex|\bcb\b|cartes? (?:bleue"
    rf"|bancaires?|de banque|de credit|de debit|visa|mastercard)|cartes?(?! (?:{NOT_A_PAYMENT_CARD})\b)",
}
PATTERN = re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<{name}>{words})" for name, words in WORDS.items()) + r")(?!\w)")
DIRECT = re.compile(r"\b(?:par|via|avec|en|au moyen d[eu]?|fait|effectue|sur|de)(?: \w+){0,2} $")
PAID = re.compile(
    r"\b(?:paye\w*|paiement\w*|verse\w*|regle\w*|envoye\w*|achete\w*|command\w+"
    r"|debit\w*|preleve\w*|retir\w+|retrait\w*|depens\w+|pris|vole\w*|achats?"
    r"|transaction\w*|donne\w*|demand\w+|fait)\b"
)
DENIED = re.compile(
    r"\b(?:pas|ni|sans(?: passer par)?|refus\w+|plutot que|au lieu d[eu]?|hors(?: de)?"
    r"|jamais)(?: \w+){0,2} $|\b(?:vouloir|voulait|veut|voulu|accept\w+) (?:pas"
    r"|plus)(?: \w+){0,2} $"
)
NOT_USED = re.compile(
    r"\b(?:card ?stop|bloqu\w+|fait bloquer|opposition|nouvelle|annul\w+|commande une"
    r"|perdu|perdre|couper|photo d[eu])(?: (?:\w+ ){0,3})?$"
)
COMPANY = re.compile(r"\b(?:mail|sms|message|compte|faux|pirat\w+|de la part d[eu]|soi[ -]disant)(?: \w+)? (?:de )?$")
ASKED = re.compile(r"\b(?:demand\w+|veu(?:t|lent)|voul\w+|reclam\w+|exig\w+|propos\w+)\b[^.!?,]{0,30}$")
DATA_ONLY = re.compile(r"\b(?:numeros?|donnees|coordonnees|infos?|informations?|details?|photos?)(?: \w+){0,2} $")
NOTHING_PAID = re.compile(
    r"\b(?:rien|pas)(?: encore)? (?:paye|verse|perdu|debite|vire)\b|\b(?:pas"
    r"|aucun\w*) (?:perdu )?(?:d )?argent\b|\brefuse de payer\b"
)


def read_means(plain: str) -> str | None:
    """Return the id of the means of payment, or None where none, or several equally likely, are told."""
    if NOTHING_PAID.search(plain):
        return None
    scores: dict[str, int] = {}
    for match in PATTERN.finditer(plain):
        name = match.lastgroup or ""
        score = _score(plain, match, name)
        if score:
            scores[name] = max(scores.get(name, 0), score)
    if not scores:
        return None
    best = max(scores.values())
    leaders = [name for name, score in scores.items() if score == best]
    if "bancontact" in leaders and set(leaders) <= {"bancontact", "card"}:
        return "bancontact"
    if "voucher" in leaders:
        return "voucher"
    return leaders[0] if len(leaders) == 1 else None


def _score(plain: str, match: re.Match[str], name: str) -> int:
    """Return 3 for a means said to have paid, 2 money named by it, 1 only its data named, 0 not a payment."""
    before = said_before(plain, match.start(), 60)
    if _not_used(plain, before, name):
        return 0
    if name in {"transfer", "direct_debit", "voucher", "crypto"}:
        return 3
    paid = PAID.search(before) or PAID.search(said_after(plain, match.end(), 40))
    if name == "card" and DATA_ONLY.search(before):
        return 1
    if name == "card" and not paid:
        return 0
    return 3 if paid and DIRECT.search(before) else 2


def _not_used(plain: str, before: str, name: str) -> bool:
    """Tell whether the words before deny the payment, only ask for it, or speak of the company or a blocked card."""
    if DENIED.search(before) or (ASKED.search(before) and not DID_PAY.search(plain)):
        return True
    return (name in {"paypal", "card"} and bool(NOT_USED.search(before))) or (
        name == "paypal" and bool(COMPANY.search(before))
    )


def means_named(plain: str) -> str | None:
    """Return the only means that a short answer names, or None."""
    names = dict.fromkeys(match.lastgroup for match in PATTERN.finditer(plain))
    if set(names) == {"bancontact", "card"}:
        return "bancontact"
    return next(iter(names)) if len(names) == 1 else None
