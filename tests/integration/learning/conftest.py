"""A conversation, and nothing left in the queue."""

from collections.abc import Iterator

import pytest
from django.db import connection

from bot.conversations.models import Conversation
from bot.conversations.receiving import open_conversation


@pytest.fixture(autouse=True)
def _no_jobs_are_left(transactional_db: None) -> Iterator[None]:
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture
def conversation(transactional_db: None) -> Conversation:
    return open_conversation("web")
