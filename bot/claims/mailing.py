"""E-mails about a claim: plain text and HTML, in French, only to an address the member gave."""

from email.utils import parseaddr
from uuid import UUID

import structlog
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac

from bot.claims.codes import new_code
from bot.claims.links import LIFETIME, page_url
from bot.claims.models import Claim, Email
from bot.claims.summary import draft_of, summary_of
from bot.events.services import record
from bot.settings import settings
from bot.texts import contacts

SUBJECTS = {
    "acknowledgement": "Votre dossier {reference} est ouvert",
    "reminder": "Dossier {reference} : des pièces à envoyer",
    "state": "Des nouvelles de votre dossier {reference}",
    "code": "Votre code pour Cyber Care",
}
log = structlog.get_logger(__name__)


def are_offered() -> bool:
    """Return whether e-mails can be sent at all: ask for no address otherwise."""
    return bool(settings().smtp_url.get_secret_value())


def may_write_to(claim: Claim) -> bool:
    """Return whether e-mails about this claim are sent; not where someone close does the harm and may read them."""
    if not claim.email:
        return False
    if draft_of(claim).is_discreet:
        log.info("email_withheld", claim_ref=claim.reference)
        return False
    if not are_offered():
        log.info("email_not_set_up", claim_ref=claim.reference)
        return False
    return True


def send(email: Email) -> None:
    """Send one e-mail about its claim as that is now, then note that it is sent; the caller has taken it (tasks.py).

    At least once: what is killed, or cannot write, between the mail server's yes and the note is sent again, under the
    same Message-ID, by which mail servers and programs show it once. A member who hears nothing would be worse off.

    Raises:
        OSError: the mail server does not take it (smtplib's errors are among them); try again.
    """
    claim = email.claim
    words = {"claim": summary_of(claim), "page": page_url(claim), "days": LIFETIME.days}
    _send(claim, email.kind, words, {"Message-ID": _message_id(email)})
    with transaction.atomic():
        record("email_sent", claim.conversation, claim.pk, kind=email.kind)
        email.sent_at = timezone.now()
        email.save(update_fields=["sent_at"])


def send_code(claim: Claim, conversation: UUID) -> None:
    """Send a one-time code for whoever asked in `conversation`, unless the claim had enough of them lately.

    Raises:
        OSError: the mail server does not take it; the next attempt makes another code.
    """
    if code := new_code(claim, conversation):
        _send(claim, "code", {"code": code}, {})
        record("email_sent", claim.conversation, claim.pk, kind="code")


def _message_id(email: Email) -> str:
    """Return the same id for the same e-mail, which nobody can guess (RFC 5322, 3.6.4)."""
    domain = parseaddr(settings().mail_from)[1].partition("@")[2]
    return f"<{salted_hmac('e-mail', str(email.pk), algorithm='sha256').hexdigest()[:32]}@{domain}>"


def _send(claim: Claim, kind: str, words: dict[str, object], headers: dict[str, str]) -> None:
    words |= {"kind": kind, "urgent": contacts()["card_stop"]}
    subject = SUBJECTS[kind].format(reference=claim.reference)
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("claims/email.txt", words).strip() + "\n",
        from_email=settings().mail_from,
        to=[claim.email],
        headers={"Auto-Submitted": "auto-generated", **headers},  # RFC 3834: no out-of-office answers
    )
    message.attach_alternative(render_to_string("claims/email.html", {**words, "subject": subject}), "text/html")
    message.send(using="default")
