"""Reads the catalogue's YAML files; every complaint names file, key and remedy."""

import re
from pathlib import Path
from typing import Any, NoReturn

import yaml

from bot.errors import CatalogueError
from bot.texts import with_contacts

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
# Anything that looks like a phone number, an address or a link; these come only from the register of contacts.
RAW_CONTACT = re.compile(r"\b0\d{2,3}[ ./]\d{2,3}|\+\d{2}|https?://|www\.|\S@\S|\b\d{3} \d{3}\b|\b\d{3} \d{2} \d{2}\b")


class Section:
    """One mapping of a file, which knows where it stands, so that errors can say it."""

    def __init__(self, raw: Any, file: Path, path: str) -> None:
        """Take what YAML gave at `path` of `file`; it must be a mapping."""
        self.file, self.path = file, path
        if not isinstance(raw, dict):
            self.fail(f"expected keys and values, found {type(raw).__name__}")
        self.raw: dict[str, Any] = raw

    def fail(self, what: str) -> NoReturn:
        """Complain about this place.

        Raises:
            CatalogueError: always.
        """
        raise CatalogueError(f"{self.file.name}: {self.path}: {what}")

    def get(self, key: str, kind: type, default: Any = None) -> Any:
        """Return the value of a key, which must be of this kind; without a default it must be there."""
        value = self.raw.get(key, default)
        if value is None:
            self.fail(f"{key} is missing; add it (see docs/incident-types.md)")
        if not isinstance(value, kind):
            self.fail(f"{key}: {value!r} should be {kind.__name__}")
        return value

    def shown(self, key: str, default: str | None = None) -> str:
        """Return a text that members read, its contacts filled in; one that is not in the register is refused."""
        text: str = self.get(key, str, default)
        if found := RAW_CONTACT.search(text):
            self.fail(f"{key}: {found.group()!r} looks like a number or link; use a {{contact}} of contacts.yml")
        try:
            return with_contacts(text)
        except CatalogueError as error:
            raise CatalogueError(f"{self.file.name}: {self.path}: {key}: {error}") from error

    def one_of(self, key: str, allowed: tuple[str, ...]) -> Any:
        """Return the value of a key that must be one of these."""
        value = self.get(key, str)
        if value not in allowed:
            self.fail(f"{key}: {value!r} is unknown; use one of {', '.join(allowed)}")
        return value

    def only(self, *allowed: str) -> None:
        """Refuse any other key."""
        for key in self.raw:
            if key not in allowed:
                self.fail(f"unknown key {key!r}; use {', '.join(allowed)}")

    def section(self, key: str) -> "Section":
        """Return the mapping under a key."""
        return Section(self.raw.get(key), self.file, f"{self.path} > {key}")

    def sections(self) -> "list[tuple[str, Section]]":
        """Return all mappings below by their names, which must be snake_case."""
        for key in self.raw:
            if not IDENTIFIER.fullmatch(str(key)):
                self.fail(f"{key!r} should be an English snake_case name")
        return [(key, self.section(key)) for key in self.raw]

    def items(self, key: str) -> "list[Section]":
        """Return the mappings of a list; none where the key is missing."""
        listed = self.get(key, list, [])
        return [Section(raw, self.file, f"{self.path} > {key}[{number}]") for number, raw in enumerate(listed, 1)]


def read(file: Path, key: str) -> Section:
    """Return the mapping under a file's top key.

    Raises:
        CatalogueError: the file cannot be read, or the key is no mapping.
    """
    try:
        raw = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)  # noqa: S506 - safe, and ten times faster
    except (OSError, yaml.YAMLError) as error:
        raise CatalogueError(f"{file.name}: cannot be read: {error}") from error
    return Section(raw, file, file.stem).section(key)
