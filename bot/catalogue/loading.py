"""Reads and checks data/fields.yml and data/nlu/incidents/*.yml; errors name file, key and remedy."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml

from bot.catalogue.model import Catalogue, Family, Field, Kind, Severity, Source, Step, SubType
from bot.errors import CatalogueError
from bot.settings import ROOT
from bot.texts import with_contacts

DATA = ROOT / "data"
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
# Anything that looks like a phone number, an address or a link; these come only from the register of contacts.
RAW_CONTACT = re.compile(r"\b0\d{2,3}[ ./]\d{2,3}|\+\d{2}|https?://|www\.|\S@\S|\b\d{3} \d{3}\b|\b\d{3} \d{2} \d{2}\b")


@cache
def catalogue() -> Catalogue:
    """Return the catalogue of this checkout, loaded once."""
    return load(DATA)


def load(data: Path) -> Catalogue:
    """Return the catalogue below `data`.

    Raises:
        CatalogueError: a file is missing something, has an unknown key or value, or shows an unregistered contact.
    """
    fields = _load_fields(data / "fields.yml")
    files = sorted((data / "nlu" / "incidents").glob("*.yml"))
    families = [_load_family(file, fields) for file in files]
    return Catalogue({family.id: family for family in families}, fields)


class _Section:
    """One mapping of a file, which knows where it stands, so that errors can say it."""

    def __init__(self, raw: Any, file: Path, path: str) -> None:
        self.file, self.path = file, path
        if not isinstance(raw, dict):
            self.fail(f"expected keys and values, found {type(raw).__name__}")
        self.raw: dict[str, Any] = raw

    def fail(self, what: str) -> None:
        raise CatalogueError(f"{self.file.name}: {self.path}: {what}")

    def get(self, key: str, kind: type, default: Any = None) -> Any:
        value = self.raw.get(key, default)
        if value is None:
            self.fail(f"{key} is missing; add it (see docs/incident-types.md)")
        if not isinstance(value, kind):
            self.fail(f"{key}: {value!r} should be {kind.__name__}")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...]) -> Any:
        value = self.get(key, str)
        if value not in allowed:
            self.fail(f"{key}: {value!r} is unknown; use one of {', '.join(allowed)}")
        return value

    def only(self, *allowed: str) -> None:
        for key in self.raw:
            if key not in allowed:
                self.fail(f"unknown key {key!r}; use {', '.join(allowed)}")

    def section(self, key: str) -> "_Section":
        return _Section(self.raw.get(key), self.file, f"{self.path} > {key}")

    def sections(self) -> "list[tuple[str, _Section]]":
        for key in self.raw:
            if not IDENTIFIER.fullmatch(str(key)):
                self.fail(f"{key!r} should be an English snake_case name")
        return [(key, self.section(key)) for key in self.raw]


def _read(file: Path, key: str) -> _Section:
    try:
        raw = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)  # noqa: S506 - safe, and ten times faster
    except (OSError, yaml.YAMLError) as error:
        raise CatalogueError(f"{file.name}: cannot be read: {error}") from error
    return _Section(raw, file, file.stem).section(key)


def _load_fields(file: Path) -> Mapping[str, Field]:
    return {id_: _field(id_, section) for id_, section in _read(file, "fields").sections()}


def _field(id_: str, section: _Section) -> Field:
    section.only("kind", "label", "question", "hint", "reask", "optional", "choices")
    kind = section.one_of("kind", get_args(Kind))
    choices = section.get("choices", dict, {})
    if (kind == "choice") != bool(choices):
        section.fail("choices: give them for kind choice, and only there")
    return Field(
        id=id_,
        kind=kind,
        label=section.get("label", str),
        question=section.get("question", str),
        reask=section.get("reask", str),
        hint=section.get("hint", str, ""),
        optional=section.get("optional", bool, False),
        choices=choices,
    )


def _load_family(file: Path, fields: Mapping[str, Field]) -> Family:
    incident = _read(file, "incident")
    incident.only("family", "label", "subtypes")
    id_ = incident.get("family", str)
    if id_ != file.stem:
        incident.fail(f"family: {id_!r} should be the file's name, {file.stem!r}")
    subtypes = {name: _subtype(id_, name, part, fields) for name, part in incident.section("subtypes").sections()}
    return Family(id_, incident.get("label", str), subtypes)


def _subtype(family: str, id_: str, section: _Section, fields: Mapping[str, Field]) -> SubType:
    section.only("label", "button", "severity", "advice", "evidence", "fields", "retired")
    button = section.get("button", str)
    if len(button) > 40:
        section.fail(f"button: {len(button)} characters; at most 40 fit on a phone")
    asked = section.get("fields", list)
    for name in asked:
        if name not in fields:
            section.fail(f"fields: {name!r} is not in fields.yml; add it there or use one of {', '.join(fields)}")
    return SubType(
        id=id_,
        family=family,
        label=section.get("label", str),
        button=button,
        severity=section.one_of("severity", get_args(Severity)),
        advice=_advice(section),
        evidence=tuple(section.get("evidence", list)),
        fields=tuple(asked),
        retired=section.get("retired", bool, False),
    )


def _advice(section: _Section) -> tuple[Step, ...]:
    steps = section.get("advice", list)
    if not 1 <= len(steps) <= 6:
        section.fail(f"advice: {len(steps)} steps; give one to six")
    return tuple(
        _step(_Section(raw, section.file, f"{section.path} > advice[{number}]")) for number, raw in enumerate(steps, 1)
    )


def _step(section: _Section) -> Step:
    section.only("do", "why", "how", "source")
    source = section.section("source")
    source.only("page", "verified")
    texts = {key: _shown(section, key) for key in ("do", "why", "how")}
    return Step(**texts, source=Source(source.get("page", str), source.get("verified", date)))


def _shown(section: _Section, key: str) -> str:
    """Return a text that members read, with its contacts; refuse a number or link that is not in the register."""
    text: str = section.get(key, str)
    if found := RAW_CONTACT.search(text):
        section.fail(f"{key}: {found.group()!r} looks like a number or link; use a {{contact}} of contacts.yml")
    try:
        return with_contacts(text)
    except CatalogueError as error:
        raise CatalogueError(f"{section.file.name}: {section.path}: {key}: {error}") from error
