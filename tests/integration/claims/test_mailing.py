import sys
from datetime import timedelta
from email.utils import parseaddr

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from bot.claims import mailing, tasks
from bot.claims.services import set_email
from bot.claims.states import change_state
from bot.events.models import Event
from bot.settings import settings
from tests.claims import do_jobs, open_one
from tests.mail_server import text_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_acknowledgement_names_reference_recap_and_missing_pieces(conversation, mail):
    claim = open_one(conversation, amount_cents=85_000, police_report=False)
    claim.documents.filter(number=1).update(state="attached")
    set_email(claim.pk, "jeanne@example.be")
    do_jobs()

    (message,) = mail.messages
    assert message["To"] == "jeanne@example.be"
    assert message["Auto-Submitted"] == "auto-generated"
    assert claim.reference in message["Subject"]
    pieces = list(claim.documents.values_list("name", flat=True))
    for kind in ("plain", "html"):
        text = text_of(message, kind).replace("’", "'").replace("&#x27;", "'")
        assert claim.reference in text
        assert "850,00" in text
        assert "/dossier/" in text
        assert pieces[0] not in text
        assert all(name in text for name in pieces[1:])
        assert "remboursé" not in text
        assert "078 170 170" in text
    assert Event.objects.get(name="email_sent").properties == {"kind": "acknowledgement"}


def test_a_story_or_value_cannot_become_html(conversation, mail):
    claim = open_one(conversation, ("failed_delivery", "not_delivered"), merchant="<script>alert(1)</script>")
    set_email(claim.pk, "jeanne@example.be")
    do_jobs()
    assert "<script>" not in text_of(mail.messages[0], "html")
    assert "<script>alert(1)</script>" in text_of(mail.messages[0])


def test_a_server_that_puts_it_off_gets_it_again_later(conversation, mail):
    mail.refusals = 1
    claim = open_one(conversation)
    set_email(claim.pk, "jeanne@example.be")
    do_jobs(queues=["emails"])
    assert mail.messages == []
    job = ProcrastinateJob.objects.get(task_name="send_claim_email")
    assert (job.status, job.attempts) == ("todo", 1)
    tasks.send_email(email_id=claim.emails.get().pk)
    assert len(mail.messages) == 1


def test_the_same_address_again_gets_no_second_acknowledgement(conversation, mail):
    claim = open_one(conversation)
    for _ in range(2):
        set_email(claim.pk, "jeanne@example.be")
    do_jobs()
    assert len(mail.messages) == 1


def test_an_e_mail_that_was_sent_is_not_sent_again_by_a_job_that_is_repeated(conversation, mail):
    claim = open_one(conversation)
    set_email(claim.pk, "jeanne@example.be")
    for _ in range(2):
        tasks.send_email(email_id=claim.emails.get().pk)
    assert len(mail.messages) == 1


def test_after_a_kill_between_the_servers_yes_and_the_note_of_it_the_mail_comes_again_as_the_same_one(
    conversation, mail, monkeypatch
):
    claim = open_one(conversation)
    set_email(claim.pk, "jeanne@example.be")
    email = claim.emails.get()
    with monkeypatch.context() as killed:
        killed.setattr(mailing, "record", lambda *_args, **_facts: sys.exit())
        with pytest.raises(SystemExit):
            tasks.send_email(email_id=email.pk)
    claim.emails.update(taken_at=timezone.now() - tasks.TAKEN_FOR - timedelta(seconds=1))
    tasks.send_email(email_id=email.pk)
    first, second = (message["Message-ID"] for message in mail.messages)
    assert first == second
    assert first.endswith("@" + parseaddr(settings().mail_from)[1].partition("@")[2] + ">")


def test_no_row_is_locked_and_no_transaction_open_while_the_mail_server_is_spoken_to(conversation, mail, monkeypatch):
    claim = open_one(conversation)
    set_email(claim.pk, "jeanne@example.be")
    seen = []

    def send(message, **_options) -> None:
        seen.append((message.to, connection.in_atomic_block))

    monkeypatch.setattr(mailing.EmailMultiAlternatives, "send", send)
    tasks.send_email(email_id=claim.emails.get().pk)
    assert seen == [(["jeanne@example.be"], False)]


def test_what_another_worker_is_sending_is_left_to_it_and_looked_at_again(conversation, mail, monkeypatch):
    claim = open_one(conversation)
    set_email(claim.pk, "jeanne@example.be")
    email = claim.emails.get()
    send = mailing.EmailMultiAlternatives.send

    def interrupted(message, **options) -> None:
        with pytest.raises(tasks.StillBeingSent):
            tasks.send_email(email_id=email.pk)
        send(message, **options)

    monkeypatch.setattr(mailing.EmailMultiAlternatives, "send", interrupted)
    tasks.send_email(email_id=email.pk)
    assert len(mail.messages) == 1


def test_a_corrected_address_gets_an_acknowledgement_of_its_own(conversation, mail):
    claim = open_one(conversation)
    for address in ("jeanne@exemple.be", "jeanne@example.be"):
        set_email(claim.pk, address)
        do_jobs()
    assert [message["To"] for message in mail.messages] == ["jeanne@exemple.be", "jeanne@example.be"]
    assert len({message["Message-ID"] for message in mail.messages}) == 2


@pytest.mark.parametrize("author", ["partner", "household"])
def test_nothing_is_written_where_the_author_may_read_the_mail(conversation, mail, author):
    claim = open_one(conversation, ("insults", "harassment_stalking"), author_known=author)
    set_email(claim.pk, "famille@example.be")
    change_state(claim.pk, "in_review", "handler")
    do_jobs()
    assert mail.messages == []


def test_without_a_mail_server_no_e_mail_is_offered_or_queued(conversation):
    assert not mailing.are_offered()
    claim = open_one(conversation)
    set_email(claim.pk, "jeanne@example.be")
    assert not ProcrastinateJob.objects.filter(task_name="send_claim_email").exists()
