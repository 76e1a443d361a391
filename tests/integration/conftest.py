"""A real PostgreSQL for the integration tests, in a folder of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start an empty embedded PostgreSQL, return its URL, stop it in the end."""
    from bot.runtime.database import start_embedded, stop_embedded

    folder: Path = tmp_path_factory.mktemp("pg")
    yield os.environ.get("CYBERCARE_TEST_DATABASE_URL") or start_embedded(folder)
    stop_embedded(folder)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres: str) -> None:
    """Point Django at that PostgreSQL (a hook of pytest-django, called before it makes its test database)."""
    from django.db import connection

    from bot.django_config import database

    connection.settings_dict.update(database(postgres))
