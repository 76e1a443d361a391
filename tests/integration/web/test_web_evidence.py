import contextlib
import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from bot.conversations import evidence
from bot.conversations.handling import Said
from bot.conversations.models import Evidence, Message
from bot.conversations.sending import send_file
from bot.settings import settings
from bot.texts import say
from tests.pictures import GPS, PDF, opened, photo_with_gps, picture
from tests.problems import problem

pytestmark = pytest.mark.django_db(transaction=True)
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    """Keep files in a folder of the test; return it."""
    monkeypatch.setattr(settings(), "var", tmp_path)
    evidence.store.cache_clear()
    yield tmp_path / "evidence"
    evidence.store.cache_clear()


def address_of_first(member) -> str:
    return f"/api/chat/evidence/{member.read().json()[0]['attachments'][0]['id']}"


def stored_files(store) -> int:
    return sum(path.is_file() for path in store.rglob("*"))


def test_a_photo_is_stored_with_its_message_and_confirmed_by_a_receipt(member):
    response = member.give(picture(), "capture.jpg")

    assert (response.status_code, response.json()) == (202, {"id": 1, "client_id": "f"})
    own, receipt = member.read().json()
    (kept,) = own["attachments"]
    assert (own["author"], own["text"], own["client_id"]) == ("member", "capture.jpg", "f")
    assert (kept["name"], kept["media_type"]) == ("capture.jpg", "image/jpeg")
    assert receipt["text"] == say("evidence_received", name="capture.jpg")
    assert Message.objects.get(number=1).command == "attachment"


def test_the_same_client_id_gets_the_same_answer_and_keeps_nothing_twice(member, store):
    answers = [member.give(content).json() for content in (picture(), picture(), PDF)]

    assert answers == [{"id": 1, "client_id": "f"}] * 3
    assert (Evidence.objects.count(), Message.objects.count(), stored_files(store)) == (1, 2, 1)


def test_a_client_id_of_64_characters_is_confirmed_too(member):
    assert member.give(picture(), client_id="x" * 64).status_code == 202
    assert len(member.read().json()) == 2


def test_a_photo_comes_back_upright_and_without_where_it_was_taken(member):
    given = photo_with_gps()
    assert opened(given).getexif().get_ifd(GPS)
    member.give(given)

    response = member.get(address_of_first(member))
    back = opened(response.content)
    assert response["Content-Type"] == "image/jpeg"
    assert not back.getexif()
    assert b"telephone" not in response.content
    turned_red, _, turned_blue = back.convert("RGB").getpixel((20, 25))
    assert turned_red > 200
    assert turned_blue < 60


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "P"), ("PNG", "RGBA"), ("PNG", "L"), ("WEBP", "RGB"), ("JPEG", "CMYK")]
)
def test_pictures_of_all_usual_kinds_keep_what_they_show(member, kind, mode):
    member.give(picture(kind, mode))

    shown = opened(member.get(address_of_first(member)).content)
    expected = opened(picture(kind, mode)).convert("RGB").getpixel((5, 5))
    assert all(abs(a - b) < 8 for a, b in zip(shown.convert("RGB").getpixel((5, 5)), expected, strict=True))


def test_an_image_is_given_back_with_headers_that_let_it_do_nothing_else(member):
    member.give(picture("PNG"), "écran.html")
    response = member.get(address_of_first(member))

    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["Content-Disposition"].startswith("inline")
    assert "no-store" in response["Cache-Control"]


def test_a_pdf_is_given_back_unchanged_and_only_as_a_download(member):
    member.give(PDF, "plainte police.pdf")
    response = member.get(address_of_first(member))

    assert (response.content, response["Content-Type"]) == (PDF, "application/pdf")
    assert response["Content-Disposition"] == 'attachment; filename="plainte police.pdf"'


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"<html><script>alert(1)</script></html>", 415, "evidence_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "evidence_type"),
        (b"GIF89a" + bytes(40), 415, "evidence_type"),
        (b"MZ\x90 a program", 415, "evidence_type"),
        (b"", 422, "evidence_broken"),
        (b"\xff\xd8\xff broken", 422, "evidence_broken"),
        (picture(size=(400, 300), quality=95)[:900], 422, "evidence_broken"),
        (bytes(21 * MEGABYTE), 413, "evidence_too_large"),
    ],
)
def test_a_refused_file_is_explained_in_french_and_leaves_nothing_behind(member, store, content, status, code):
    response = member.give(content, "photo.jpg")

    problem(response, status, code)
    assert response.json()["told"] == say(code, limit=20)
    assert not Message.objects.exists()
    assert stored_files(store) == 0


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(member, monkeypatch):
    monkeypatch.setattr(evidence, "MAX_PIXELS", 1000)

    problem(member.give(picture()), 413, "evidence_too_large")


def test_an_hour_holds_twenty_files_and_a_repeated_one_is_none_more(member, no_limits):
    for index in range(20):
        assert member.give(PDF, client_id=str(index)).status_code == 202
    refused = member.give(PDF, client_id="20")

    problem(refused, 429, "too_many_files")
    assert 3500 < int(refused["Retry-After"]) <= 3600
    assert "60 minutes" in refused.json()["told"]
    assert member.give(PDF, client_id="19").status_code == 202
    oldest = Evidence.objects.order_by("received_at").first()
    Evidence.objects.filter(pk=oldest.pk).update(received_at=timezone.now() - timedelta(minutes=61))
    assert member.give(PDF, client_id="20").status_code == 202


def test_files_count_as_messages_of_the_minute(member, monkeypatch):
    monkeypatch.setattr(settings(), "messages_per_minute", 1)
    assert member.give(PDF, client_id="a").status_code == 202

    problem(member.give(PDF, client_id="b"), 429, "too_many_requests")


