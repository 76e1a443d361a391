"""The labels of training examples: `report_<family>/<sub-type>` for an incident, an intent for all else."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from bot.catalogue import catalogue

REPORT = "report_"


@cache
def spoken() -> Mapping[str, str]:
    """Return the intents that report no incident, and how each reads."""
    return dict(yaml.safe_load(Path(__file__).with_name("labels.yml").read_text(encoding="utf-8")))


@cache
def incidents() -> Mapping[str, str]:
    """Return the labels of all sub-types in use, and how each reads."""
    return {
        label_of(family.id, subtype.id): f"{family.label} : {subtype.label}"
        for family in catalogue().families.values()
        for subtype in family.subtypes.values()
        if not subtype.retired
    }


def label_of(family: str, subtype: str) -> str:
    """Return the label of a sub-type."""
    return f"{REPORT}{family}/{subtype}"


def place_of(label: str) -> tuple[str, str]:
    """Return family and sub-type of a label; two blanks where it reports no incident."""
    family, _, subtype = label.removeprefix(REPORT).partition("/")
    return (family, subtype) if label.startswith(REPORT) else ("", "")


def shown(label: str) -> str:
    """Return how a label reads; itself where it is none of ours any more."""
    return incidents().get(label) or spoken().get(label, label)


def read_label(text: str) -> str:
    """Return the label that a person chose: its id, or how it reads, as a list of words gives it.

    Raises:
        LookupError: there is no such label.
    """
    known = {**incidents(), **spoken()}
    if text in known:
        return text
    wanted = text.strip().casefold()
    for label, words in known.items():
        if words.casefold() == wanted:
            return label
    raise LookupError(text)
