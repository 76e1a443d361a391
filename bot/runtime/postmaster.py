"""The embedded PostgreSQL as its supervisor sees it: whether it runs, and how it is started again."""

from contextlib import suppress
from pathlib import Path

import psutil

from bot.errors import StartupProblem
from bot.runtime import steps

START = ("-m", "bot.runtime.database")  # what it needs would stay in the supervisor's memory: 12 MB


def revive(var: Path) -> None:
    """Start the PostgreSQL of `var/postgres` again if it died; a failure is tried again at the next call."""
    if not is_running(var):
        with suppress(StartupProblem):
            steps.take(*START)


def is_running(var: Path) -> bool:
    """Return whether the process named in `postmaster.pid` is there and is a PostgreSQL."""
    process = _postmaster(var)
    with suppress(psutil.Error):
        return process is not None and process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
    return False


def drop_stale_pid(var: Path) -> None:
    """Remove a `postmaster.pid` whose number belongs to another program since: pgserver 0.6 would join that one.

    With a number that belongs to nobody, PostgreSQL itself knows best whether its last processes are gone.
    """
    process = _postmaster(var)
    if process and process.name() != "postgres":
        (var / "postgres" / "postmaster.pid").unlink(missing_ok=True)


def _postmaster(var: Path) -> psutil.Process | None:
    try:
        return psutil.Process(int((var / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0]))
    except (OSError, ValueError, psutil.Error):
        return None
