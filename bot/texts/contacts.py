"""The register of phone numbers, addresses and links that members may be shown (`data/contacts.yml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import yaml

from bot.errors import CatalogueError
from bot.settings import ROOT

FILE = ROOT / "data" / "contacts.yml"


@dataclass(frozen=True)
class Contact:
    """One entry; exactly one of phone, email and url is set."""

    id: str
    label: str
    purpose: str
    source: str
    verified: date
    phone: str = ""
    shown: str = ""
    email: str = ""
    url: str = ""
    hours: str = ""

    @property
    def target(self) -> str:
        """Return the link's target: tel:, mailto: or https:."""
        if self.phone:
            return f"tel:{self.phone}"
        return f"mailto:{self.email}" if self.email else self.url

    @property
    def markdown(self) -> str:
        """Return the contact as members read it, in the messages' markup: bold and clickable."""
        return f"[**{self.shown or self.label}**]({self.target})"


@cache
def contacts() -> Mapping[str, Contact]:
    """Return the register by id.

    Raises:
        CatalogueError: an entry lacks a key or has several targets.
    """
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))["contacts"]
    return {id_: _contact(id_, entry) for id_, entry in raw.items()}


def _contact(id_: str, entry: dict[str, str]) -> Contact:
    try:
        contact = Contact(id=id_, **entry)  # type: ignore[arg-type]
    except TypeError as error:
        raise CatalogueError(f"data/contacts.yml: {id_}: {error}; see the other entries for the keys") from error
    if sum(bool(target) for target in (contact.phone, contact.email, contact.url)) != 1:
        raise CatalogueError(f"data/contacts.yml: {id_}: give exactly one of phone, email and url")
    return contact
