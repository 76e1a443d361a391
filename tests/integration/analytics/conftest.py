"""A browser's session at the desk, and some made-up weeks that are counted."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bench.analytics_data import Maker, fill, now
from bot.analytics import rolling
from bot.analytics.models import Mark
from bot.desk.access import BEGAN, SEEN
from bot.desk.models import Adviser


@pytest.fixture
def sign_in(transactional_db: None) -> Callable[[str], Client]:
    def signed_in(role: str) -> Client:
        who = Adviser.objects.create_user(f"{role}@example.org", f"Test {role}", role)
        client = Client()
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[BEGAN] = session[SEEN] = int(timezone.now().timestamp())
        session.save()
        return client

    return signed_in


@pytest.fixture
def weeks(transactional_db: None) -> tuple[int, int]:
    """Forty days with 300 conversations; return how many events and claims they have."""
    made = fill(Maker(now(), 40), conversations=300)
    count_all()
    return made


def count_all() -> None:
    rolling.roll_up()
    Mark.objects.update(seen_at=timezone.now() - rolling.REST - timedelta(seconds=1))
    rolling.roll_up()
