"""What members never see: notes for colleagues, and drafts."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from bot.conversations import evidence, handling
from bot.conversations.erasure import erase
from bot.conversations.models import Message, SentFile
from bot.conversations.ownership import Owner
from bot.conversations.receiving import Inbound, receive
from bot.desk import moves
from bot.desk.forgetting import forget_what_is_over
from bot.desk.models import Draft, Note
from tests.desk import answers, page, say_as, send, signed_in
from tests.pictures import PDF

pytestmark = pytest.mark.django_db(transaction=True)


def write(conversation, text="bonjour") -> Message:
    return receive(Inbound(conversation.pk, uuid4().hex, text))


def test_a_note_is_read_by_colleagues_only_and_stays_across_hand_overs(desk, conversation, sophie, marc):
    write(conversation)
    key = uuid4().hex
    for _ in range(2):
        assert send(desk, conversation, "Il est très inquiet. {prenom}", note="1", key=key).status_code == 204
    note = Note.objects.get()
    assert (note.text, note.author_id, note.about) == ("Il est très inquiet. {prenom}", sophie.pk, "")
    assert answers(conversation) == []
    conversation.refresh_from_db()
    assert conversation.owner == Owner.BOT

    handling.take(conversation.pk, sophie.pk)
    moves.transfer(conversation.pk, sophie, f"adviser:{marc.pk}", "à suivre")
    moves.release(conversation.pk, marc)
    assert "Il est très inquiet." in page(signed_in(marc), conversation)


def test_a_note_appears_on_a_desk_that_shows_the_conversation_already(desk, conversation, marc):
    number = write(conversation).number
    Message.objects.filter(number=number).update(edited_at=None, delivered_at=None)
    send(desk, conversation, "Relire le récit.", note="1")
    news = signed_in(marc).get(f"/desk/c/{conversation.pk}/messages?after={number}").content.decode()
    assert "Relire le récit." in news


def test_a_colleague_may_note_where_another_one_answers(desk, conversation, marc):
    say_as(conversation.pk, marc.pk, "Bonjour", "desk:1")
    assert send(desk, conversation, "Je l'ai eu hier.", note="1").status_code == 204


def test_a_draft_is_kept_for_each_adviser_and_each_conversation(desk, conversation, marc):
    desk.post(f"/desk/c/{conversation.pk}/draft", {"text": "  Chère <Madame>", "note": "1"})
    assert "  Chère &lt;Madame&gt;</textarea>" in page(desk, conversation)
    assert Draft.objects.get().is_note
    assert "Madame" not in page(signed_in(marc), conversation)
    desk.post(f"/desk/c/{conversation.pk}/draft", {"text": " "})
    assert not Draft.objects.exists()


def test_a_draft_that_nobody_touched_for_a_month_is_forgotten(desk, conversation):
    desk.post(f"/desk/c/{conversation.pk}/draft", {"text": "Bonjour"})
    forget_what_is_over()
    assert Draft.objects.exists()
    Draft.objects.update(at=timezone.now() - timedelta(days=31))
    forget_what_is_over()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("form", [{}, {"note": "1"}])
def test_what_was_sent_is_no_draft_any_more(desk, conversation, form):
    desk.post(f"/desk/c/{conversation.pk}/draft", {"text": "Bonjour"})
    send(desk, conversation, "Bonjour", **form)
    assert not Draft.objects.exists()


def test_an_answer_that_is_refused_stays_a_draft(desk, conversation):
    desk.post(f"/desk/c/{conversation.pk}/draft", {"text": "Bonjour {prenom}"})
    send(desk, conversation, "Bonjour {prenom}")
    assert Draft.objects.get().text == "Bonjour {prenom}"


def test_what_the_member_has_erased_leaves_no_sent_file_no_note_and_no_draft(desk, conversation):
    send(desk, conversation, file=SimpleUploadedFile("a.pdf", PDF))
    send(desk, conversation, "Attention.", note="1")
    desk.post(f"/desk/c/{conversation.pk}/draft", {"text": "commencé"})
    erase(conversation.pk, keep=write(conversation).pk)
    assert not SentFile.objects.exists()
    assert not Note.objects.exists()
    assert not Draft.objects.exists()
    assert [path for path in (evidence.settings().var / "evidence").rglob("*") if path.is_file()] == []
