"""Jobs about claims: e-mails, reminders, the insurer's system; each is safe to repeat."""

from uuid import UUID

from django.db import transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from bot.claims import mailing, reminders, webhook
from bot.claims.models import Claim

EMAIL_RETRIES = RetryStrategy(max_attempts=8, exponential_wait=5)  # seconds 5, 25 … about a day in all
CODE_RETRIES = RetryStrategy(max_attempts=3, wait=5)  # a later code would be of no use


def send_later(claim: Claim, kind: str) -> None:
    """Have an e-mail sent, in the caller's transaction; nothing where none may be sent."""
    if mailing.may_write_to(claim):
        send_email.defer(claim_id=str(claim.pk), kind=kind)


def remind_later(claim: Claim) -> None:
    """Have the member asked for missing pieces when the time has come."""
    for round_ in reminders.ROUNDS:
        due = reminders.due(claim, round_)
        remind_documents.configure(schedule_at=due).defer(claim_id=str(claim.pk), round_=round_)


@app.task(name="send_claim_email", queue="emails", retry=EMAIL_RETRIES)
def send_email(claim_id: str, kind: str) -> None:
    """Send one e-mail about a claim that still exists."""
    claim = Claim.objects.filter(pk=UUID(claim_id)).first()
    if claim and mailing.may_write_to(claim):
        mailing.send(claim, kind)


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
            send_later(claim, "reminder")


@app.task(name="deliver_outgoing", queue="webhooks", retry=webhook.Backoff(), pass_context=True)
def deliver_outgoing(context: JobContext, event_id: str) -> None:
    """Tell the insurer's system of one event."""
    webhook.deliver(UUID(event_id), is_last=context.job.attempts + 1 >= webhook.ATTEMPTS)
