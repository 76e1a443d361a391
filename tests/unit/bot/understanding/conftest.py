"""The instant at which the stories of these tests are told."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest


@pytest.fixture
def now() -> datetime:
    """Monday 23 November 2026, noon in Brussels."""
    return datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Europe/Brussels"))
