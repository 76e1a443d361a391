"""Generates the secrets of a local installation once and keeps them in `var/secrets.env`."""

import os
import secrets
from pathlib import Path

NAMES = ("CYBERCARE_SECRET_KEY", "CYBERCARE_ENGINE_TOKEN")


def local_secrets(var: Path) -> dict[str, str]:
    """Return the secrets of this folder, by environment variable; those that are missing are generated.

    The file is readable by its owner alone and is replaced as a whole, so that it is never half written.
    """
    path = var / "secrets.env"
    known = dict(_read(path))
    missing = [name for name in NAMES if not known.get(name)]
    if missing:
        known |= {name: secrets.token_urlsafe(48) for name in missing}
        _write(path, known)
    return known


def _read(path: Path) -> list[tuple[str, str]]:
    if not path.exists():
        return []
    pairs = (line.partition("=") for line in path.read_text().splitlines())
    return [(name.strip(), value.strip()) for name, separator, value in pairs if separator]


def _write(path: Path, values: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{name}={value}\n" for name, value in values.items())
    draft.replace(path)