def test_a_file_of_another_conversation_is_a_404(member, new_member):
    member.give(picture())
    address = address_of_first(member)

    problem(new_member().get(address), 404, "not_found")
    problem(member.get(f"/api/chat/evidence/{uuid4()}"), 404, "not_found")
    problem(member.get("/api/chat/evidence/x"), 404, "not_found")
    problem(Client().get(address), 401, "unauthorized")


def test_a_file_that_the_store_lost_is_a_404(member):
    member.give(picture())
    evidence.discard([Evidence.objects.get().key])

    problem(member.get(address_of_first(member)), 404, "not_found")


def test_what_an_adviser_sends_is_listed_and_given_back_to_this_member_only(member, new_member):
    adviser = uuid4()
    for name, content in (("plan.png", picture("PNG")), ("lettre.pdf", PDF)):
        send_file(UUID(member.conversation), adviser, Said("Voici.", uuid4().hex), name, content)
    image, pdf = (message["attachments"][0] for message in member.read().json() if message["author"] == "adviser")
    assert (image["name"], image["media_type"], pdf["name"]) == ("plan.png", "image/png", "lettre.pdf")
    shown = member.get(f"/api/chat/evidence/{pdf['id']}")
    assert (shown.content, shown["Content-Disposition"]) == (PDF, 'attachment; filename="lettre.pdf"')
    assert member.get(f"/api/chat/evidence/{image['id']}")["Content-Security-Policy"].startswith("sandbox")
    problem(new_member().get(f"/api/chat/evidence/{pdf['id']}"), 404, "not_found")


def test_an_erased_file_is_gone(member, store):
    from bot.conversations.erasure import erase

    member.give(picture())
    address = address_of_first(member)
    erase(member.conversation, keep=Message.objects.get(number=2).pk)

    problem(member.get(address), 404, "not_found")
    assert stored_files(store) == 0


def test_a_cookie_needs_the_csrf_token_to_give_a_file_and_not_to_see_it():
    browser = Client(enforce_csrf_checks=True)
    browser.get("/")
    browser.post("/api/chat/session")

    def give(**headers):
        form = {"client_id": "f", "file": SimpleUploadedFile("a.jpg", picture())}
        return browser.post("/api/chat/evidence", form, headers=headers)

    problem(give(), 403, "csrf_failed")
    assert give(**{"X-CSRFToken": browser.cookies["csrftoken"].value}).status_code == 202
    listed = browser.get("/api/chat/messages").json()
    assert browser.get(f"/api/chat/evidence/{listed[0]['attachments'][0]['id']}").status_code == 200


def test_a_name_loses_folders_control_characters_and_markup_in_the_receipt(member):
    member.give(PDF, "**ma** [plainte](x)\x07.pdf")

    own, receipt = member.read().json()
    assert own["attachments"][0]["name"] == "**ma** [plainte](x).pdf"
    assert "*" not in receipt["text"]


def test_the_name_of_a_screenshot_is_not_taken_for_a_card_number(member):
    member.give(picture("PNG"), "Screenshot_20261122_221504_Messages.png")

    own = member.read().json()[0]
    assert own["text"] == own["attachments"][0]["name"] == "Screenshot_20261122_221504_Messages.png"
    assert Message.objects.get(number=1).masked == []


def test_a_caption_is_the_message_and_is_answered(member):
    member.give(picture(), text="le faux SMS")

    message = Message.objects.get(number=1)
    assert (message.text, message.command) == ("le faux SMS", "")


@pytest.mark.parametrize("form", [{}, {"client_id": "a"}, {"client_id": "", "file": 1}, {"client_id": "é", "file": 1}])
def test_an_incomplete_form_is_refused(member, form):
    if "file" in form:
        form = {**form, "file": SimpleUploadedFile("a.pdf", PDF)}
    response = member.client.post("/api/chat/evidence", form, headers={"Authorization": f"Bearer {member.token}"})

    problem(response, 422, "invalid")


@pytest.mark.parametrize(
    "body", [b"", b"--x", b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n', b"\xff" * 99]
)
@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x", "application/json"])
def test_no_damaged_body_breaks_it(member, body, kind):
    headers = {"Authorization": f"Bearer {member.token}"}
    response = member.client.post("/api/chat/evidence", body, content_type=kind, headers=headers)

    assert 400 <= response.status_code < 500
    assert response.json()["error"]


def test_two_files_at_once_are_refused(member):
    problem(member.give(PDF, second=SimpleUploadedFile("b.pdf", PDF)), 422, "one_file")
    assert not Message.objects.exists()


def test_over_the_network_21_megabytes_are_refused_in_words_and_more_without_reading_on(web):
    import httpx

    with httpx.Client(base_url=web.address, timeout=60) as http:
        token = http.post("/api/chat/session").json()["token"]
        http.headers["Authorization"] = f"Bearer {token}"
        http.cookies.clear()
        refused = http.post(
            "/api/chat/evidence", data={"client_id": "a"}, files={"file": ("a.jpg", bytes(21 * MEGABYTE))}
        )
        problem(refused, 413, "evidence_too_large")
        assert refused.json()["told"]

        def endless():
            for _ in range(40):
                yield bytes(MEGABYTE)

        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        with contextlib.suppress(httpx.TransportError):  # hung up while we were still writing: as good a refusal
            problem(http.post("/api/chat/evidence", content=endless(), headers=headers), 413, "content_too_large")
        assert http.get("/health").json() == {"ok": True}


def test_the_interface_describes_how_files_come_and_go():
    paths = Client().get("/api/openapi.json").json()["paths"]

    assert "multipart/form-data" in json.dumps(paths["/api/chat/evidence"]["post"])
    assert "application/pdf" in json.dumps(paths["/api/chat/evidence/{evidence_id}"]["get"])
