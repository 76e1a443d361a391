"""Finds working Python interpreters; standard library only, so that any Python 3.8 or newer runs it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

# A shim of pyenv may be on PATH and fail, and a hand-built Python may lack a module: only a trial tells.
TRIAL = "import ssl, sqlite3, ctypes, zlib, sys; print('%d.%d' % sys.version_info[:2])"
TRIAL_SECONDS = 20


def find(versions: list[str]) -> str | None:
    """Return the path of a working interpreter, the earlier of `versions` (such as "3.13") first; None without any."""
    for version in versions:
        for candidate in candidates(version):
            if works(candidate, version):
                return candidate
    return None


def candidates(version: str) -> Iterator[str]:
    """Yield where an interpreter of this version may be: on PATH, then in ~/.pyenv/versions, newest first."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        path = Path(folder or ".") / f"python{version}"
        if path.is_file():
            yield str(path)
    built = Path.home().glob(f".pyenv/versions/{version}*/bin/python{version}")
    yield from map(str, sorted(built, key=_numbers, reverse=True))


def works(python: str, version: str) -> bool:
    """Return whether the interpreter starts, is of this version and has the modules we need."""
    try:
        trial = subprocess.run(
            [python, "-c", TRIAL], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=TRIAL_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return trial.returncode == 0 and trial.stdout.decode().strip() == version


def _numbers(path: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", path.parts[-3])]
