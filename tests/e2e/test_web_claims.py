import re
import time
from collections.abc import Iterator

import jwt
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from bot.conversations.answering import answer
from bot.conversations.models import Author, Conversation, Message
from bot.members.models import Member
from tests.claims import DeafEngine, open_one
from tests.pictures import picture
from tests.web_server import WebServer, running_web

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECRET = "a shared secret of 32 characters or more"
PHOTO = {"name": "faux SMS.jpg", "mimeType": "image/jpeg", "buffer": picture()}


@pytest.fixture(scope="module")
def web_without_worker(django_db_setup, tmp_path_factory) -> Iterator[WebServer]:
    """Start a web process that knows the insurer's secret, and opens links which this process signs."""
    secrets = {"CYBERCARE_IDENTITY_SECRET": SECRET, "CYBERCARE_SECRET_KEY": settings.SECRET_KEY}
    with running_web(tmp_path_factory.mktemp("web") / "log", **secrets) as server:
        yield server


def write(page: Page, text: str) -> None:
    page.get_by_label("Votre message").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(".message.member[data-id]")).not_to_have_count(0)


def play_worker(page: Page, taps: int) -> None:
    """Answer the newest message once the server has as many as were sent."""
    expect(page.locator(".message.member[data-id]")).to_have_count(taps)
    answer(Message.objects.filter(author=Author.MEMBER).latest("number").pk, DeafEngine())


def test_a_photo_is_named_and_the_list_changed_by_taps_and_the_page_is_one_tap_away(page, context):
    page.emulate_media(reduced_motion="reduce")  # a message that fades in has no contrast yet
    write(page, "bonjour")
    claim = open_one(Conversation.objects.get())
    page.locator("#files").set_input_files([PHOTO])
    page.get_by_role("button", name=re.compile("attestation")).click()
    play_worker(page, 3)
    page.get_by_role("button", name="Voir les pièces").click()
    play_worker(page, 4)
    expect(page.get_by_text("jointe")).to_have_count(1)
    page.get_by_role("button", name=re.compile(r"^3\. extrait")).click()
    play_worker(page, 5)
    page.get_by_role("button", name=re.compile("N.existe pas")).click()
    play_worker(page, 6)
    expect(page.locator(".message.bot").last.get_by_text(re.compile("^n.existe pas$"))).to_have_count(1)
    assert claim.documents.filter(state="attached").count() == 1
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_printable_page_has_no_accessibility_violation_and_fits_its_screen(page, scheme, width):
    from bot.claims.links import page_url

    write(page, "bonjour")
    claim = open_one(Conversation.objects.get(), amount_cents=85_000, story="Un récit.")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(page.url.rstrip("/") + page_url(claim).split(":8000")[1])
    expect(page.get_by_role("heading", name=claim.reference)).to_be_visible()
    expect(page.get_by_role("button", name="Imprimer")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_download() as download:
        page.get_by_role("link", name="Garder en PDF").click()
    assert download.value.suggested_filename == f"dossier-{claim.reference}.pdf"


def test_an_identity_behind_the_address_is_used_and_leaves_the_address(context, web_without_worker):
    member = Member.objects.create(
        contract="C-1", household="C-1", first_name="Jeanne", last_name="Dupont", imported_at=timezone.now()
    )
    token = jwt.encode({"sub": "C-1", "aud": "cybercare", "exp": time.time() + 60}, SECRET, algorithm="HS256")
    page = context.new_page()
    page.goto(f"{web_without_worker.address}/#identity={token}")
    write(page, "bonjour")
    assert page.url == f"{web_without_worker.address}/"
    assert [talk.member for talk in Conversation.objects.all()] == [member.pk]


def test_with_a_bad_identity_the_member_may_still_report(context, web_without_worker):
    page = context.new_page()
    page.goto(f"{web_without_worker.address}/#identity=x.y.z")
    write(page, "bonjour")
    assert [talk.member for talk in Conversation.objects.all()] == [None]
