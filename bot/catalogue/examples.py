"""The sentences of the training data, for those who compare a text with them."""

from pathlib import Path

import yaml

from bot.settings import ROOT

NLU = ROOT / "data" / "nlu"


def sentences(folder: Path = NLU) -> list[str]:
    """Return all example sentences of the Rasa NLU files below a folder, in a fixed order."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = []
    for path in sorted(folder.rglob("*.yml")):
        for block in yaml.load(path.read_bytes(), loader).get("nlu", []):  # noqa: S506 (both loaders are the safe ones)
            found += [line.removeprefix("-").strip() for line in block["examples"].splitlines()]
    return found
