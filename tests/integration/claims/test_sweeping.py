"""The nightly sweep of the store touches nothing that may be somebody else's."""

from datetime import timedelta
from uuid import uuid4

import obstore
import pytest
from django.utils import timezone
from structlog.testing import capture_logs

from bot.conversations import evidence, sweeping
from bot.conversations.files import receive_file
from bot.conversations.receiving import Inbound
from tests.pictures import PDF

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _two_days_later(monkeypatch):
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(sweeping.timezone, "now", lambda: later)


def put(key: str) -> str:
    obstore.put(evidence.store(), key, b"x")
    return key


def keys() -> set[str]:
    return {each["path"] for listed in obstore.list(evidence.store()) for each in listed}


def test_what_is_none_of_our_keys_stays(store):
    theirs = {
        put(key)
        for key in (
            "backup.dump",
            f"{uuid4()}",
            f"{uuid4()}/a.pdf",
            f"backups/{uuid4()}/{uuid4()}",
            f"{uuid4()}/{uuid4()}.gz",
        )
    }
    put(f"{uuid4()}/{uuid4()}")
    assert sweeping.sweep() == 1
    assert keys() == theirs


def test_nothing_is_deleted_where_many_files_are_unnamed(store, monkeypatch):
    monkeypatch.setattr(sweeping, "FEW", 3)
    others = {put(f"{uuid4()}/{uuid4()}") for _ in range(4)}
    with capture_logs() as logs:
        assert sweeping.sweep() == 0
    assert keys() == others
    assert [(each["event"], each["log_level"]) for each in logs] == [("evidence_sweep_refused", "error")]


def test_a_small_share_of_many_is_deleted_though_it_is_not_few(conversation, monkeypatch):
    monkeypatch.setattr(sweeping, "FEW", 0)
    monkeypatch.setattr(sweeping, "SHARE", 0.5)
    receive_file(Inbound(conversation.pk, "a", "a.pdf", "attachment"), "a.pdf", PDF)
    put(f"{uuid4()}/{uuid4()}")
    assert sweeping.sweep() == 1
    assert len(keys()) == 1
