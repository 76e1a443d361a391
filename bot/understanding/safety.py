"""Tells how urgent a message is: a life in danger, an attack going on, money just gone."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from .folding import fold
from .life import find_life, is_about_other
from .numbers import digits_for_words
from .people import read_victim
from .shorthand import spell_out
from .urgency import is_fresh_money, is_ongoing

type Level = Literal["life", "ongoing", "fresh_money", "none"]

ADULT_AGE = 18
LIFE_TOLD = 0.5  # the engine's confidence from which a danger to life is taken as told: measured in docs/nlu.md
AGE = re.compile(
    r"\b(?:j ai|jai|ai|ayant|age[e]? de|de|a|qui a|fils|fille|enfant|ado|\(|,) ?(?P<age>\d{1,2}) ?(?:ans"
    r"|an|piges)\b"
)
SCHOOL = re.compile(
    r"\b(?:mineure?s?|(?:je suis|j suis|suis) (?:\w+ )?(?:en (?:[1-6](?:e|eme"
    r"|ere)?|premiere|rhetos?|secondaire|primaire)|au college|eleve|collegien\w*"
    r"|lyceen\w*)|mon (?:prof|instit|institutrice|educ\w*|college)|ma (?:prof"
    r"|classe|maitresse))\b"
)
SMALL_CHILD = re.compile(
    r"\b(?:(?:ma|mon|mes|notre|nos) (?:petite? )?(?:fille|fils|gamine?s?|gosses?"
    r"|enfants?|ados?|garcon|fiston|petite?)|enfants?)\b"
)
GROWN = re.compile(r"\b(?:fille|fils|enfants?)(?: \w+){0,4} (?:majeure?|adultes?|mariee?)\b")
OTHER = re.compile(
    r"\b(?:ma|mon|mes|notre|une|un|sa|son) (?:petite? |jeune |meilleure? |grande? )?(?:fille"
    r"|fils|enfants?|gamine?|ado|soeur|s.ur|frere|mere|pere|maman|papa|parents"
    r"|femme|mari|epouse?|epoux|compagnon|compagne|copine|copain|amie?|pote|voisine?"
    r"|collegue|cousine?|niece|neveu|tante|oncle|grand[ -]mere|grand[ -]pere"
    r"|eleve|cherie?|conjointe?|mamie|papy|belle[ -]\w+|beau[ -]\w+|petit[ -]\w+"
    r"|petite[ -]\w+|filleule?)\b"
)


@dataclass(frozen=True)
class Safety:
    """The urgency of a message; whether a child is concerned; whether the danger is somebody else's."""

    level: Level
    minor: bool
    about_other: bool


def read_safety(text: str, now: datetime | None = None) -> Safety:
    """Return how urgent the message is, the gravest level first; a doubt about a life counts as life.

    `now` (timezone-aware, default: the present) dates what was paid "vendredi" or "le 3/11".
    Levels: a life in danger; an attack that goes on; money that left within 72 hours and may still be stopped.
    """
    plain = digits_for_words(spell_out(fold(text)))
    life = find_life(plain)
    victim = read_victim(plain)
    about_other = is_about_other(plain, life, OTHER) if life else victim not in {None, "self"}
    child_in_danger = bool(life and about_other and SMALL_CHILD.search(plain))
    return Safety(_level(plain, life, now), _is_minor(plain, victim == "child" or child_in_danger), about_other)


def _level(plain: str, life: re.Match[str] | None, now: datetime | None) -> Level:
    if life:
        return "life"
    now = now or datetime.now(UTC)
    if is_ongoing(plain, now):
        return "ongoing"
    return "fresh_money" if is_fresh_money(plain, now) else "none"


def _is_minor(plain: str, child_touched: bool) -> bool:
    ages = [int(match["age"]) for match in AGE.finditer(plain)]
    if any(0 < age < ADULT_AGE for age in ages):
        return True
    if SCHOOL.search(plain):
        return True
    return child_touched and not ages and not GROWN.search(plain)
