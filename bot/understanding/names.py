"""Recognises the shop and the site or application that a story names."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

NAMES_FILE = Path(__file__).with_name("names.yml")
PREPOSITION = r"(?:sur|chez|via|par|de chez|d)(?: l app(?:li(?:cation)?)?| le site)? "
ACCOUNT_BEFORE = r"(?:comptes?|boite(?: mail)?|adresse(?: mail)?|profil|mail|messagerie)(?: de| d)?(?: mon| ma)? "
SHOPPING = re.compile(
    r"\b(?:command\w+|achet\w+|achat\w*|livr\w+|colis|articles?|vendeu\w+|boutique"
    r"|webshop|pay[ée]\w*|rembours\w+|panier|retour\w*|recu\w*|garantie)\b"
)
IMPERSONATED = re.compile(
    r"(?:\b(?:sms|mail|email|e-mail|message|appel|faux|fausse|passer pour|soi[ -]disant"
    r"|sois[ -]disant|de la part d[eu]?|au nom d[eu]?|imit\w+|pretend\w*|signe"
    r"|se dis\w+|pub(?:licite)?|bon|carte cadeau|cheque cadeau|carte)s?(?: \w+)? (?:de "
    r"|d |du |chez |venant de )?(?:la |l )?|imite )$"
)
UNKNOWN_SHOP = re.compile(
    r"(?i:\b(?:site(?: web| internet)?|boutique(?: en ligne)?|webshop|e-?shop"
    r"|magasin(?: en ligne)?|shop|enseigne|firme|societe)"
    r"(?: \w+)? (?:qui s['’ ]appel\w+|appel[ée]e?|nomm[ée]e?|du nom d[e'’]|s['’ ]appel\w+) ?:? ?)[«\"“' ]*"
    r"(?P<told>[\w&][\w&.'-]*(?: [A-Z0-9][\w&.'-]*){0,2})"
    r"|(?i:\b(?:site(?: web| internet)?|boutique(?: en ligne)?|webshop|e-?shop"
    r"|magasin en ligne|chez)) [«\"“' ]*(?P<named>[A-ZÉÈ0-9][\w&.'-]*[a-zA-Z][\w&.'-]*(?: [A-Z&][\w&.'-]*){0,2})"
)
NOT_BOUGHT = re.compile(
    r"\b(?:quelqu un a|ils ont|on a|il a|elle a) (?:command\w+|achet\w+|paye)"
    r"|\b(?:a|a mon|a son) insu\b|\bjamais (?:fait|autorise|effectue)|\bpas moi qui\b"
    r"|\bn ai (?:rien|pas|jamais) (?:command|achet)|\b(?:jamais|rien) command\w+ (?:la|chez|sur)\b"
)
BOUGHT_ON = re.compile(
    r"\b(?:command\w+|achet\w+|achat|pay[e]\w*)\b[^.!?\n]{0,60}?\b(?:sur|chez"
    r"|site|webshop|boutique)(?: le site| internet| la boutique)?[ :(«\"]+"
    r"(?P<domain>(?:https?://)?(?:www\.)?(?:[a-z0-9-]+\.)+[a-z]{2,8})(?![\w@])"
)

ON_BOUGHT = re.compile(
    r"\bsur (?:le |un )?(?:site |site internet |webshop )?(?P<domain>(?:https?://)?(?:www\.)?"
    r"(?:[a-z0-9-]+\.)+[a-z]{2,8})(?![\w@])"
    r"[^.!?\n]{0,30}\b(?:command\w+|achet\w+)"
)


@dataclass(frozen=True)
class Platform:
    """A site or application: its name, the contact channel it is, where it stands in the text."""

    name: str
    channel: str | None
    start: int
    end: int


@dataclass(frozen=True)
class _Register:
    merchants: dict[str, str]
    platforms: dict[str, str]
    accounts: dict[str, str]
    channels: dict[str, str]
    never: frozenset[str]
    merchant_pattern: re.Pattern[str]
    platform_pattern: re.Pattern[str]


@cache
def _register() -> _Register:
    data = yaml.safe_load(NAMES_FILE.read_text(encoding="utf-8"))
    merchants = {spelling: name for name, all_of in data["merchants"].items() for spelling in all_of}
    platforms = {spelling: name for name, row in data["platforms"].items() for spelling in row["names"]}
    accounts = {spelling: name for name, all_of in data["accounts"].items() for spelling in all_of}
    guarded = data["after_preposition"]
    merchants_after = {s: name for name, all_of in guarded["merchants"].items() for s in all_of}
    platforms_after = {s: name for name, all_of in guarded["platforms"].items() for s in all_of}
    return _Register(
        merchants | merchants_after,
        platforms | platforms_after,
        accounts,
        {name: row["channel"] for name, row in data["platforms"].items()},
        frozenset(str(word) for word in data["never_merchants"]),
        re.compile(rf"{_any_of(merchants)}|(?<!\w){PREPOSITION}(?P<after>{_words(merchants_after)})(?!\w)"),
        re.compile(
            rf"{_any_of(platforms)}|(?<!\w){PREPOSITION}(?P<after>{_words(platforms_after)})(?!\w)"
            rf"|(?<!\w){ACCOUNT_BEFORE}(?P<account>{_words(accounts)})(?!\w)"
        ),
    )


def _words(spellings: dict[str, str]) -> str:
    return "|".join(re.escape(s) for s in sorted(spellings, key=len, reverse=True)) or "(?!)"


def _any_of(spellings: dict[str, str]) -> str:
    return rf"(?<![\w@.-])(?P<plain>{_words(spellings)})(?![\w@-])(?!\.\w)"


def find_platforms(folded: str) -> list[Platform]:
    """Return the sites and applications named, in order; those only denied ("pas sur Facebook") are left out."""
    register, found = _register(), []
    for match in register.platform_pattern.finditer(folded):
        if re.search(r"\b(?:pas|ni|hors|hors de) (?:sur |via |de |par )?$", folded[: match.start()]):
            continue
        if match["account"]:
            found.append(Platform(register.accounts[match["account"]], None, match.start(), match.end()))
            continue
        name = register.platforms[match["plain"] or match["after"]]
        found.append(Platform(name, register.channels.get(name), match.start(), match.end()))
    return found


def known_platform(folded: str) -> str | None:
    """Return the register's name for a platform, account or mailbox spelled alone, or None."""
    register = _register()
    spelled = folded.strip(" .!")
    return register.platforms.get(spelled) or register.accounts.get(spelled)


