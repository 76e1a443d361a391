"""Tells whether the model must be trained again: a digest over everything that its training reads."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

INCIDENT_KEY = "incident"  # advice and labels: Rasa ignores it, so editing a sentence trains nothing
PATTERNS = (
    "config.yml",
    "domain.yml",
    "data/rules/**/*.yml",
    "data/stories/**/*.yml",
    "data/nlu/**/*.yml",
    "engine/__init__.py",
    "engine/components/**/*.py",
    "engine/requirements.txt",
)


def fingerprint(root: Path, patterns: Sequence[str] = PATTERNS) -> str:
    """Return the SHA-256 of the files below `root` that a training reads, by default the model's, as hexadecimal."""
    digest = hashlib.sha256()
    for path in _files(root, patterns):
        content = _what_rasa_reads(path) if path.is_relative_to(root / "data" / "nlu") else path.read_bytes()
        digest.update(f"{path.relative_to(root)}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of one file, as hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(root: Path, patterns: Sequence[str]) -> Iterator[Path]:
    for pattern in patterns:
        yield from sorted(path for path in root.glob(pattern) if path.is_file())


def _what_rasa_reads(path: Path) -> bytes:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load(path.read_bytes(), loader) or {}  # noqa: S506 - both loaders are the safe ones
    content.pop(INCIDENT_KEY, None)
    return json.dumps(content, ensure_ascii=False, default=str).encode()
