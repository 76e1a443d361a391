"""Derives what Rasa needs from the catalogue: parts of domain.yml between markers, and the incident rules."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from bot.catalogue.loading import catalogue
from bot.catalogue.model import Field
from bot.errors import CatalogueError
from bot.settings import ROOT
from bot.texts import say

DOMAIN = ROOT / "domain.yml"
RULES = ROOT / "data" / "rules" / "incidents.yml"
HEADER = "# Written by `make sync` from data/nlu/incidents/; do not edit.\n"


def sync(check: bool = False) -> list[str]:
    """Write the derived parts, or with `check` only look; return the files that differed.

    Raises:
        CatalogueError: a file in data/ is wrong, or domain.yml lost its markers.
    """
    derived = {DOMAIN: _domain(DOMAIN.read_text(encoding="utf-8")), RULES: HEADER + _dump(_rules())}
    differing = [path for path, text in derived.items() if _current(path) != text]
    for path in () if check else differing:
        path.write_text(derived[path], encoding="utf-8")
    return [str(path.relative_to(ROOT)) for path in differing]


def _current(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _domain(text: str) -> str:
    parts = {
        "intents": [{family.intent: {"use_entities": []}} for family in catalogue().families.values()],
        "slots": {name: {"type": "any", "mappings": [{"type": "custom"}]} for name in catalogue().fields},
        "forms": {"incident_form": {"required_slots": list(catalogue().fields)}},
        "responses": _responses(),
    }
    for name, content in parts.items():
        pattern = rf"(  # >>> sync: {name}\n).*?(  # <<< sync\n)"
        block = "".join(f"  {line}\n" for line in _dump(content).splitlines())
        text, count = re.subn(pattern, _between(block), text, flags=re.DOTALL)
        if count != 1:
            raise CatalogueError(f"domain.yml: markers: put back '# >>> sync: {name}' and '# <<< sync'")
    return text


def _between(block: str) -> Callable[[re.Match[str]], str]:
    """Return a replacement that keeps the markers; a plain string would have its backslashes read."""
    return lambda found: found[1] + block + found[2]


def _responses() -> dict[str, Any]:
    """Return the questions, and one response per sub-type: without it Rasa warns about each of its examples."""
    asked = {f"utter_ask_{field.id}": [_question(field)] for field in catalogue().fields.values()}
    named = {
        f"utter_{family.intent}/{subtype.id}": [{"text": subtype.label}]
        for family in catalogue().families.values()
        for subtype in family.subtypes.values()
    }
    return asked | named


def _question(field: Field) -> dict[str, Any]:
    """Return the response that asks a field; `{lead}` is the slot for progress or a re-ask."""
    lines = ["{lead}", f"**{field.question}**", field.hint]
    question: dict[str, Any] = {"text": "\n".join(line for line in lines if line)}
    question["buttons"] = _choices(field) + [_button(*_way_round(field))]
    return question


def _choices(field: Field) -> list[dict[str, str]]:
    choices: dict[Any, str] = dict(field.choices)
    if field.kind == "yes_no":
        choices = {True: say("yes"), False: say("no")}
    # Rasa reads single braces in a response as a slot's name.
    return [
        _button(label, f'/affirm{{{{"field": "{field.id}", "value": {json.dumps(value)}}}}}')
        for value, label in choices.items()
    ]


def _way_round(field: Field) -> tuple[str, str]:
    return (say("skip"), "/skip") if field.optional else (say("dont_know"), "/dont_know")


def _button(title: str, payload: str) -> dict[str, str]:
    return {"title": title, "payload": payload}


def _rules() -> dict[str, Any]:
    return {
        "version": "3.1",
        "rules": [
            {
                "rule": f"a report of {family.id} begins an incident",
                "steps": [
                    {"intent": family.intent},
                    {"action": "action_start_incident"},
                    {"action": "incident_form"},
                    {"active_loop": "incident_form"},
                ],
            }
            for family in catalogue().families.values()
        ],
    }


def _dump(content: Any) -> str:
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000))
