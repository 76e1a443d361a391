import threading
from datetime import timedelta
from uuid import uuid4

import obstore
import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from bot.conversations import evidence, files, sweeping, tasks
from bot.conversations.erasure import erase
from bot.conversations.files import receive_file, settle
from bot.conversations.models import Conversation, Evidence, Message
from bot.conversations.receiving import Inbound, receive
from bot.errors import RefusedEvidence
from bot.settings import settings
from tests.claims import open_one
from tests.clamd_peer import INFECTED, ClamdPeer
from tests.pictures import PDF, picture

pytestmark = pytest.mark.django_db(transaction=True)


def give(conversation, content: bytes = PDF, name: str = "a.pdf") -> Message:
    return receive_file(Inbound(conversation.pk, name, name, "attachment"), name, content)


def stored_files(store) -> int:
    return sum(path.is_file() for path in store.rglob("*"))


@pytest.fixture(scope="module")
def s3():
    """Run an S3 server with one bucket; return its address."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    boto3.client("s3", endpoint_url=address, region_name="us-east-1", **keys).create_bucket(Bucket="proofs")
    yield address
    server.stop()


@pytest.fixture
def in_s3(s3, monkeypatch):
    """Keep evidence there."""
    from pydantic import SecretStr

    chosen = {"evidence_store": "s3://proofs/cybercare/live", "store_endpoint": s3, "store_region": "us-east-1"}
    secrets = {"store_key_id": SecretStr("key"), "store_secret": SecretStr("secret")}
    for name, value in {**chosen, **secrets}.items():
        monkeypatch.setattr(settings(), name, value)
    evidence.store.cache_clear()
    return s3


@pytest.fixture
def clamd(monkeypatch):
    with ClamdPeer() as peer:
        monkeypatch.setattr(settings(), "clamd", peer.place)
        yield peer
        peer.shutdown()


def test_a_bucket_keeps_gives_back_and_forgets_files(conversation, in_s3, store):
    import boto3

    give(conversation, picture())
    kept = Evidence.objects.get()

    assert evidence.read(kept)[:3] == b"\xff\xd8\xff"
    assert not store.exists()
    client = boto3.client(
        "s3", endpoint_url=in_s3, region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
    )
    listed = [each["Key"] for each in client.list_objects_v2(Bucket="proofs")["Contents"]]
    assert listed == [f"cybercare/live/{kept.key}"]
    last = receive(Inbound(conversation.pk, "z", "effacez"))
    erase(conversation.pk, keep=last.pk)
    assert "Contents" not in client.list_objects_v2(Bucket="proofs")
    with pytest.raises(FileNotFoundError):
        evidence.read(kept)
    evidence.discard([kept.key])


def test_while_the_bucket_is_away_a_file_is_refused_and_nothing_is_stored(conversation, in_s3, monkeypatch):
    monkeypatch.setattr(settings(), "evidence_store", "s3://no-such-bucket")
    evidence.store.cache_clear()
    with pytest.raises(RefusedEvidence, match="evidence_failed"):
        give(conversation)
    assert not Message.objects.exists()


def test_bytes_of_a_file_whose_transaction_is_rolled_back_are_gone(conversation, store, monkeypatch):
    def fail(_: Evidence) -> list[dict[str, str]]:
        raise RuntimeError

    monkeypatch.setattr(files, "_offers", [fail])
    with pytest.raises(RuntimeError):
        give(conversation)
    assert (stored_files(store), Message.objects.count(), Evidence.objects.count()) == (0, 0, 0)


def test_bytes_of_a_file_whose_commit_fails_are_gone(conversation, store, monkeypatch):
    def break_at_commit(kept: Evidence) -> list[dict[str, str]]:
        Evidence.objects.create(conversation=conversation, message_id=-1, name="", media_type="", size=0, key="")
        return []

    monkeypatch.setattr(files, "_offers", [break_at_commit])
    with pytest.raises(IntegrityError):
        give(conversation)
    assert (stored_files(store), Evidence.objects.count()) == (0, 0)


def test_a_file_is_cleaned_and_stored_before_the_conversation_is_locked(conversation, monkeypatch):
    in_transaction = []
    for name in ("_without_metadata", "refuse_infected"):
        before = getattr(evidence, name)

        def watched(*args, before=before):
            in_transaction.append(connection.in_atomic_block)
            return before(*args)

        monkeypatch.setattr(evidence, name, watched)
    give(conversation, picture())
    assert in_transaction == [False, False]


@pytest.mark.parametrize("place", ["folder", "bucket"])
def test_bytes_that_no_row_names_are_swept_after_a_day_and_no_others(conversation, place, request, monkeypatch):
    if place == "bucket":
        request.getfixturevalue("in_s3")
    give(conversation)
    kept, lost = Evidence.objects.get(), f"{conversation.pk}/{uuid4()}"  # killed before the commit
    obstore.put(evidence.store(), lost, PDF)
    assert sweeping.sweep() == 0
    later = timezone.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(sweeping.timezone, "now", lambda: later)
    tasks.sweep_evidence(timestamp=0)
    assert evidence.read(kept) == PDF
    with pytest.raises(FileNotFoundError):
        obstore.head(evidence.store(), lost)
    assert sweeping.sweep() == 0


def test_the_same_file_sent_twice_at_once_is_kept_once(conversation, store):
    def give_and_leave() -> None:
        try:
            give(conversation, picture())
        finally:
            connection.close()

    threads = [threading.Thread(target=give_and_leave) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Evidence.objects.count(), stored_files(store)) == (1, 1)


def test_a_claim_holds_so_many_files_and_the_next_claim_as_many_again(conversation, monkeypatch):
    monkeypatch.setattr(settings(), "evidence_max_files", 2)
    for number in range(2):
        give(conversation, name=f"{number}.pdf")
    with pytest.raises(RefusedEvidence, match="evidence_full"):
        give(conversation, name="2.pdf")
    assert "2 fichiers" in files.sentence("evidence_full")
    open_one(conversation)
    with pytest.raises(RefusedEvidence, match="evidence_full"):
        give(conversation, name="2.pdf")
    open_one(conversation)
    give(conversation, name="2.pdf")


def test_files_of_one_name_that_a_channel_fetches_later_are_told_apart(conversation):
    for number in range(3):
        message = receive(Inbound(conversation.pk, str(number), "", "attachment"))
        settle(message, "photo.jpg", picture(), 20)
    named = ["photo.jpg", "photo-2.jpg", "photo-3.jpg"]
    assert list(Evidence.objects.order_by("received_at").values_list("name", flat=True)) == named
    told = conversation.messages.filter(external_id__startswith="receipt:").order_by("number")
    assert [each.text.partition(". ")[0] for each in told] == [
        "Bien reçu : photo.jpg",
        "Bien reçu : photo-2.jpg",
        "Bien reçu : photo-3.jpg",
    ]


def test_a_file_of_a_channel_that_fetches_later_counts_too_and_is_refused_in_words(conversation, monkeypatch):
    monkeypatch.setattr(settings(), "evidence_per_hour", 1)
    give(conversation)
    message = receive(Inbound(conversation.pk, "b", "b.pdf", "attachment"))
    for _ in range(2):
        settle(message, "b.pdf", PDF, 20)
    told = conversation.messages.filter(external_id=f"receipt:{message.pk}")
    assert "60 minutes" in told.get().text
    assert Evidence.objects.count() == 1


def test_an_infected_file_is_refused_and_a_clean_one_is_not(conversation, clamd, store):
    with pytest.raises(RefusedEvidence, match="evidence_infected"):
        give(conversation, PDF + INFECTED)
    assert not store.exists()
    give(conversation, PDF)
    assert clamd.scanned == len(PDF + INFECTED) + len(PDF)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"stream: broken ERROR", b"nonsense"])
def test_a_file_that_the_scanner_cannot_judge_is_not_taken(conversation, clamd, answer):
    clamd.answer = answer
    with pytest.raises(RefusedEvidence, match="evidence_unscanned"):
        give(conversation)


def test_while_the_scanner_is_away_no_file_is_taken_and_the_member_is_told_to_try_again(conversation, clamd):
    clamd.shutdown()
    clamd.server_close()
    with pytest.raises(RefusedEvidence, match="evidence_unscanned"):
        give(conversation)
    assert "Renvoyez-le" in files.sentence("evidence_unscanned")
    assert Conversation.objects.get().messages.count() == 0
