"""A claim in the making: what is known, what is still asked, how a value reads to a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency

from bot.catalogue import Field, SubType, catalogue
from bot.understanding.persons import fears_someone_close

#: The value of a field the member does not know or skipped; distinct from one never asked, and from any choice's id.
UNKNOWN = "?"


@dataclass(frozen=True)
class Draft:
    """One incident being told; `values` maps field ids to values, `UNKNOWN` included."""

    key: str
    subtype: SubType
    story: str
    values: Mapping[str, Any]

    @property
    def missing(self) -> list[Field]:
        """Return the fields still to ask, in asking order."""
        return [self.field(name) for name in self.subtype.fields if name not in self.values]

    def field(self, name: str) -> Field:
        """Return one field of the catalogue."""
        return catalogue().fields[name]

    @property
    def told(self) -> list[str]:
        """Return the ids of all fields a claim would hold: those asked, then what the story says besides."""
        asked = self.subtype.fields
        besides = [
            name for name in catalogue().fields if name not in asked and self.values.get(name) not in (None, UNKNOWN)
        ]
        return [*asked, *besides]

    @property
    def is_discreet(self) -> bool:
        """Tell whether someone close does the harm: nothing may reach a mailbox that they may read."""
        close = self.values.get("author_known") in ("partner", "household")
        return (close and self.subtype.family == "insults") or fears_someone_close(self.story)

    def lines(self) -> list[dict[str, str]]:
        """Return the recap: one `{field, label, value}` per told field."""
        return [
            {"field": name, "label": self.field(name).label, "value": shown(self.field(name), self.values.get(name))}
            for name in self.told
        ]

    def answers(self) -> dict[str, Any]:
        """Return what a claim stores: None for what is not known."""
        return {name: None if value == UNKNOWN else value for name, value in self.values.items()}


def shown(field: Field, value: Any) -> str:
    """Return a value as a Belgian reads it; dates are ISO strings, amounts euro cents."""
    if value is None or value == UNKNOWN:
        return "—"
    if field.kind == "money":
        return str(format_currency(int(value) / 100, "EUR", locale="fr_BE"))
    if field.kind == "date":
        return str(format_date(date.fromisoformat(value), "d MMMM yyyy", locale="fr_BE"))
    if field.kind == "yes_no":
        return "oui" if value else "non"
    if field.kind == "url":
        return inert(str(value))
    return str(field.choices.get(value, value)) if field.kind == "choice" else str(value)


def inert(url: str) -> str:
    """Return an address that no screen makes clickable: what a member was sent may be a trap."""
    return url.split("://", 1)[-1].replace(".", "[.]")
