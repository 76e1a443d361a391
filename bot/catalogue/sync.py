"""Derives what Rasa needs from the catalogue: parts of domain.yml between markers, and the incident rules."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from bot.catalogue.loading import catalogue
from bot.errors import CatalogueError
from bot.settings import ROOT

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
    """Return one response per sub-type: without it Rasa warns about each of its examples."""
    return {
        f"utter_{family.intent}/{subtype.id}": [{"text": subtype.label}]
        for family in catalogue().families.values()
        for subtype in family.subtypes.values()
    }


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
