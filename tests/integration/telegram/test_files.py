import io

import obstore
import pytest
from PIL import Image

from bot.conversations import evidence
from bot.conversations.models import Evidence, Message
from bot.texts import say

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
RECEIVED = "Bien reçu : photo.jpg. Le document est gardé avec cette conversation, le conseiller le verra."


@pytest.fixture
def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return out.getvalue()


def test_a_photo_is_kept_in_its_largest_size_with_one_receipt(telegram, photo):
    telegram.peer.repeat(telegram.peer.send_photo(photo))

    assert telegram.exchange() == [RECEIVED]
    kept = Evidence.objects.get()
    assert kept.media_type == "image/jpeg"
    assert obstore.get(evidence.store(), kept.key).bytes()[:3] == photo[:3]


def test_a_repeated_download_job_keeps_nothing_twice(telegram, photo):
    from bot.channels.telegram.tasks import fetch_telegram_file

    telegram.peer.send_photo(photo)
    telegram.exchange()
    fetch_telegram_file.defer(message_id=Message.objects.get(author="member").pk)

    assert telegram.exchange() == [RECEIVED]
    assert Evidence.objects.count() == 1


def test_each_photo_of_an_album_gets_a_receipt_and_the_caption_an_answer(telegram, photo):
    telegram.peer.send_photo(photo, media_group_id="9", caption="le faux SMS")
    telegram.peer.send_photo(photo, media_group_id="9")
    telegram.peer.send_photo(photo, media_group_id="9")

    told = sorted(RECEIVED.replace("photo", name) for name in ("photo", "photo-2", "photo-3"))
    assert sorted(telegram.exchange()) == [*told, "vous dites : le faux SMS"]
    assert Evidence.objects.count() == 3


def test_a_pdf_keeps_its_name(telegram):
    telegram.peer.send_document(PDF, "plainte **police**.pdf")

    assert telegram.exchange()[0].startswith("Bien reçu : plainte   police  .pdf")
    assert Evidence.objects.get().media_type == "application/pdf"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"MZ\x90 a program", "evidence_type"),
        (b"<html></html>", "evidence_type"),
        (b"", "evidence_broken"),
        (b"\xff\xd8\xff broken", "evidence_broken"),
    ],
)
def test_other_types_are_refused_clearly(telegram, content, reason):
    telegram.peer.send_document(content, "facture.pdf")

    assert telegram.exchange() == [say(reason)]
    assert not Evidence.objects.exists()


def test_a_file_that_telegram_gives_to_no_bot_is_refused_without_asking_for_it(telegram):
    telegram.peer.send_document(PDF, "film.pdf", document={"file_size": 21 * 1024 * 1024})

    assert telegram.exchange() == [say("evidence_too_large", limit=20)]
    assert telegram.peer.called("getFile") == []


@pytest.mark.parametrize("method", ["getFile", "download"])
def test_a_failed_download_is_tried_again(telegram, photo, method):
    telegram.peer.fail_next(method, 500)
    telegram.peer.send_photo(photo)

    assert telegram.exchange() == [RECEIVED]


def test_the_member_is_told_when_the_download_fails_for_good(telegram, photo, monkeypatch):
    from bot.channels.telegram import files

    monkeypatch.setattr(files, "ATTEMPTS", 1)
    telegram.peer.fail_next("getFile", 500)
    telegram.peer.send_photo(photo)

    assert telegram.exchange() == [say("evidence_failed")]


def test_a_gif_is_declined(telegram):
    gif = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}
    telegram.peer.send_document(b"GIF89a", "drole.gif", animation=gif)

    assert telegram.exchange() == [say("unsupported")]
