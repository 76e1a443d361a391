"""Reads the answer to one question of the form."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from .amounts import find_amounts, find_range, to_cents
from .choices import read_choice
from .dates import find_dates
from .fields import plain_words
from .folding import fold
from .links import IBAN_SHAPE, find_iban, find_order_number, find_url, is_iban
from .names import find_platforms, known_merchant, known_platform
from .numbers import digits_for_words

type Status = Literal["value", "dont_know", "skip", "unclear"]

DONT_KNOW = re.compile(
    r"\b(?:(?:ne |n )?(?:sais|sait|savons|connais|souviens?|souvient|rappelle|retrouve|vois) (?:vraiment |meme |du tout |meme )?(?:pas|plus|rien)"
    r"|sais pas|sais plus|jsp|j sais pas|chais pas|chai pas|jsais (?:pas|plus)|je sais po|aucune idee|pas d idee|idee aucune|aucun souvenir|pas souvenir|pas sure?(?! \w)|inconnue?(?! ?\w)"
    r"|pas la moindre idee|no idea|oublie|ignore|mystere|impossible a dire|nsp|je ne sais|difficile a dire|sans certitude)\b"
)
SKIP = re.compile(
    r"\b(?:passer?|passe|suivante?|skip|sauter|question suivante|next|pas envie|je passe|on passe|plus tard|prefere (?:ne )?pas|veux pas (?:repondre|le dire|dire)|rien a dire|pas necessaire|sans reponse|n en ai pas|j en ai pas|je n ai pas|j ai pas|pas de (?:numero|iban|lien|site|adresse))\b"
)
SKIP_KINDS = {"text", "url", "iban"}
YES = re.compile(
    r"^(?:ben |bah |euh |mais |ah |alors |en fait |bonjour |je pense que |je crois que |et )*(?:oui+|ouais+|oue|ouep|ouip|yes|yep|ui|wi|wui|si|bien sur|evidemment|absolument|tout a fait|exact\w*|effectivement|c est fait|deja fait|fait|c est bon|affirmatif|d accord|ok|okay|j ai|je l ai|on l a|on a|nous avons|deja|voila|certain\w*|clairement|carrement|vrai|en effet|hier|ce matin|tout de suite|immediatement|👍|✅)\b"
)
NO = re.compile(
    r"^(?:ben |bah |euh |mais |ah |alors |en fait |bonjour |et |je pense que |je crois que )*(?:non+|nan|nope|no|nn|nop|jamais|pas (?:encore|du tout|vraiment|pour l instant|pour le moment)|toujours pas|aucun\w*|negatif|ni|je (?:ne |n )|j ai (?:pas|rien|jamais|essaye)|pas|rien|je vais|j y vais|je compte|je dois|je le ferai|demain|bientot|impossible|j essaie|c est faux|on (?:ne |n )|je l ai pas|je suis pas|👎|❌)(?:\b|$)"
)
NEGATION = re.compile(r"\b(?:pas|jamais|rien|toujours pas|aucun\w*)\b")
YES_DESPITE = re.compile(r"\b(?:pas de souci|pas de probleme|pourquoi pas|n est ce pas)\b")
HOPE = re.compile(r"\b(?:oui|ouais) (?:mais )?(?:je (?:vais|compte|dois|veux)|demain|bientot|plus tard)\b(?! \w+ oui)")
PLAIN_NUMBER = re.compile(r"(?<![\d.,/-])(?P<n>\d{1,3}(?:[ .]\d{3})+(?:,\d{1,2})?|\d{1,3}(?:,\d{3})+\.\d{2}|\d{1,9}(?:[.,]\d{1,2})?)(?![\d/]|[.,]\d)")
NOT_MONEY_AFTER = re.compile(r" ?(?:ans|jours?|fois|semaines?|mois|h\d*|heures?|minutes?|%|dollars?|usd|\$|£|livres)(?!\w)")
NOTHING = re.compile(r"^(?:rien|0|zero|aucun\w*|nul)\b")
LEAD_IN = re.compile(
    r"^(?:(?:bonjour|alors|euh|ben|bah|oui|je crois(?: que)?|je pense(?: que)?|il me semble(?: que)?|c['’ ]?[ée]tait|c['’ ]?est|ce sont|le nom (?:c['’ ]est|est)|il s['’ ]appelle|elle s['’ ]appelle"
    r"|[çc]a s['’ ]appelle|[çc]a se passe|s['’ ]appelle|sur|via|chez|par|le site|la plateforme|l['’ ]application|l['’ ]appli|le vendeur|le num[ée]ro(?: de commande)?(?: est| c['’ ]est)?|num[ée]ro|n°)[ ,:]+)+",
    re.IGNORECASE,
)
LONGEST_TEXT = 300


@dataclass(frozen=True)
class Answer:
    """What a member answered: a value (ISO day, euro cents, choice id, yes or no, text), or why there is none."""

    status: Status
    value: str | int | bool | None = None


UNCLEAR = Answer("unclear")


def read_answer(kind: str, choices: Mapping[str, str], text: str, now: datetime, field: str = "") -> Answer:
    """Read the answer to a question of `data/fields.yml`; `field` is its id, `choices` its labels by id.

    Raises KeyError for a kind that is none of date, money, choice, yes_no, text, url, iban.
    """
    text = text.strip()[:LONGEST_TEXT * 4]
    folded = fold(text)
    found = _READERS[kind](text, folded, choices, now, field)
    if found.status == "value":
        return found
    if DONT_KNOW.search(folded):
        return Answer("dont_know")
    words = len(folded.split())
    if words <= 8 and SKIP.search(folded) and (kind in SKIP_KINDS or not SKIP.search(folded)[0].endswith(" pas")):  # type: ignore[index]
        return Answer("skip")
    return found


def _value(value: str | int | bool | None) -> Answer:
    return UNCLEAR if value is None or value == "" else Answer("value", value)


def _date(text: str, folded: str, choices: Mapping[str, str], now: datetime, field: str) -> Answer:
    plain = plain_words(text, folded)
    found = find_dates(plain, now)
    if not found:
        alone = re.fullmatch(r"\W*(?:le )?(\d{1,2})(?:er)?\W*", plain)
        found = find_dates(f"le {alone[1]} de ce mois", now) if alone else []
    exact = [mention for mention in found if not mention.approximate] or found
    return _value(exact[0].value.isoformat() if exact else None)


def _money(text: str, folded: str, choices: Mapping[str, str], now: datetime, field: str) -> Answer:
    plain = plain_words(text, folded)
    amounts = find_amounts(plain)
    if re.search(r"(?<![\w\d])-\d", plain) and len(amounts) < 2:
        return UNCLEAR
    if amounts:
        total = re.search(r"\b(?:en tout|au total|total|soit)\b", plain)
        return _value(max(amount.cents for amount in amounts) if total else amounts[0].cents)
    middle = find_range(plain)
    if middle:
        return _value(middle)
    numbers = [m for m in PLAIN_NUMBER.finditer(plain) if not NOT_MONEY_AFTER.match(plain, m.end())]
    between = re.search(r"\bentre (\d+) et (\d+)\b", plain)
    if between:
        return _value((to_cents(between[1]) + to_cents(between[2])) // 2)
    if len(numbers) != 1 or find_dates(plain, now) and "/" in plain:
        return UNCLEAR
    cents = to_cents(numbers[0]["n"])
    return Answer("value", cents) if 0 < cents <= 100_000_000_00 else UNCLEAR


def _choice(text: str, folded: str, choices: Mapping[str, str], now: datetime, field: str) -> Answer:
    return _value(read_choice(field, choices, digits_for_words(folded)))


def _yes_no(text: str, folded: str, choices: Mapping[str, str], now: datetime, field: str) -> Answer:
    words = folded.strip(" .,!?:;")
    if HOPE.search(words):
        return Answer("value", False)
    if NO.search(words) and not YES_DESPITE.search(words):
        return UNCLEAR if DONT_KNOW.search(words) and not words.startswith("non") else Answer("value", False)
    if YES.search(words):
        return Answer("value", not re.match(r"(?:ok|voila|mais|hier|deja|je l ai|j ai|on a) (?:\w+ )?(?:pas|rien|jamais)", words))
    if DONT_KNOW.search(words):
        return UNCLEAR
    if NEGATION.search(words):
        return Answer("value", False)
    return Answer("value", True) if re.search(r"\b(?:oui|ouais|fait|deja)\b", words) else UNCLEAR


def _text(text: str, folded: str, choices: Mapping[str, str], now: datetime, field: str) -> Answer:
    if not any(char.isalnum() for char in text) or DONT_KNOW.search(folded) or _only_skip(folded):
        return UNCLEAR
    if field == "order_number":
        introduced = find_order_number(text, folded)
        if introduced:
            return _value(introduced)
    if field == "platform" and (named := find_platforms("sur " + folded)):
        return _value(named[0].name)
    stripped = LEAD_IN.sub("", text).strip(" .,:;«»\"'")
    known = known_platform(fold(stripped)) if field == "platform" else known_merchant(fold(stripped))
    return _value((known if known and field in {"platform", "merchant"} else stripped)[:LONGEST_TEXT])


def _only_skip(folded: str) -> bool:
    return len(folded.split()) <= 8 and bool(SKIP.search(folded))


def _url(text: str, folded: str, choices: Mapping[str, str], now: datetime, field: str) -> Answer:
    return _value(find_url(text))


def _iban(text: str, folded: str, choices: Mapping[str, str], now: datetime, field: str) -> Answer:
    found = find_iban(text)
    if found is None and not IBAN_SHAPE.search(text):
        digits = re.sub(r"\D", "", text)
        found = "BE" + digits if len(digits) == 14 and is_iban("BE" + digits) else None
    return _value(found)


type _Reader = Callable[[str, str, Mapping[str, str], datetime, str], Answer]
_READERS: Mapping[str, _Reader] = {
    "date": _date,
    "money": _money,
    "choice": _choice,
    "yes_no": _yes_no,
    "text": _text,
    "url": _url,
    "iban": _iban,
}
