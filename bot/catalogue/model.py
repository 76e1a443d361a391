"""What a catalogue is made of; plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Severity = Literal["normal", "fresh_money", "ongoing", "life"]
Kind = Literal["date", "money", "choice", "yes_no", "text", "url", "iban"]


@dataclass(frozen=True)
class Source:
    """Where a piece of advice comes from, and when it was last verified."""

    page: str
    verified: date


@dataclass(frozen=True)
class Step:
    """One action of first-line advice; contacts are already filled in as markup."""

    do: str
    why: str
    how: str
    source: Source


@dataclass(frozen=True)
class Field:
    """One question an incident may ask; `choices` maps ids to labels and is empty but for kind `choice`."""

    id: str
    kind: Kind
    label: str
    question: str
    reask: str
    hint: str = ""
    optional: bool = False
    choices: Mapping[str, str] = None  # type: ignore[assignment]  # the loader always sets it
    buttons: Mapping[str, bool] = None  # type: ignore[assignment]  # of kind yes_no: other words than yes and no


@dataclass(frozen=True)
class SubType:
    """One kind of incident within a family."""

    id: str
    family: str
    label: str
    button: str
    severity: Severity
    advice: tuple[Step, ...]
    evidence: tuple[str, ...]
    fields: tuple[str, ...]
    evidence_note: str = ""  # what must not be sent, and how to keep proof instead
    psychologist: bool = False  # a call back by one is offered once the claim is open
    retired: bool = False


Place = tuple[str, str]  # family and sub-type


@dataclass(frozen=True)
class Straddle:
    """The question that tells two sub-types apart; `answers` maps what a member taps to where it leads."""

    between: frozenset[Place]
    question: str
    answers: Mapping[str, Place]


@dataclass(frozen=True)
class Family:
    """One incident family; its Rasa intent is `report_<id>`."""

    id: str
    label: str
    subtypes: Mapping[str, SubType]

    @property
    def intent(self) -> str:
        """Return the Rasa intent that reports this family."""
        return f"report_{self.id}"


@dataclass(frozen=True)
class Catalogue:
    """All families and fields, by id, and the questions between two sub-types."""

    families: Mapping[str, Family]
    fields: Mapping[str, Field]
    straddles: tuple[Straddle, ...] = ()

    def subtype(self, family: str, subtype: str) -> SubType:
        """Return one sub-type, retired ones included.

        Raises:
            KeyError: no such family or sub-type.
        """
        return self.families[family].subtypes[subtype]

    def find(self, family: str, subtype: str | None) -> SubType | None:
        """Return one sub-type, retired ones included, or None where there is no such one."""
        known = self.families.get(family)
        return known.subtypes.get(subtype or "") if known else None

    def incident_label(self, family: str, subtype: str) -> str:
        """Return the sub-type's label, retired ones included, or the family's, or nothing."""
        known = self.families.get(family)
        if known is None:
            return ""
        return known.subtypes[subtype].label if subtype in known.subtypes else known.label

    def straddle(self, one: Place, other: Place) -> Straddle | None:
        """Return the question that tells these two sub-types apart, if there is one."""
        return next((question for question in self.straddles if question.between == {one, other}), None)
