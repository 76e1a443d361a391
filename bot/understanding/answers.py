"""Reads the answer to one question of the form."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from .amounts import find_amounts, find_range, to_cents
from .choices import read_choice
from .dates import find_coming_dates, find_dates
from .fields import plain_words
from .folding import blank, fold
from .links import IBAN_SHAPE, find_iban, find_order_number, find_url, is_iban
from .names import find_platforms, known_merchant, known_platform
from .numbers import digits_for_words

type Status = Literal["value", "dont_know", "skip", "unclear"]

DONT_KNOW = re.compile(
    r"\b(?:(?:ne |n )?(?:sais|sait|savons|connais|souviens?|souvient|rappelle"
    r"|retrouve|vois) (?:vraiment |meme |du tout |meme )?(?:pas|plus|rien)"
    r"|sais pas|sais plus|jsp|j sais pas|chais pas|chai pas|jsais (?:pas|plus)"
    r"|je sais po|aucune idee|pas d idee|idee aucune|aucun souvenir|pas souvenir"
    r"|pas sure?(?! \w)|inconnue?(?! ?\w)"
    r"|pas la moindre idee|no idea|oublie|ignore|mystere|impossible a dire|nsp"
    r"|je ne sais|difficile a dire|sans certitude)\b"
)
SKIP = re.compile(
    r"\b(?:passer?|passe|suivante?|skip|sauter|question suivante|next|pas envie"
    r"|je passe|on passe|plus tard|prefere (?:ne )?pas|veux pas (?:repondre|le dire"
    r"|dire)|rien a dire|pas necessaire|sans reponse|n en ai pas|j en ai pas"
    r"|je n ai pas|j ai pas|pas de (?:numero|iban|lien|site|adresse))\b"
)
OPTIONAL_KINDS = {"text", "url", "iban"}
YES = re.compile(
    r"^(?:ben |bah |euh |mais |ah |alors |en fait |bonjour |je pense que |je crois que "
    r"|et )*(?:oui+|ouais+|oue|ouep|ouip|yes|yep|ui|wi|wui|si|bien sur|evidemment"
    r"|absolument|tout a fait|exact\w*|effectivement|c est fait|deja fait|fait"
    r"|c est bon|affirmatif|d accord|ok|okay|j ai|je l ai|on l a|on a|nous avons"
    r"|deja|voila|certain\w*|clairement|carrement|vrai|en effet|hier|ce matin"
    r"|tout de suite|immediatement|👍|✅)\b"
)
NO = re.compile(
    r"^(?:ben |bah |euh |mais |ah |alors |en fait |bonjour |et |je pense que "
    r"|je crois que )*(?:non+|nan|nope|no|nn|nop|jamais|pas (?:encore|du tout"
    r"|vraiment|pour l instant|pour le moment)|toujours pas|aucun\w*|negatif"
    r"|ni|je (?:ne |n )|j ai (?:pas|rien|jamais|essaye)|pas|rien|je vais|j y vais"
    r"|je compte|je dois|je le ferai|demain|bientot|impossible|j essaie|c est faux"
    r"|on (?:ne |n )|je l ai pas|je suis pas|👎|❌)(?:\b|$)"
)
PUZZLED = re.compile(r"\bcompr(?:ends?|is|end) (?:pas|rien|vraiment pas|toujours pas)\b|\bpas compris\b")
NEGATION = re.compile(r"\b(?:pas|jamais|rien|toujours pas|aucun\w*)\b")
YES_DESPITE = re.compile(r"\b(?:pas de souci|pas de probleme|pourquoi pas|n est ce pas)\b")
HOPE = re.compile(
    r"\b(?:oui|ouais) (?:mais )?(?:je (?:vais|compte|dois|veux)|demain|bientot"
    r"|plus tard)\b(?! \w+ oui)"
)
BESIDE_DAY = re.compile(  # what else an answer with a day to come may say; "merci, à demain" is no such answer
    r"(?:\W|\b(?:le|ce|c|etait|est|ca|cela|s|a ete|a eu lieu|arrivee?|passee?|date|du|je|j ai|crois|pense|que"
    r"|euh|ben|bonjour|oui|non|vers|environ|plutot|en fait|matin|soir|midi|commandee?|recue?|payee?)\b)*"
)
PLAIN_NUMBER = re.compile(
    r"(?<![\d.,/-])(?P<n>\d{1,3}(?:[ .]\d{3})+(?:,\d{1,2})?|\d{1,3}(?:,\d{3})+\.\d{2}"
    r"|\d{1,9}(?:[.,]\d{1,2})?)(?![\d/]|[.,]\d)"
)
NOT_MONEY_AFTER = re.compile(
    r" ?(?:ans|jours?|fois|semaines?|mois|h\d*|heures?|minutes?|%|dollars?|usd"
    r"|\$|£|livres)(?!\w)"
)
NOTHING = re.compile(r"^(?:rien|0|zero|aucun\w*|nul)\b")
LEAD_IN = re.compile(
    r"^(?:(?:bonjour|alors|euh|ben|bah|oui|je crois(?: que)?|je pense(?: que)?"
    r"|il me semble(?: que)?|c['’ ]?[ée]tait|c['’ ]?est|ce sont|le nom (?:c['’ ]est"
    r"|est)|il s['’ ]appelle|elle s['’ ]appelle"
    r"|[çc]a s['’ ]appelle|[çc]a se passe|s['’ ]appelle|sur|via|chez|par|le site"
    r"|la plateforme|l['’ ]application|l['’ ]appli|le vendeur|le num[ée]ro(?: de commande)?(?: est"
    r"| c['’ ]est)?|num[ée]ro|n°)[ ,:]+)+",
    re.IGNORECASE,
)
NAME_EDGES = " .,:;«»\"'"
BEFORE_OTHERS = re.compile(
    r"(?:[ ,(]+(?:le|la|du|en|ce|pour|à|a|de|et|depuis|au prix de|environ))*[ ,(]*$", re.IGNORECASE
)
LONGEST_TEXT = 300
SHORT_ANSWER_WORDS = 8


@dataclass(frozen=True)
class Answer:
    """What a member answered: a value (ISO day, euro cents, choice id, yes or no, text), or why there is none."""

    status: Status
    value: str | int | bool | None = None


@dataclass(frozen=True)
class _Asked:
    text: str
    folded: str
    choices: Mapping[str, str]
    now: datetime
    field: str


UNCLEAR = Answer("unclear")


def read_answer(kind: str, choices: Mapping[str, str], text: str, now: datetime, field: str = "") -> Answer:
    """Read the answer to a question of `data/fields.yml`; `field` is its id, `choices` its labels by id.

    Raises KeyError for a kind that is none of date, money, choice, yes_no, text, url, iban.
    """
    text = text.strip()[: LONGEST_TEXT * 4]
    folded = fold(text)
    found = _READERS[kind](_Asked(text, folded, choices, now, field))
    if found.status == "value":
        return found
    if DONT_KNOW.search(folded):
        return Answer("dont_know")
    if _only_skip(folded, kind):
        return Answer("skip")
    return found


def _value(value: str | int | bool | None) -> Answer:
    return UNCLEAR if value is None or value == "" else Answer("value", value)


def _date(asked: _Asked) -> Answer:
    """Read a day; one to come where no other is named, so that the form can say why it is refused."""
    plain = plain_words(asked.text, asked.folded)
    found = find_dates(plain, asked.now)
    if not found:
        alone = re.fullmatch(r"\W*(?:le )?(\d{1,2})(?:er)?\W*", plain)
        found = find_dates(f"le {alone[1]} de ce mois", asked.now) if alone else []
    if not found:
        coming = find_coming_dates(plain, asked.now)
        beside = blank(plain, [(mention.start, mention.end) for mention in coming])
        found = coming if BESIDE_DAY.fullmatch(beside) else []
    exact = [mention for mention in found if not mention.approximate] or found
    return _value(exact[0].value.isoformat() if exact else None)


def _money(asked: _Asked) -> Answer:
    plain = plain_words(asked.text, asked.folded)
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
    if len(numbers) != 1 or find_dates(plain, asked.now) and "/" in plain:
        return UNCLEAR
    cents = to_cents(numbers[0]["n"])
    return Answer("value", cents) if 0 < cents <= 100_000_000_00 else UNCLEAR


def _choice(asked: _Asked) -> Answer:
    return _value(read_choice(asked.field, asked.choices, digits_for_words(asked.folded)))


def _yes_no(asked: _Asked) -> Answer:
    words = asked.folded.strip(" .,!?:;")
    return UNCLEAR if PUZZLED.search(words) else _yes_or_no(words)


def _yes_or_no(words: str) -> Answer:
    if HOPE.search(words):
        return Answer("value", False)
    if NO.search(words) and not YES_DESPITE.search(words):
        return UNCLEAR if DONT_KNOW.search(words) and not words.startswith("non") else Answer("value", False)
    if YES.search(words):
        return Answer(
            "value", not re.match(r"(?:ok|voila|mais|hier|deja|je l ai|j ai|on a) (?:\w+ )?(?:pas|rien|jamais)", words)
        )
    if DONT_KNOW.search(words):
        return UNCLEAR
    if NEGATION.search(words):
        return Answer("value", False)
    return Answer("value", True) if re.search(r"\b(?:oui|ouais|fait|deja)\b", words) else UNCLEAR


def _text(asked: _Asked) -> Answer:
    if (
        not any(char.isalnum() for char in asked.text)
        or DONT_KNOW.search(asked.folded)
        or _only_skip(asked.folded, "text")
    ):
        return UNCLEAR
    if asked.field == "order_number":
        introduced = find_order_number(asked.text, asked.folded)
        if introduced:
            return _value(introduced)
    if asked.field == "platform" and (named := find_platforms("sur " + asked.folded)):
        return _value(named[0].name)
    stripped = LEAD_IN.sub("", asked.text).strip(NAME_EDGES)
    if asked.field == "merchant":
        stripped = _name_alone(stripped, asked.now)
    known = known_platform(fold(stripped)) if asked.field == "platform" else known_merchant(fold(stripped))
    return _value((known if known and asked.field in {"platform", "merchant"} else stripped)[:LONGEST_TEXT])


def _name_alone(told: str, now: datetime) -> str:
    """Return a shop's name without the day and the sum told after it ("Decathlon, le 6/11, pour 119 €")."""
    plain = fold(told)
    others = [mention.start for mention in find_dates(plain, now)] + [amount.start for amount in find_amounts(plain)]
    name = BEFORE_OTHERS.sub("", told[: min(others)]) if others else told
    return name.strip(NAME_EDGES) or told


def _only_skip(folded: str, kind: str) -> bool:
    """Tell whether a short answer only passes; "je n'en ai pas" passes an optional question alone."""
    match = SKIP.search(folded)
    if match is None or len(folded.split()) > SHORT_ANSWER_WORDS:
        return False
    return kind in OPTIONAL_KINDS or not match.group().endswith(" pas")


def _url(asked: _Asked) -> Answer:
    return _value(find_url(asked.text))


def _iban(asked: _Asked) -> Answer:
    found = find_iban(asked.text)
    if found is None and not IBAN_SHAPE.search(asked.text):
        digits = re.sub(r"\D", "", asked.text)
        found = "BE" + digits if len(digits) == 14 and is_iban("BE" + digits) else None
    return _value(found)


type _Reader = Callable[[_Asked], Answer]
_READERS: Mapping[str, _Reader] = {
    "date": _date,
    "money": _money,
    "choice": _choice,
    "yes_no": _yes_no,
    "text": _text,
    "url": _url,
    "iban": _iban,
}
