"""Posts outgoing events to the insurer's system: signed, in order for each claim, repeated until taken or given up."""

import hashlib
import hmac
import json
import time
from uuid import UUID

import requests
import structlog
from django.utils import timezone
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from bot.claims.models import OutgoingEvent
from bot.events.services import record
from bot.settings import settings

ATTEMPTS = 12
FIRST_WAIT, LONGEST_WAIT = 10, 6 * 3600  # seconds; doubled each time: about 6 hours until an event is given up
PATIENCE = (3.0, 8.0)  # seconds to connect, to be answered: other jobs wait for the same few places
log = structlog.get_logger(__name__)


class Refused(Exception):
    """The insurer's system did not take an event this time; the message is its status or the kind of failure."""


class Backoff(BaseRetryStrategy):
    """Tries again after 10, 20, 40 … seconds, at most 6 hours."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:  # noqa: ARG002
        """Return when to try again; None: no more."""
        if job.attempts >= ATTEMPTS:
            return None
        return RetryDecision(retry_in={"seconds": min(FIRST_WAIT * 2**job.attempts, LONGEST_WAIT)})


def deliver(event_id: UUID, is_last: bool) -> None:
    """Post one event unless that is done; after the last attempt it is dead, and the next ones go on.

    Raises:
        Refused: not taken, and this was not the last attempt.
    """
    event = OutgoingEvent.objects.filter(pk=event_id, delivered_at=None).first()
    if event is None or not settings().webhook_url:
        return
    failure = _post(event)
    event.attempts += 1
    event.last_error = failure
    if not failure:
        event.delivered_at, event.dead_at = timezone.now(), None
        event.payload = {}  # it has done its work; what it says of the member stays with the claim
    elif is_last:
        event.dead_at = timezone.now()
        record("webhook_dead", None, event.claim_id, event=event.name)
        log.error("webhook_dead", event_id=str(event.pk), reason=failure)
    event.save(update_fields=["attempts", "last_error", "delivered_at", "dead_at", "payload"])
    if failure and not is_last:
        raise Refused(failure)


@app.task(name="deliver_outgoing", queue="webhooks", retry=Backoff(), pass_context=True)
def deliver_outgoing(context: JobContext, event_id: str) -> None:
    """Tell the insurer's system of one event."""
    deliver(UUID(event_id), is_last=context.job.attempts + 1 >= ATTEMPTS)


def signature(secret: str, moment: int, body: bytes) -> str:
    """Return `t=<unix seconds>,v1=<hex>`: HMAC-SHA256 of the seconds, a full stop and the body."""
    signed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={signed}"


def _post(event: OutgoingEvent) -> str:
    """Return why it was not taken; nothing when it was. Redirects are not followed: they could lead anywhere."""
    body = json.dumps(event.payload, ensure_ascii=False, sort_keys=True).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "CyberCare-Webhook/1",
        "Idempotency-Key": str(event.pk),
        "X-CyberCare-Event": event.name,
        "X-CyberCare-Signature": signature(settings().webhook_secret.get_secret_value(), int(time.time()), body),
    }
    try:
        answer = requests.post(
            settings().webhook_url, data=body, headers=headers, timeout=PATIENCE, allow_redirects=False, stream=True
        )
    except requests.RequestException as error:
        return type(error).__name__
    answer.close()  # what it says is not read
    return "" if 200 <= answer.status_code < 300 else f"HTTP {answer.status_code}"
