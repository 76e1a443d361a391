"""A member taps "Effacer" while an adviser has the conversation, and something fails."""

import obstore
import pytest
from django.db import connection
from structlog.testing import capture_logs

from bot.conversations import asides, erasure, evidence, handling
from bot.conversations.files import receive_file
from bot.conversations.models import Evidence
from bot.conversations.receiving import Inbound, receive
from tests.pictures import PDF

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(conversation, sophie) -> Evidence:
    """A file of a conversation that Sophie has."""
    receive_file(Inbound(conversation.pk, "f", "a.pdf", "attachment"), "a.pdf", PDF)
    handling.take(conversation.pk, sophie.pk)
    return Evidence.objects.get()


def erase(conversation):
    return receive(Inbound(conversation.pk, "e", "Effacer", "erase"))


def test_stored_bytes_go_after_the_commit(conversation, kept, monkeypatch):
    in_transaction, delete = [], obstore.delete

    def watched(*args):
        in_transaction.append(connection.in_atomic_block)
        return delete(*args)

    monkeypatch.setattr(obstore, "delete", watched)
    erase(conversation)
    assert in_transaction == [False]
    with pytest.raises(FileNotFoundError):
        evidence.read(kept)


def test_a_transaction_that_is_rolled_back_keeps_rows_and_bytes(conversation, kept, monkeypatch):
    monkeypatch.setattr(asides, "deliver", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        erase(conversation)
    assert Evidence.objects.get() == kept
    assert evidence.read(kept) == PDF


def test_a_store_that_is_away_stops_no_erasure(conversation, kept, monkeypatch):
    monkeypatch.setattr(obstore, "delete", lambda *_: 1 / 0)
    erase(conversation)
    assert not Evidence.objects.exists()
    assert conversation.messages.latest("number").answers.command == "erase"


def test_an_erasure_that_fails_leaves_all_as_it_was_and_the_adviser_reads_the_tap(conversation, kept, monkeypatch):
    def fail(_):
        raise ValueError("Amélie Exemple")

    monkeypatch.setattr(erasure, "_forget_in_engine", fail)
    with capture_logs() as logs:
        message = erase(conversation)
    assert evidence.read(Evidence.objects.get()) == PDF
    message.refresh_from_db()
    conversation.refresh_from_db()
    assert message.answered_at is None
    assert conversation.waiting_since is not None
    assert conversation.messages.latest("number") == message
    (failed,) = [each for each in logs if each["event"] == "aside_failed"]
    assert "Amélie" not in str(failed)
