"""Two who work at the same claim never wait for each other: a human, and the member or a job."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from bot.claims.editing import edit_answer
from bot.claims.kinds import change_kind
from bot.claims.models import Claim, OutgoingEvent
from bot.claims.reminders import remind
from bot.claims.states import change_state
from bot.conversations.files import receive_file
from bot.conversations.models import Conversation
from bot.conversations.receiving import Inbound
from bot.settings import settings
from tests.claims import open_one
from tests.pictures import PDF

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20  # seconds
# pg_locks is read afresh each time; pg_stat_activity keeps, within a transaction, who was there at its first look.
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


@pytest.fixture
def elsewhere() -> Iterator[Callable[..., Future[object]]]:
    """Do something in a thread with a connection of its own."""

    def work(do: Callable[..., object], *values: object) -> object:
        try:
            return do(*values)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        yield lambda do, *values: pool.submit(work, do, *values)


def wait_until_somebody_waits_for_us() -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


@pytest.mark.parametrize("what", ["state", "reminder"])
def test_a_claim_moved_on_or_reminded_of_while_its_kind_is_corrected_waits_and_is_done(conversation, elsewhere, what):
    claim = open_one(conversation)
    with transaction.atomic():  # as bot/learning/correcting.py does
        Conversation.objects.select_for_update().get(pk=conversation.pk)
        if what == "state":
            done = elsewhere(change_state, claim.pk, "in_review", "sophie")
        else:
            done = elsewhere(remind, claim.pk, 1)
        wait_until_somebody_waits_for_us()
        change_kind(claim.pk, ("fraud", "romance_scam"), "sophie")
    assert isinstance(done.result(PATIENCE), Claim)
    claim.refresh_from_db()
    assert (claim.subtype, claim.state) == ("romance_scam", "in_review" if what == "state" else "open")
    assert conversation.messages.count() == 1


def test_a_file_of_the_member_does_not_wait_for_an_answer_that_is_being_corrected(conversation, elsewhere, monkeypatch):
    monkeypatch.setattr(settings(), "webhook_url", "http://127.0.0.1:1/claims")
    claim = open_one(conversation)
    with transaction.atomic():
        edit_answer(claim.pk, "amount_cents", "850 €", "sophie")
        inbound = Inbound(conversation.pk, uuid4().hex, "")
        elsewhere(receive_file, inbound, "preuve.pdf", PDF).result(PATIENCE)
    assert OutgoingEvent.objects.filter(name="document_received").exists()
