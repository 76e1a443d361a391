"""`cybercare run`: from nothing to a page that answers, and back to nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from bot.errors import StartupProblem
from bot.runtime import environment, postmaster, progress, records, steps
from bot.runtime.checks import check_engine_environment, check_port, check_room, only_one
from bot.runtime.children import ENGINE_PYTHON, children, page_address
from bot.runtime.secrets_file import local_secrets
from bot.runtime.supervisor import Supervisor
from bot.settings import ROOT, Settings, settings


def run() -> None:
    """Start everything, keep it running until SIGINT or SIGTERM, stop everything.

    Raises:
        StartupProblem: it cannot start; nothing is left running.
    """
    chosen = load_settings()
    with only_one(chosen.var), _stopped_by_signals():
        for name in records.end_orphans(chosen.var / "run"):
            progress.say(f"  {name} was left by an earlier run and is ended")
        check_room(chosen.var)
        _check_ports(chosen)
        check_engine_environment(ENGINE_PYTHON)
        with _database(chosen) as url:
            steps.take("-m", "bot.cli", "train", "--if-needed", is_shown=True)
            _supervise(chosen, url)


def load_settings() -> Settings:
    """Return the settings, in local mode with the secrets of `var/`, which are generated where they are missing."""
    chosen = settings()
    if chosen.mode == "local":
        generated = local_secrets(chosen.var)
        for variable, value in generated.items():
            field = variable.removeprefix("CYBERCARE_").lower()
            if not getattr(chosen, field).get_secret_value():
                os.environ[variable] = value
        settings.cache_clear()
    return settings()


def _supervise(chosen: Settings, url: str) -> None:
    embedded = not chosen.database_url
    supervisor = Supervisor(
        children(chosen, url), chosen.var, (lambda: postmaster.revive(chosen.var)) if embedded else _nothing
    )
    try:
        supervisor.start("engine")  # the slowest; it has tables of its own, so it need not wait for ours
        with progress.step("migrations"):
            _migrate(chosen, url)
        supervisor.start()
        supervisor.wait_until_healthy()
        progress.say(f"\nOpen {page_address(chosen)} (Ctrl-C stops everything)")
        _say_first_link(chosen, url)
        supervisor.keep_running()
    finally:
        _ignore_signals()
        with progress.step("stopping"):
            supervisor.stop()


@contextmanager
def _database(chosen: Settings) -> Iterator[str]:
    """Start the embedded PostgreSQL unless another is set; give its URL."""
    try:
        with progress.step("database"):
            url = steps.take(*postmaster.START).strip()
        yield url
    finally:
        _ignore_signals()
        if not chosen.database_url:
            from bot.runtime.database import stop_embedded  # 12 MB, see steps.py

            stop_embedded(chosen.var)


def _nothing() -> None:
    """Leave alone a database that is not ours."""


def _migrate(chosen: Settings, url: str) -> None:
    log = chosen.var / "logs" / "migrate.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "1"]
    with log.open("wb") as output:
        done = subprocess.run(
            command, cwd=ROOT, env=environment.for_bot(chosen, url), stdout=output, stderr=output, check=False
        )
    if done.returncode:
        raise StartupProblem(f"The database's tables cannot be brought up to date: read the end of {log}.")


def _say_first_link(chosen: Settings, url: str) -> None:
    """Print where the desk's first administrator makes an account, until there is one; in a process with Django."""
    command = [sys.executable, "-m", "bot.desk.first_link"]
    told = subprocess.run(
        command, cwd=ROOT, env=environment.for_bot(chosen, url), capture_output=True, text=True, check=False
    )
    if told.stdout:
        progress.say(told.stdout.rstrip())


def _check_ports(chosen: Settings) -> None:
    """Look before the slow steps; the supervisor looks again."""
    for child in children(chosen, "postgresql:///"):
        if child.port:
            check_port(child.host, child.port, child.setting)


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into what Ctrl-C is, and take it as the ordinary way to end."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, interrupt)
    try:
        yield
    except KeyboardInterrupt:
        progress.say("stopped")


def _ignore_signals() -> None:
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
