"""Loads and checks data/fields.yml and data/nlu/incidents/*.yml."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import get_args

from bot.catalogue.model import (
    Catalogue,
    Family,
    Field,
    Kind,
    Place,
    Severity,
    Source,
    Step,
    Straddle,
    SubType,
)
from bot.catalogue.reading import Section, read
from bot.settings import ROOT

DATA = ROOT / "data"
LONGEST_BUTTON = 40  # characters that fit on a phone


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
    incidents = [read(file, "incident") for file in sorted((data / "nlu" / "incidents").glob("*.yml"))]
    families = {family.id: family for family in (_family(incident, fields) for incident in incidents)}
    straddles = [_straddle(part, families) for incident in incidents for part in incident.items("straddles")]
    return Catalogue(families, fields, tuple(straddles))


def _load_fields(file: Path) -> Mapping[str, Field]:
    return {id_: _field(id_, section) for id_, section in read(file, "fields").sections()}


def _field(id_: str, section: Section) -> Field:
    section.only("kind", "label", "question", "hint", "reask", "optional", "choices", "buttons")
    kind = section.one_of("kind", get_args(Kind))
    choices, buttons = section.get("choices", dict, {}), section.get("buttons", dict, {})
    if (kind == "choice") != bool(choices):
        section.fail("choices: give them for kind choice, and only there")
    if buttons and (kind != "yes_no" or not all(isinstance(value, bool) for value in buttons.values())):
        section.fail("buttons: give them for kind yes_no only, each true or false")
    return Field(
        id=id_,
        kind=kind,
        label=section.get("label", str),
        question=section.shown("question"),
        reask=section.shown("reask"),
        hint=section.get("hint", str, ""),  # an example may look like an account
        optional=section.get("optional", bool, False),
        choices=choices,
        buttons=buttons,
    )


def _family(incident: Section, fields: Mapping[str, Field]) -> Family:
    incident.only("family", "label", "subtypes", "straddles")
    id_ = incident.get("family", str)
    if id_ != incident.file.stem:
        incident.fail(f"family: {id_!r} should be the file's name, {incident.file.stem!r}")
    subtypes = {name: _subtype(id_, name, part, fields) for name, part in incident.section("subtypes").sections()}
    return Family(id_, incident.get("label", str), subtypes)


def _subtype(family: str, id_: str, section: Section, fields: Mapping[str, Field]) -> SubType:
    section.only(
        "label", "button", "severity", "advice", "evidence", "evidence_note", "fields", "psychologist", "retired"
    )
    asked = section.get("fields", list)
    for name in asked:
        if name not in fields:
            section.fail(f"fields: {name!r} is not in fields.yml; add it there or use one of {', '.join(fields)}")
    return SubType(
        id=id_,
        family=family,
        label=section.get("label", str),
        button=_button(section, "button", section.get("button", str)),
        severity=section.one_of("severity", get_args(Severity)),
        advice=_advice(section),
        evidence=tuple(section.get("evidence", list)),
        evidence_note=section.shown("evidence_note", ""),
        fields=tuple(asked),
        psychologist=section.get("psychologist", bool, False),
        retired=section.get("retired", bool, False),
    )


def _button(section: Section, key: str, title: str) -> str:
    if len(title) > LONGEST_BUTTON:
        section.fail(f"{key}: {len(title)} characters; at most {LONGEST_BUTTON} fit on a phone")
    return title


def _advice(section: Section) -> tuple[Step, ...]:
    section.get("advice", list)
    steps = section.items("advice")
    if not 1 <= len(steps) <= 6:
        section.fail(f"advice: {len(steps)} steps; give one to six")
    return tuple(_step(step) for step in steps)


def _step(section: Section) -> Step:
    section.only("do", "why", "how", "source")
    source = section.section("source")
    source.only("page", "verified")
    texts = {key: section.shown(key) for key in ("do", "why", "how")}
    return Step(**texts, source=Source(source.get("page", str), source.get("verified", date)))


def _straddle(section: Section, families: Mapping[str, Family]) -> Straddle:
    section.only("between", "question", "answers")
    between = frozenset(_place(section, "between", name, families) for name in section.get("between", list))
    if len(between) != 2:
        section.fail("between: name two sub-types, as family/sub-type")
    answers = {
        _button(section, "answers", label): _place(section, "answers", name, families)
        for label, name in section.get("answers", dict).items()
    }
    if not 2 <= len(answers) <= 3 or not between <= set(answers.values()):
        section.fail("answers: give two or three, which lead to both sub-types")
    return Straddle(between, section.shown("question"), answers)


def _place(section: Section, key: str, name: str, families: Mapping[str, Family]) -> Place:
    family, _, subtype = str(name).partition("/")
    if family not in families or subtype not in families[family].subtypes:
        section.fail(f"{key}: {name!r} is no sub-type; write it as family/sub-type")
    return family, subtype
