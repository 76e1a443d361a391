"""Jobs about claims: e-mails and reminders; each is safe to repeat. That of the insurer's system is in webhook.py."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bot.claims import mailing, reminders
from bot.claims.models import Claim, Email

EMAIL_RETRIES = RetryStrategy(max_attempts=8, exponential_wait=5)  # seconds 5, 25 … about a day in all
CODE_RETRIES = RetryStrategy(max_attempts=3, wait=5)  # a later code would be of no use
TAKEN_FOR = timedelta(minutes=5)  # of one sending: longer than any mail server is waited for


class StillBeingSent(Exception):
    """A worker is sending the e-mail now, or was killed at it; look again later."""


def send_later(claim: Claim, kind: str, occasion: int) -> None:
    """Have an e-mail sent, once for each `occasion`, in the caller's transaction; nothing where none may be sent."""
    if mailing.may_write_to(claim):
        email, is_new = Email.objects.get_or_create(claim=claim, kind=kind, occasion=occasion)
        if is_new:
            send_email.defer(email_id=email.pk)


def remind_later(claim: Claim) -> None:
    """Have the member asked for missing pieces when the time has come."""
    for round_ in reminders.ROUNDS:
        due = reminders.due(claim, round_)
        remind_documents.configure(schedule_at=due).defer(claim_id=str(claim.pk), round_=round_)


@app.task(name="send_claim_email", queue="emails", retry=EMAIL_RETRIES)
def send_email(email_id: int) -> None:
    """Send one e-mail that was not sent yet, about a claim that still exists; two workers never send it at once.

    No lock is held while the mail server is spoken to: the row says that it is taken. One left so by a killed process
    is sent again after `TAKEN_FOR`: at least once, always under the same Message-ID.

    Raises:
        StillBeingSent: it is taken; try again.
        OSError: the mail server does not take it; try again.
    """
    email = Email.objects.filter(pk=email_id, sent_at=None).select_related("claim").first()
    if email is None or not mailing.may_write_to(email.claim):
        return
    _take(email)
    try:
        mailing.send(email)
    except OSError:
        Email.objects.filter(pk=email.pk).update(taken_at=None)
        raise


@app.task(name="send_access_code", queue="emails", retry=CODE_RETRIES)
def send_access_code(claim_id: str, conversation: str) -> None:
    """Send a one-time code to the claim's e-mail, if it has one."""
    claim = Claim.objects.filter(pk=UUID(claim_id)).first()
    if claim and mailing.may_write_to(claim):
        mailing.send_code(claim, UUID(conversation))


@app.task(name="remind_documents", queue="reminders")
def remind_documents(claim_id: str, round_: int) -> None:
    """Ask for missing pieces on the member's channel, and by e-mail."""
    with transaction.atomic():
        if claim := reminders.remind(UUID(claim_id), round_):
            send_later(claim, "reminder", round_)


def _take(email: Email) -> None:
    now = timezone.now()
    free = Q(taken_at=None) | Q(taken_at__lt=now - TAKEN_FOR)
    if not Email.objects.filter(free, pk=email.pk, sent_at=None).update(taken_at=now):
        raise StillBeingSent
