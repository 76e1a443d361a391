import base64
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.conversations.models import Conversation, Evidence, Message
from bot.texts import say
from tests.pictures import PDF, photo_with_gps, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHOTO = {"name": "faux SMS.jpg", "mimeType": "image/jpeg", "buffer": photo_with_gps()}
DOCUMENT = {"name": "plainte.pdf", "mimeType": "application/pdf", "buffer": PDF}
TOO_LARGE = {"name": "film.jpg", "mimeType": "image/jpeg", "buffer": bytes(21 * 1024 * 1024)}
DISGUISED = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"<html><script>alert(1)</script></html>"}
GIVE = """([kind, encoded]) => {
  const data = new DataTransfer();
  const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
  data.items.add(new File([bytes], "image.png", { type: "image/png" }));
  const options = { bubbles: true, cancelable: true };
  if (kind === "paste") document.getElementById("text").dispatchEvent(
    new ClipboardEvent("paste", { ...options, clipboardData: data }));
  else for (const name of ["dragover", "drop"]) document.body.dispatchEvent(
    new DragEvent(name, { ...options, dataTransfer: data }));
}"""


def attach(page: Page, *files: dict) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Joindre une photo ou un PDF").click()
    chooser.value.set_files(list(files))


def thumbnails(page: Page):
    return page.locator(".message.member[data-id] .thumbnail img")


def expect_loaded(image) -> None:
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") == 40


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_photo_shows_its_thumbnail_and_a_receipt_without_accessibility_violation(page, scheme, width):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 760})
    attach(page, PHOTO, DOCUMENT)

    expect(thumbnails(page)).to_have_count(1)
    expect_loaded(thumbnails(page).first)
    expect(page.get_by_text("Bien reçu : faux SMS.jpg")).to_be_visible()
    expect(page.locator("a.chip", has_text="plainte.pdf")).to_have_attribute("download", "plainte.pdf")
    expect(page.get_by_text("Bien reçu : plainte.pdf")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Conversation.objects.count() == 1


def test_a_reload_shows_the_files_again(page):
    attach(page, PHOTO)
    expect(thumbnails(page)).to_have_count(1)

    page.reload()
    expect(thumbnails(page)).to_have_count(1)
    expect_loaded(thumbnails(page).first)


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_an_image_is_pasted_or_dropped(page, kind):
    page.evaluate(GIVE, [kind, base64.b64encode(picture("PNG")).decode()])

    expect(thumbnails(page)).to_have_count(1)
    expect(page.locator("#drop")).to_be_hidden()
    assert Evidence.objects.get().media_type == "image/png"


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(page):
    attach(page, TOO_LARGE)

    expect(page.get_by_text(say("evidence_too_large", limit=20))).to_be_visible()
    expect(page.get_by_role("button", name="Réessayer")).to_have_count(0)
    page.get_by_role("button", name="Supprimer").click()
    expect(page.locator(".message")).to_have_count(0)
    assert not Message.objects.exists()


def test_what_the_server_refuses_is_explained_and_stops_no_other_file(page, complaints):
    attach(page, DISGUISED, PHOTO)

    expect(page.get_by_text(say("evidence_type"))).to_be_visible()
    expect(thumbnails(page)).to_have_count(1)
    assert [line for line in complaints if "415" not in line] == []
    complaints.clear()  # the browser notes every 4xx


def test_a_lost_network_is_told_and_the_file_is_sent_again_once(page, context):
    context.route("**/api/chat/evidence", lambda route: route.abort("internetdisconnected"))
    attach(page, PHOTO)
    expect(page.get_by_text("Non envoyé : pas de connexion.")).to_be_visible()

    context.unroute("**/api/chat/evidence")
    page.get_by_role("button", name="Réessayer").click()
    expect(thumbnails(page)).to_have_count(1)
    expect(page.locator(".message.member")).to_have_count(1)
    assert Evidence.objects.count() == 1


def test_a_file_and_a_text_sent_at_once_open_one_conversation(page):
    attach(page, PHOTO)
    page.get_by_label("Votre message").fill("voici la capture")
    page.keyboard.press("Enter")

    expect(page.locator(".message.member[data-id]")).to_have_count(2)
    assert Conversation.objects.count() == 1


def test_the_paper_clip_works_with_the_keyboard_and_says_what_never_to_send(page):
    button = page.get_by_role("button", name="Joindre une photo ou un PDF")
    expect(button).to_have_accessible_description(re.compile("image intime"))
    with page.expect_file_chooser() as chooser:
        button.press("Enter")
    chooser.value.set_files([PHOTO])

    expect(thumbnails(page)).to_have_count(1)
    expect(page.get_by_label("Votre message")).to_be_focused()
