"""Files that an adviser sends: what they lose, who sees them, which are refused."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bot.conversations import evidence
from bot.conversations.models import SentFile
from tests.desk import answers, page, say_as, send, signed_in
from tests.pictures import GPS, PDF, opened, photo_with_gps

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_picture_loses_where_it_was_taken_and_is_seen_by_the_member_and_by_colleagues(desk, conversation, marc):
    given = SimpleUploadedFile("plan.jpg", photo_with_gps())
    assert send(desk, conversation, "Voici le plan.", file=given).status_code == 204
    sent = SentFile.objects.get()
    assert not opened(evidence.read(sent)).getexif().get_ifd(GPS)
    assert (sent.message.text, sent.name, sent.media_type) == ("Voici le plan.", "plan.jpg", "image/jpeg")
    colleague = signed_in(marc)
    assert f"/files/{sent.pk}" in page(colleague, conversation)
    assert colleague.get(f"/desk/c/{conversation.pk}/files/{sent.pk}")["Content-Type"] == "image/jpeg"
    assert colleague.get(f"/desk/c/{conversation.pk}/files/{sent.pk}?small").status_code == 200
    assert colleague.get(f"/desk/c/{uuid4()}/files/{sent.pk}").status_code == 404


@pytest.mark.parametrize(
    ("content", "words"), [(b"MZ a program", "PDF"), (b"\xff\xd8\xff broken", "ouvrir"), (bytes(21 << 20), "20 Mo")]
)
def test_a_file_that_is_not_taken_is_explained_and_nothing_is_sent(desk, conversation, content, words):
    answer = send(desk, conversation, "Voici.", file=SimpleUploadedFile("f.pdf", content))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert answers(conversation) == []
    assert not SentFile.objects.exists()
    assert list((evidence.settings().var / "evidence").rglob("*/*")) == []


def test_a_file_sent_twice_arrives_once(desk, conversation):
    for _ in range(2):
        send(desk, conversation, key="same", file=SimpleUploadedFile("a.pdf", PDF))
    assert SentFile.objects.count() == len(answers(conversation)) == 1


def test_a_colleagues_conversation_takes_no_file(desk, conversation, marc):
    say_as(conversation.pk, marc.pk, "Bonjour", "desk:1")
    answer = send(desk, conversation, file=SimpleUploadedFile("a.pdf", PDF))
    assert answer.status_code == 409
    assert "Marc Exemple a déjà pris" in answer.content.decode()
    assert not SentFile.objects.exists()
    assert list((evidence.settings().var / "evidence").rglob("*/*")) == []
