"""The demo's invented texts (`data/demo/*.yml`): stories by sub-type, exchanges with advisers, words in between."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import yaml

from bot.catalogue import Place, catalogue
from bot.settings import ROOT

FOLDER = ROOT / "data" / "demo"
SHOPS = ("bol.com", "Zalando", "Amazon", "Vinted", "Coolblue", "Temu", "Shein", "AliExpress", "MediaMarkt", "IKEA")
#: Words for how many days ago it was.
DAYS = {
    0: ("ce matin", "cette nuit", "aujourd'hui"),
    1: ("hier", "hier soir"),
    2: ("avant-hier",),
    3: ("il y a 3 jours",),
}
#: What incidents usually cost, in euros: lowest, usual, highest.
AMOUNTS = {"fraud": (35, 480, 6_500), "failed_delivery": (18, 110, 1_400)}


@dataclass(frozen=True)
class Kind:
    """One sub-type: its stories, and its exchanges, which alternate adviser, member, adviser."""

    place: Place
    stories: tuple[str, ...]
    talks: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Campaign:
    """A wave: alike stories that begin to come some days before the end."""

    key: str
    name: str  # as a supervisor names it; blank: nobody did yet
    place: Place
    stories: tuple[str, ...]
    advice: str
    is_confirmed: bool


@cache
def kinds() -> Mapping[Place, Kind]:
    """Return the stories by family and sub-type.

    Raises:
        KeyError: a sub-type of the catalogue has none.
    """
    found = {}
    for family in catalogue().families.values():
        told = _read(family.id)
        for name, subtype in family.subtypes.items():
            if not subtype.retired:
                talks = tuple(map(tuple, told[name]["talks"]))
                found[family.id, name] = Kind((family.id, name), tuple(told[name]["stories"]), talks)
    return found


@cache
def campaigns() -> list[Campaign]:
    """Return the two waves."""
    return [
        Campaign(
            key=key,
            name=told.get("name", ""),
            place=(told["family"], told["subtype"]),
            stories=tuple(told["stories"]),
            advice=told.get("advice", ""),
            is_confirmed=told["confirmed"],
        )
        for key, told in _read("waves").items()
    ]


@cache
def words() -> Mapping[str, Any]:
    """Return what is said besides incidents: greetings, notes, names."""
    return _read("talk")


def told(story: str, place: Place, at: datetime, chance: random.Random) -> str:
    """Return a story with its placeholders filled in."""
    low, usual, high = AMOUNTS.get(place[0], AMOUNTS["fraud"])
    euros = round(chance.triangular(low, high / 4, usual) if chance.random() < 0.85 else chance.uniform(usual, high))
    ago = chance.choices((0, 1, 2, 3), (5, 4, 2, 1))[0]
    if ago == 0 and at.hour < 10:
        ago = 1  # "ce matin" is no word for the small hours
    amount = chance.choice((f"{euros} €", f"{euros} euros", f"{euros:,} €".replace(",", ".")))
    return story.format(
        amount=amount, day=chance.choice(DAYS[ago]), shop=chance.choices(SHOPS, range(len(SHOPS), 0, -1))[0]
    )


def _read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return loaded
