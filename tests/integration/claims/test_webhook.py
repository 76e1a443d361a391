import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import SecretStr

from bot.claims import outgoing, webhook
from bot.claims.editing import edit_answer
from bot.claims.models import OutgoingEvent
from bot.claims.services import set_email, set_psychologist
from bot.claims.states import change_state
from bot.conversations.files import receive_file
from bot.conversations.receiving import Inbound
from bot.events.models import Event
from bot.settings import ROOT, settings
from tests.claims import do_jobs, open_one, tap
from tests.pictures import PDF

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "a secret of thirty-two characters"
SCHEMA = Draft202012Validator(
    json.loads((ROOT / "docs/schemas/claim-event.json").read_text()), format_checker=FormatChecker()
)


class Insurer(ThreadingHTTPServer):
    """Keeps what it takes; answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taker)
        self.status, self.taken = 204, []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/claims"


class _Taker(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", self.server.address + "/elsewhere")
        self.end_headers()

    def log_message(self, *_args) -> None:
        """Stay quiet."""


@pytest.fixture
def insurer(monkeypatch):
    with Insurer() as server:
        monkeypatch.setattr(settings(), "webhook_url", server.address)
        monkeypatch.setattr(settings(), "webhook_secret", SecretStr(SECRET))
        yield server
        server.shutdown()


def bodies(insurer) -> list[dict]:
    return [json.loads(body) for _, body in insurer.taken]


def test_each_event_is_told_once_in_order_and_fits_the_documented_schema(conversation, insurer):
    name = "preuve.pdf"
    receive_file(Inbound(conversation.pk, "0", name, "attachment"), name, PDF)
    claim = open_one(conversation, amount_cents=900_000, police_report=False, story="le compte de ma société")
    receive_file(Inbound(conversation.pk, "1", name, "attachment"), name, PDF)
    tap(conversation, conversation.messages.last(), "attestation")
    set_email(claim.pk, "jeanne@example.be")
    set_psychologist(claim.pk, True)
    edit_answer(claim.pk, "amount_cents", "120 €", by="sophie")
    change_state(claim.pk, "closed", "sophie", "helped")
    do_jobs(queues=["webhooks"])

    told = bodies(insurer)
    for body in told:
        SCHEMA.validate(body)
    assert [(body["event"], body["details"].get("what")) for body in told] == [
        ("claim_opened", None),
        ("document_received", None),
        ("document_received", None),
        ("claim_changed", "documents"),
        ("claim_changed", "email"),
        ("claim_changed", "psychologist"),
        ("claim_changed", "amount_cents"),
        ("state_changed", None),
    ]
    assert {flag["rule"] for flag in told[0]["claim"]["flags"]} == {
        "professional_use",
        "amount_a_year",
        "identity_unverified",
    }
    assert told[-1]["details"] == {"before": "open"}
    assert told[-1]["claim"]["state"] == "closed"
    assert told[-1]["claim"]["outcome"] == "helped"
    assert not OutgoingEvent.objects.filter(delivered_at=None).exists()
    assert not OutgoingEvent.objects.exclude(payload={}).exists()


def test_what_is_sent_is_signed_with_its_time_and_names_itself(conversation, insurer):
    open_one(conversation)
    do_jobs(queues=["webhooks"])
    headers, body = insurer.taken[0]
    moment, signed = (part.split("=")[1] for part in headers["X-CyberCare-Signature"].split(","))
    expected = hmac.new(SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert signed == expected
    assert headers["Idempotency-Key"] == json.loads(body)["id"] == str(OutgoingEvent.objects.get().pk)
    assert headers["X-CyberCare-Event"] == "claim_opened"


@pytest.mark.parametrize("status", [500, 404, 302])
def test_what_is_not_taken_comes_again_with_the_same_key_and_what_follows_waits(conversation, insurer, status):
    insurer.status = status
    claim = open_one(conversation)
    set_psychologist(claim.pk, True)
    do_jobs(queues=["webhooks"])
    assert len(insurer.taken) == 1, "the second event of the claim waits for the first one"
    event = OutgoingEvent.objects.order_by("created_at").first()
    assert (event.attempts, event.last_error, event.delivered_at) == (1, f"HTTP {status}", None)

    insurer.status = 200
    webhook.deliver(event.pk, is_last=False)
    assert insurer.taken[0][0]["Idempotency-Key"] == insurer.taken[1][0]["Idempotency-Key"]
    webhook.deliver(event.pk, is_last=False)
    assert len(insurer.taken) == 2


def test_nobody_listening_is_a_failure_like_any_other(conversation, insurer):
    insurer.shutdown()
    insurer.server_close()
    open_one(conversation)
    do_jobs(queues=["webhooks"])
    assert OutgoingEvent.objects.get().last_error == "ConnectionError"


def test_after_the_last_attempt_it_is_dead_seen_and_may_be_sent_again(conversation, insurer):
    insurer.status = 500
    claim = open_one(conversation)
    do_jobs(queues=["webhooks"])
    event = OutgoingEvent.objects.get()
    webhook.deliver(event.pk, is_last=True)
    assert [each.pk for each in outgoing.dead()] == [event.pk]
    assert Event.objects.get(name="webhook_dead").claim == claim.pk

    insurer.status = 200
    assert outgoing.revive(outgoing.dead()) == 1
    assert not outgoing.dead().exists()
    webhook.deliver(event.pk, is_last=False)
    assert OutgoingEvent.objects.exclude(delivered_at=None).count() == 1


def test_the_pauses_double_up_to_six_hours_and_end_after_twelve_attempts():
    def pause(attempts: int) -> float | None:
        job = SimpleNamespace(attempts=attempts)
        decision = webhook.Backoff().get_retry_decision(exception=webhook.Refused(), job=job)
        return decision and (decision.retry_at - timezone.now()).total_seconds()

    assert [round(pause(number)) for number in (0, 1, 2, 11)] == [10, 20, 40, 20_480]
    assert pause(12) is None


def test_without_an_address_nothing_is_kept_for_anybody(conversation):
    open_one(conversation)
    assert not OutgoingEvent.objects.exists()
