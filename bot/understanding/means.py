"""Tells by what means the money left."""

import re

from .folding import said_after, said_before
from .sum_roles import DID_PAY, NO_LOSS

NOT_A_PAYMENT_CARD = (
    r"d? ?identite|d id|sim|mere|graphique|memoire|sd|pokemon|postale|d embarquement|de fidelite"
    r"|de residen\w+|vitale|de visite|d anniversaire|sur table"
    r"|grise|verte|de voeux|d electeur|d acces|de membre|mobib|du monde|d etudiant|cadeaux?|blanche|de presse|sis"
)
VOUCHER = (
    r"transcash|pcs|neosurf|paysafe ?cards?|paysafe|toneo|cartes? prepayees?|cartes? (?:cadeaux?"
    r"|rechargeables?)|bons? cadeaux?|cheques? cadeaux?|recharges? (?:pcs|transcash|neosurf)"
    r"|cartes? (?:google ?play|itunes|apple|steam|amazon|playstation|psn|xbox|roblox|zalando|paysafe|gift)"
    r"|gift ?cards?|coupons?|tickets? (?:transcash|pcs|neosurf|paysafe\w*|premium|toneo)"
    r"|codes? (?:paysafe\w*|pcs|transcash|steam|itunes)"
)
WORDS = {
    "voucher": VOUCHER,
    "bancontact": r"bancontact|bankcontact|bancontacte|banconctact|banccontact|mister ?cash|payconiq|wero",
    "paypal": r"paypal|pay pal|paypall",
    "direct_debit": (
        r"domiciliations?|domicilie\w*|prelevements? (?:automatiques?|sepa|mensuels?|recurrents?)|mandat sepa"
    ),
    "crypto": (
        r"bitcoins?|btc|ethereum|eth|usdt|tether|crypto(?:s|monnaies?|-monnaies?| monnaies?)?|binance|coinbase"
        r"|cryptos|stablecoins?|solana"
    ),
    "cash": (
        r"(?:en|du|de l) (?:argent )?(?:liquide|especes|cash)|cash|liquide|especes|de la main a la main"
        r"|billets de \d+"
    ),
    "transfer": r"virements?(?: instantanes?)?|viree?s?|virer|vires|versements?|transferts? (?:bancaires?|d argent)"
    r"|transfer(?:e|ee|es|er)(?= [^.!?\n]{0,40}(?:\d|argent|sous|economies|somme|compte))|western union"
    r"|moneygram"
    r"|vers(?:e|er|ee|es)(?= (?:[\w€.,]+ ){0,5}(?:sur|compte))|sur (?:un|le|son"
    r"|leur) (?:numero de )?compte (?:bancaire|en banque|belge|etranger|lituanien|francais|securis\w+|be)",
    "card": (
        rf"(?:visa|mastercard|master ?card|maestro|american express|amex|cb)|cartes? (?:bleue|bancaires?"
        rf"|de banque|de credit|de debit|visa|mastercard|bnp|belfius|ing|kbc)"
        rf"|cartes?(?! (?:{NOT_A_PAYMENT_CARD})\b)|apple pay|google pay"
    ),
}
PATTERN = re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<{name}>{words})" for name, words in WORDS.items()) + r")(?!\w)")
LOOSE = re.compile(  # words that may tell a means, whatever they say of it
    r"\b(?:(?P<direct_debit>prelev\w*|preleve|abonnements?|mensuel\w*|par mois|chaque mois)"
    r"|(?P<transfer>compte|vire\w*|verse\w*|iban|transfer\w*|envoy\w+)"
    r"|(?P<card>cartes?|numero|debit\w*|achats?|apple pay|visa|codes?)"
    r"|(?P<cash>billets?|enveloppe|coursier|main|remis\w*|liquide)"
    r"|(?P<crypto>monero|portefeuille|wallet|jetons?|crypto\w*|plateforme)"
    r"|(?P<voucher>tickets?|recharg\w+|prepaye\w*|cartes? cadeaux?)"
    r"|(?P<paypal>paypal|entre proches|amis)"
    r"|(?P<bancontact>payconiq|bancontact|qr|lecteur))\b"
)
LINK = r"(?:par|via|avec|en|au moyen d[eu]?|sur|de|depuis|a l aide d[e ])"
DIRECT = re.compile(
    rf"\b{LINK} (?:(?:un|une|des|le|la|les|ma|mon|mes|sa|son|ses|leur|deux|\d+|carte|petit|simple|ce) )*$"
)
PAID = re.compile(
    r"\b(?:pay(?:e|es|ee|ees|er|ais)|paie|paiements?|vers(?:e|es|ee|er)|regl(?:e|es|ee|er)|achet\w+"
    r"|command\w+|debit\w+|prelev\w+|retir\w+|retraits?|depens\w+|pris|prises?|voles?|achats?"
    r"|transactions?"
    r"|reservation|partis?|envoy(?:e|es|ee)(?= )|donn(?:e|es)|sorti\w*|avanc(?:e|es|ee)|remis\w*|depos(?:e"
    r"|es|ee)|abonnement\w*|reconduction|par mois|factur\w+|transfer\w+|perdu\w*|mis|disparu\w*)\b"
)
DENIED = re.compile(
    r"\b(?:pas|ni|sans(?: passer par)?|refus\w+|plutot que|au lieu d[eu]?|hors(?: de)?|jamais"
    r"|aucun\w*)(?: \w+){0,2} $|\baucun\w* (?:paiement|debit|achat|retrait)(?: \w+){0,3} $"
    r"|\brien(?: \w+){0,3} $|\b(?:vouloir|voulait|veut|voulu|accept\w+) (?:pas"
    r"|plus)(?: \w+){0,2} $"
)
NOT_USED = re.compile(
    r"\b(?:card ?stop|bloqu\w+|fait bloquer|opposition|nouvelle|annul\w+|commande une|perdu|perdre|couper"
    r"|photo d[eu]|copie d[eu]|scan d[eu]|preuve d[eu]?|faux|fausse|recevoir (?:le|un)|attend\w*"
    r"|pour (?:le|recevoir le|un|faire un))"
    r"(?: (?:\w+ ){0,2})?$"
)
COMPANY = re.compile(
    r"\b(?:mail|sms|message|compte|faux|pirat\w+|de la part d[eu]|soi[ -]disant|plateforme|site|pub\w*"
    r"|trading|cours|achat de|arnaque (?:au|aux|a la)|service|litige|via le litige)(?: \w+)? (?:de |d |en "
    r"|au )?$"
)
ASKED = re.compile(
    r"\b(?:demand\w+|veu(?:t|lent)|voul\w+|reclam\w+|exig\w+|propos\w+|insist\w+|rancon|promet\w*|promis"
    r"|me fera|va faire|allait|offre|si je|sinon)\b[^.!?,]{0,40}$"
)
BACK = re.compile(r"\b(?:rembours\w+|rendu|credite)(?: \w+){0,2} (?:en|par|sous forme d[e ]) (?:\w+ )?$")
DATA_ONLY = re.compile(
    r"\b(?:numeros?|num|donnees|coordonnees|infos?|informations?|details?|photos?|lire|chiffres"
    r"|codes?)(?: \w+){0,2} $|\b(?:encod\w+|donn\w+|introdui\w+|mis|rentre|entre|tape|remis\w*"
    r"|communiqu\w+|pris|vol\w+|chercher|recupere\w*|emporte\w*)(?: \w+){0,1} (?:ma|sa|la|mes) $"
)
MONEY_LEFT = re.compile(
    r"\b(?:debit\w+|prelev\w+|parti(?:s|es?)?|envol\w+|retir\w+|retraits?|vide|vides|disparu\w*|perdu\w*"
    r"|voles?|pris|paye\w*|achats?|transactions?|sont sortis)\b"
)
SURE = 2  # below it the means is only mentioned

