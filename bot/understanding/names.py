"""Recognises the shop and the site or application that a story names."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

NAMES_FILE = Path(__file__).with_name("names.yml")
PREPOSITION = (
    r"(?:sur|chez|via|par|de chez|d)(?: (?:son|mon|ma|sa|leur|un groupe|une page"
    r"|le site))?(?: l app(?:li(?:cation)?)?| le site)? "
)
DENIED = re.compile(
    r"\b(?:suis|est|etais|etait|ai|a|utilise|connais|inscrite?) (?:pas|jamais|plus)(?: \w+)? (?:sur |via "
    r"|de |par )?$|\b(?:ni|hors|pas) (?:de |via |par )?$|\bni sur $"
)
POSTED = re.compile(
    r"\b(?:poste|laisse|mis|ecrit|publie) (?:un |des |mon )?(?:avis|commentaire|photos?)(?: \w+)? $"
    r"|\bj ai (?:envoye|ecrit|repondu|relance)[^.!?\n]{0,30} (?:par|sur|via) $"
    r"|\brepond\w* [^.!?\n]{0,25}(?:sur|par) $"
)
ACCOUNT_BEFORE = r"(?:comptes?|boite(?: mail)?|adresse(?: mail)?|profil|mail|messagerie)(?: de| d)?(?: mon| ma)? "


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
    towns: frozenset[str]
    merchant_pattern: re.Pattern[str]
    platform_pattern: re.Pattern[str]
    anywhere_pattern: re.Pattern[str]


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
        frozenset(str(word) for word in data["towns"]),
        re.compile(rf"{_any_of(merchants)}|(?<!\w){PREPOSITION}(?P<after>{_words(merchants_after)})(?!\w)"),
        re.compile(
            rf"{_any_of(platforms)}|(?<!\w){PREPOSITION}(?P<after>{_words(platforms_after)})(?!\w)"
            rf"|(?<!\w){ACCOUNT_BEFORE}(?P<account>{_words(accounts)})(?!\w)"
        ),
        re.compile(_any_of(platforms | platforms_after | accounts)),
    )


def _words(spellings: dict[str, str]) -> str:
    return "|".join(re.escape(s) for s in sorted(spellings, key=len, reverse=True)) or "(?!)"


def _any_of(spellings: dict[str, str]) -> str:
    return rf"(?<![\w@.-])(?P<plain>{_words(spellings)})(?![\w@-])(?!\.\w)"


def find_platforms(folded: str) -> list[Platform]:
    """Return the sites and applications named, in order; those only denied ("pas sur Facebook") are left out."""
    register, found = _register(), []
    for match in register.platform_pattern.finditer(folded):
        if DENIED.search(folded, max(0, match.start() - 40), match.start()):
            continue
        if match["account"]:
            found.append(Platform(register.accounts[match["account"]], None, match.start(), match.end()))
            continue
        name = register.platforms[match["plain"] or match["after"]]
        found.append(Platform(name, register.channels.get(name), match.start(), match.end()))
    return found


def find_names_of_platforms(folded: str) -> list[Platform]:
    """Return what is spelled like a site, an application or a provider of accounts, also where none may be meant."""
    register = _register()
    named = register.accounts | register.platforms
    return [
        Platform(name, register.channels.get(name), *match.span())
        for match in register.anywhere_pattern.finditer(folded)
        for name in [named[match.group()]]
        if not DENIED.search(folded, max(0, match.start() - 40), match.start())
    ]


def read_platform(folded: str) -> str | None:
    """Return the first site or application that a story is about; where the member only wrote or posted is none."""
    for platform in find_platforms(folded):
        before = folded[max(0, platform.start - 60) : platform.start]
        if not POSTED.search(before) and "votre compte" not in before[-25:]:
            return platform.name
    return None


def known_platform(folded: str) -> str | None:
    """Return the register's name for a platform, account or mailbox spelled alone, or None."""
    register = _register()
    spelled = folded.strip(" .!")
    return register.platforms.get(spelled) or register.accounts.get(spelled)


def known_merchant(folded: str) -> str | None:
    """Return the register's name for a shop spelled alone, or None."""
    return _register().merchants.get(folded.strip(" .!"))


@dataclass(frozen=True)
class Seller:
    """A shop of the register, as it is named there, and where it stands in the text."""

    name: str
    start: int
    end: int


def find_sellers(folded: str) -> list[Seller]:
    """Return the shops of the register that folded text names, in order."""
    register = _register()
    return [
        Seller(
            register.merchants[match["plain"] or match["after"]],
            match.start("plain" if match["plain"] else "after"),
            match.end(),
        )
        for match in register.merchant_pattern.finditer(folded)
    ]


def is_no_seller(folded_name: str) -> bool:
    """Tell whether a name is a carrier, a bank, an authority, a platform or a town rather than a shop."""
    register = _register()
    words = folded_name.split()
    heads = {" ".join(words[:count]) for count in range(1, len(words) + 1)}
    return bool(heads & (register.never | register.platforms.keys())) or bool(heads & register.towns)
