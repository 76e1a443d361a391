"""A claim in the making: what is known, what is still asked, how a value reads to a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency

from bot.catalogue import Field, SubType, catalogue

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

    def lines(self) -> list[dict[str, str]]:
        """Return the recap: one `{field, label, value}` per asked field, in asking order."""
        return [
            {"field": name, "label": self.field(name).label, "value": shown(self.field(name), self.values.get(name))}
            for name in self.subtype.fields
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
    return str(field.choices.get(value, value)) if field.kind == "choice" else str(value)