def known_merchant(folded: str) -> str | None:
    """Return the register's name for a shop spelled alone, or None."""
    return _register().merchants.get(folded.strip(" .!"))


def find_merchant(text: str, folded: str) -> str | None:
    """Return the seller's name where the story buys from it; an imitated shop is not a seller."""
    if not SHOPPING.search(folded) or NOT_BOUGHT.search(folded):
        return None
    register = _register()
    for match in register.merchant_pattern.finditer(folded):
        if not IMPERSONATED.search(folded, 0, match.start()):
            return register.merchants[match["plain"] or match["after"]]
    bought = BOUGHT_ON.search(folded) or ON_BOUGHT.search(folded)
    if bought:
        return re.sub(r"^(?:https?://)?(?:www\.)?", "", bought["domain"])
    return _unknown_shop(text, folded, register)


def _unknown_shop(text: str, folded: str, register: _Register) -> str | None:
    for match in UNKNOWN_SHOP.finditer(text):
        name = (match["told"] or match["named"]).rstrip(".'-»\"")
        if re.search(r"\bfau(?:x|sse) (?:\w+ )?$", folded[: match.start()]):
            continue
        plain = name.lower()
        if not any(plain == word or plain.startswith(word + " ") for word in register.never | set(register.platforms)):
            return name
    return None
