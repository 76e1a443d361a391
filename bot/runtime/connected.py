"""The database for commands that are run by hand, beside a running `cybercare run` or without one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import StartupProblem
from bot.runtime.database import start_embedded, stop_embedded
from bot.runtime.leaving import close_pool
from bot.runtime.postmaster import is_running
from bot.runtime.running import load_settings
from bot.settings import settings


@contextmanager
def connected() -> Iterator[None]:
    """Set Django up on the database of the settings; the embedded one is started for the while if it does not run.

    Raises:
        StartupProblem: the database does not answer, or has no tables yet.
    """
    chosen = load_settings()
    is_ours = not chosen.database_url and not is_running(chosen.var)
    os.environ["DATABASE_URL"] = chosen.database_url or start_embedded(chosen.var)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.django_config")
    settings.cache_clear()
    try:
        yield from _on_its_tables()
    finally:
        close_pool()
        if is_ours:
            stop_embedded(chosen.var)


def _on_its_tables() -> Iterator[None]:
    import django
    from django.db import OperationalError, ProgrammingError

    django.setup()
    try:
        yield
    except OperationalError as error:
        raise StartupProblem("The database does not answer: start it, or correct DATABASE_URL.") from error
    except ProgrammingError as error:
        raise StartupProblem("The database has no tables yet: start `cybercare run` once.") from error
