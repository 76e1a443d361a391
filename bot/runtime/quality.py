"""`make check`: the checks of code and data, one line each, with the findings of those that fail."""

import subprocess
import sys
import time
from pathlib import Path

from bot.errors import StartupProblem
from bot.runtime import environment, progress
from bot.runtime.children import ENGINE
from bot.runtime.running import load_settings
from bot.settings import ROOT

BIN = Path(sys.executable).parent
CHECKS: dict[str, list[str]] = {
    "format": [str(BIN / "ruff"), "format", "--check", "."],
    "lint": [str(BIN / "ruff"), "check", "."],
    "types": [str(BIN / "mypy")],
    "imports": [str(BIN / "lint-imports")],
    "sync": [str(BIN / "cybercare"), "sync", "--check"],
    "rasa": [*ENGINE, "data", "validate", "--fail-on-warnings"],
}


def check(names: tuple[str, ...] = ()) -> bool:
    """Run the named checks, or all; print a line for each and what failing ones found; return whether all passed.

    Raises:
        StartupProblem: a name is unknown, or the tools are not installed.
    """
    unknown = set(names) - set(CHECKS)
    if unknown:
        raise StartupProblem(f"There is no check {sorted(unknown)[0]}: choose among {', '.join(CHECKS)}.")
    if not (BIN / "ruff").exists():
        raise StartupProblem("The tools for checking are not installed: run `make check`, which installs them.")
    results = [_passes(name, CHECKS[name]) for name in names or CHECKS]  # all of them, not up to the first failure
    return all(results)


def _passes(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment.for_rasa(load_settings())
        | {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "bot.django_config"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    progress.done(name, time.monotonic() - began, "passed" if done.returncode == 0 else "FAILED")
    if done.returncode:
        progress.say(done.stdout[-8000:])
    return done.returncode == 0
