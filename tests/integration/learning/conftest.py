"""A conversation."""

import pytest

from bot.conversations.models import Conversation
from bot.conversations.receiving import open_conversation


@pytest.fixture
def conversation(transactional_db: None) -> Conversation:
    return open_conversation("web")
