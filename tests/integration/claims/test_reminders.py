import pytest
from django.db import connection

from bot.claims import tasks
from bot.claims.reminders import remind
from bot.claims.services import set_email
from bot.claims.states import change_state
from bot.conversations.models import Conversation
from bot.events.models import Event
from tests.claims import do_jobs, open_one
from tests.mail_server import text_of

pytestmark = pytest.mark.django_db(transaction=True)


def reminders(conversation) -> list[str]:
    return [each.text for each in conversation.messages.filter(external_id__startswith="reminder:")]


def test_a_reminder_lists_what_is_missing_once_per_round_however_often_the_job_runs(conversation):
    claim = open_one(conversation)
    first, *others = claim.documents.all()
    claim.documents.filter(pk=first.pk).update(state="attached")
    for _ in range(2):
        tasks.remind_documents(claim_id=str(claim.pk), round_=1)
    (told,) = reminders(conversation)
    assert first.name not in told
    assert all(each.name in told for each in others)
    tasks.remind_documents(claim_id=str(claim.pk), round_=2)
    assert len(reminders(conversation)) == 2
    assert Event.objects.filter(name="documents_reminded").count() == 2


def test_it_comes_by_e_mail_too_and_once(conversation, mail):
    claim = open_one(conversation)
    set_email(claim.pk, "jeanne@example.be")
    do_jobs()
    for _ in range(2):
        tasks.remind_documents(claim_id=str(claim.pk), round_=1)
        do_jobs()
    assert [message["Subject"].split()[0] for message in mail.messages] == ["Votre", "Dossier"]
    assert claim.documents.first().name in text_of(mail.messages[1])


def test_nobody_is_reminded_of_a_closed_complete_or_vanished_claim(conversation):
    closed, complete = open_one(conversation), open_one(conversation)
    change_state(closed.pk, "closed", "sophie", "helped")
    complete.documents.update(state="none")
    vanished = complete.pk
    for claim in (closed, complete):
        assert remind(claim.pk, 1) is None
    complete.delete()
    assert remind(vanished, 1) is None
    assert reminders(conversation) == []


def test_a_claim_whose_conversation_is_gone_is_left_alone(conversation):
    claim = open_one(conversation)
    Conversation.objects.all().delete()
    assert remind(claim.pk, 1) is None


def test_nothing_is_said_before_it_is_due(conversation):
    open_one(conversation)
    do_jobs()
    assert reminders(conversation) == []


def test_the_worker_says_it_once_it_is_due(conversation):
    claim = open_one(conversation)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE (args->>'round_')::int = 1")
    do_jobs()
    (told,) = reminders(conversation)
    assert claim.reference in told
