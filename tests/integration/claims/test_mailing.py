import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from bot.claims import mailing, tasks
from bot.claims.services import set_email
from bot.claims.states import change_state
from bot.events.models import Event
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
    tasks.send_email(claim_id=str(claim.pk), kind="acknowledgement")
    assert len(mail.messages) == 1


def test_the_same_address_again_gets_no_second_acknowledgement(conversation, mail):
    claim = open_one(conversation)
    for _ in range(2):
        set_email(claim.pk, "jeanne@example.be")
    do_jobs()
    assert len(mail.messages) == 1


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
