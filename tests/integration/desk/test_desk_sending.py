"""An adviser's file: what takes long is done outside of transactions, and a note takes none."""

import obstore
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from bot.audit.models import Entry
from bot.conversations import evidence
from bot.conversations.models import SentFile
from bot.desk.models import Note
from tests.pictures import PDF

pytestmark = pytest.mark.django_db(transaction=True)


def send(desk, conversation, **form):
    form = {"text": "Voici.", "key": "k", "file": SimpleUploadedFile("plan.pdf", PDF), **form}
    return desk.post(f"/desk/c/{conversation.pk}/reply", form)


def test_a_file_is_checked_and_stored_in_no_transaction(desk, conversation, monkeypatch):
    in_transaction = []
    for place, name in ((evidence, "refuse_infected"), (obstore, "put")):
        before = getattr(place, name)

        def watched(*args, before=before):
            in_transaction.append(connection.in_atomic_block)
            return before(*args)

        monkeypatch.setattr(place, name, watched)
    assert send(desk, conversation).status_code == 204
    assert in_transaction == [False, False]


@pytest.mark.parametrize("form", [{}, {"note": "1", "file": ""}])
def test_what_is_sent_and_its_row_in_the_audit_are_stored_together_or_not_at_all(
    desk, conversation, sophie, monkeypatch, form
):
    with monkeypatch.context() as broken:
        broken.setattr("bot.desk.noting.note", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send(desk, conversation, **form)
    assert not conversation.messages.exists()
    assert not Note.objects.exists()
    assert not SentFile.objects.exists()
    assert send(desk, conversation, **form).status_code == 204
    assert list(Entry.objects.values_list("act", "who", "conversation")) == [("desk:reply", sophie.pk, conversation.pk)]


def test_a_note_with_a_file_is_refused_in_words_and_not_kept_without_it(desk, conversation):
    answer = send(desk, conversation, note="1")
    assert answer.status_code == 422
    assert "ne prend pas de fichier" in answer.content.decode()
    assert not Note.objects.exists()