WITH_A_SUM = {"bancontact", "paypal", "transfer"}
SUM_BEFORE = re.compile(r"\d ?(?:€|euros?|eur) (?:en|par|via|avec) $")
PAYMENT_BEFORE = re.compile(r"\b(?:debits?|paiements?|achats?|retraits?|transactions?) $")


def read_means(plain: str, iban: str | None = None) -> str | None:
    """Return the id of the means of payment, or None where none, or several equally likely, are told.

    `iban` is the account that the story names, if any: money paid there went by transfer.
    """
    if NO_LOSS.search(plain) and not DID_PAY.search(plain):
        return None
    scores: dict[str, int] = {}
    for match in PATTERN.finditer(plain):
        name = match.lastgroup or ""
        scores[name] = max(scores.get(name, 0), score(plain, match, name))
    best = max(scores.values(), default=0)
    if best < SURE:
        return "transfer" if iban and DID_PAY.search(plain) else None
    leaders = [name for name, score in scores.items() if score == best]
    if scores.get("cash", 0) >= SURE and set(leaders) <= {"cash", "transfer"}:
        return "cash"
    if "bancontact" in leaders and set(leaders) <= {"bancontact", "card"}:
        return "bancontact"
    return leaders[0] if len(leaders) == 1 else None


def score(plain: str, match: re.Match[str], name: str) -> int:
    """Return 4 for "payé par …", 3 money that left by it, 2 its data given and money gone, 0 for all else."""
    before, after = said_before(plain, match.start(), 70), said_after(plain, match.end(), 50)
    paid_before = bool(PAID.search(before))
    if _not_used(plain, before, name):
        return 0
    if DIRECT.search(before) and paid_before:
        return 4
    if (name in WITH_A_SUM and SUM_BEFORE.search(before)) or (name == "bancontact" and PAYMENT_BEFORE.search(before)):
        return 3
    if name in {"card", "bancontact"}:
        return _card(plain, before, after)
    return 3 if name in {"transfer", "direct_debit", "voucher"} or paid_before or PAID.search(after) else 0


def _not_used(plain: str, before: str, name: str) -> bool:
    """Tell whether the words before deny the payment, only ask for it, or speak of the company or a blocked card."""
    if DENIED.search(before) or BACK.search(before) or NOT_USED.search(before):
        return True
    asked = bool(ASKED.search(before)) and not DID_PAY.search(plain)
    return asked or (name in {"paypal", "crypto"} and bool(COMPANY.search(before)))


def _card(plain: str, before: str, after: str) -> int:
    if DATA_ONLY.search(before):
        return 2 if MONEY_LEFT.search(plain) else 0
    if DIRECT.search(before):
        return 3 if MONEY_LEFT.search(plain) or PAID.search(after) or PAID.search(before) else 0
    if re.match(r" encodee?s?\b", after):
        return 2 if MONEY_LEFT.search(plain) else 0
    moved = re.match(
        r" (?:\w+ ){0,3}(?:a (?:ete )?(?:debit|servi|paye|utilis|vide)|ont ete utilis|debitee?|utilisee?)", after
    )
    return 3 if moved else 0


def means_named(plain: str) -> str | None:
    """Return the only means that a short answer names, or None."""
    names = dict.fromkeys(match.lastgroup for match in PATTERN.finditer(plain))
    if set(names) == {"bancontact", "card"}:
        return "bancontact"
    return next(iter(names)) if len(names) == 1 else None
