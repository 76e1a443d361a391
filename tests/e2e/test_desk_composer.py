"""The composer in a browser: ready answers by keyboard, notes, drafts, files, asking for a piece."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from bot.claims.models import Claim
from bot.conversations.models import Author, Conversation, SentFile
from bot.desk.models import CannedReply, Draft, Role
from bot.desk.shipped import shipped_replies
from bot.members.models import Member
from tests.claims import open_one
from tests.desk import PASSWORD, new_adviser
from tests.pictures import PDF, picture
from tests.web_server import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOON = 10_000  # milliseconds


@pytest.fixture
def conversation(page: Page) -> Conversation:
    """A member who is known, and has a claim."""
    page.get_by_label("Votre message").fill("J'ai donné mes codes")
    page.keyboard.press("Enter")
    expect(page.locator(".message.member[data-id]")).to_have_count(1)
    found = Conversation.objects.get()
    member = Member.objects.create(
        contract="EX-1", household="H", first_name="Amélie", last_name="Exemple", imported_at=timezone.now()
    )
    Conversation.objects.update(member=member.pk)
    open_one(found, amount_cents=85000)
    CannedReply.objects.all().delete()
    CannedReply.objects.bulk_create(CannedReply(**each) for each in shipped_replies())
    return found


@pytest.fixture
def desk(
    browser: Browser, web_without_worker: WebServer, conversation: Conversation, complaints: list[str]
) -> Iterator[Page]:
    """Sophie's browser with the conversation open; its console may not have complained."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="fr-BE")
    context.set_default_timeout(SOON)
    who = new_adviser("Sophie Exemple", Role.ADVISER, PASSWORD)
    desk = context.new_page()
    desk.on("console", lambda message: message.type in ("error", "warning") and complaints.append(message.text))
    desk.on("pageerror", lambda error: complaints.append(str(error)))
    desk.goto(f"{web_without_worker.address}/desk/login?next=/desk/c/{conversation.pk}")
    desk.get_by_label("Adresse e-mail").fill(who.email)
    desk.get_by_label("Mot de passe").fill(PASSWORD)
    with desk.expect_request("**/desk/events?*"):  # the last thing that a page does to be ready
        desk.keyboard.press("Enter")
    yield desk
    context.close()


def answer(desk: Page):
    return desk.locator("#answer")


def test_a_ready_answer_is_found_filled_and_sent_without_the_mouse(page, desk):
    desk.keyboard.press("r")
    desk.keyboard.type("/bonj")
    expect(desk.locator("#picks [aria-selected=true]")).to_contain_text("Se présenter")
    desk.keyboard.press("Enter")
    expect(answer(desk)).to_be_focused()
    expect(answer(desk)).to_have_value(re.compile("^Bonjour Amélie, je suis Sophie, de Cyber Care"))
    desk.keyboard.press("Control+Enter")
    expect(page.locator(".adviser .bubble")).to_contain_text("je suis Sophie", timeout=SOON)
    expect(answer(desk)).to_have_value("")
    expect(answer(desk)).to_be_focused()


def test_advice_contacts_and_arrows_and_a_way_back(page, desk):
    desk.keyboard.press("r")
    desk.keyboard.type("/")
    expect(desk.get_by_role("group", name="Conseils : ")).to_be_visible()
    first = desk.locator("#picks [aria-selected=true]").inner_text()
    desk.keyboard.press("ArrowDown")
    assert desk.locator("#picks [aria-selected=true]").inner_text() != first
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("ArrowUp")  # around to the last
    expect(desk.get_by_role("group", name="Contacts").get_by_role("option").last).to_have_attribute(
        "aria-selected", "true"
    )
    desk.keyboard.press("Escape")
    expect(answer(desk)).to_be_focused()
    expect(desk.locator("#picker")).to_be_hidden()

    answer(desk).fill("Appelez ")
    desk.get_by_role("button", name="Insérer").click()
    desk.keyboard.type("card stop carte")
    desk.get_by_role("group", name="Contacts").get_by_role("option").first.click()
    expect(answer(desk)).to_have_value("Appelez {card_stop}")
    expect(desk.locator("#legend")).to_contain_text("078 170 170")
    desk.keyboard.press("Control+Enter")
    link = page.locator(".adviser .bubble a")
    expect(link).to_have_attribute("href", "tel:+3278170170", timeout=SOON)


def test_what_is_missing_is_seen_before_and_blocks_sending(page, desk, complaints):
    Conversation.objects.update(member=None)
    Claim.objects.update(member=None)
    with desk.expect_request("**/desk/events?*"):
        desk.reload()
    answer(desk).fill("Bonjour {prenom}")
    expect(desk.locator("#legend .gap")).to_contain_text("à compléter")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("alert")).to_contain_text("le prénom du membre")
    expect(answer(desk)).to_have_value("Bonjour {prenom}")
    assert page.locator(".adviser").count() == 0
    complaints[:] = [text for text in complaints if "422" not in text]


def test_a_note_is_written_with_a_key_and_the_member_never_sees_it(page, desk, conversation):
    desk.locator("#history").focus()
    desk.keyboard.press("n")
    expect(desk.get_by_label("Votre note interne")).to_be_focused()
    desk.keyboard.type("Elle a peur de son ex.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".note")).to_contain_text("Elle a peur de son ex.", timeout=SOON)
    expect(desk.get_by_role("button", name="Envoyer")).to_be_visible()
    page.reload()
    expect(page.locator(".message.member")).to_have_count(1)
    assert page.get_by_text("peur de son ex").count() == 0
    assert not conversation.messages.filter(author=Author.ADVISER).exists()


def test_what_is_typed_survives_another_conversation_and_a_reload(desk, conversation, web_without_worker):
    answer(desk).fill("Je commence à vous répondre")
    desk.locator("label[for=as-note]").click()
    expect(desk.locator("#draft-state")).to_have_text("Brouillon gardé", timeout=SOON)
    desk.goto(f"{web_without_worker.address}/desk/")
    assert Draft.objects.get().conversation == conversation.pk
    desk.goto(f"{web_without_worker.address}/desk/c/{conversation.pk}")
    expect(desk.get_by_label("Votre note interne")).to_have_value("Je commence à vous répondre")


def test_a_picture_and_a_pdf_reach_the_member(page, desk):
    for name, kind, content in (
        ("plan.png", "image/png", picture("PNG", size=(400, 300))),
        ("lettre.pdf", "application/pdf", PDF),
    ):
        desk.locator("#file").set_input_files({"name": name, "mimeType": kind, "buffer": content})
        expect(desk.locator("#file-chip")).to_contain_text(name)
        desk.get_by_role("button", name="Envoyer").click()
        expect(desk.locator("#file-chip")).to_be_hidden(timeout=SOON)
    expect(page.locator(".adviser .thumbnail img")).to_have_js_property("naturalWidth", 400, timeout=SOON)
    expect(page.locator(".adviser a.chip")).to_contain_text("lettre.pdf", timeout=SOON)
    with page.expect_download() as download:
        page.locator(".adviser a.chip").click()
    assert download.value.suggested_filename == "lettre.pdf"
    expect(desk.locator(".message.adviser .evidence")).to_have_count(2)
    assert SentFile.objects.count() == 2


def test_a_piece_is_asked_for_with_one_click_and_the_state_is_changed(page, desk):
    desk.get_by_role("button", name="Demander : attestation").click()
    expect(answer(desk)).to_be_focused()
    expect(desk.locator("#asked")).to_contain_text("attestation")
    desk.keyboard.press("Control+Enter")
    expect(page.locator(".adviser .bubble")).to_contain_text("il nous manque une pièce", timeout=SOON)
    expect(page.get_by_role("button", name="Voir les pièces")).to_be_visible()
    expect(desk.locator("#panel")).to_contain_text("demandée le", timeout=SOON)
    expect(desk.locator("#asked li")).to_have_count(0)

    desk.locator(".state summary").click()
    expect(desk.get_by_label("Comment se termine-t-il ?")).to_be_hidden()
    desk.get_by_label("État du dossier").select_option("closed")
    desk.get_by_label("Comment se termine-t-il ?").select_option("helped")
    desk.get_by_role("button", name="Changer l’état").click()
    expect(page.locator(".system .bubble").last).to_contain_text("Clôturé", timeout=SOON)
    expect(desk.locator(".state summary")).to_contain_text("Aide apportée")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_composer_has_no_accessibility_violation(desk, scheme, width):
    desk.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    desk.set_viewport_size({"width": width, "height": 720})
    answer(desk).fill("Appelez {card_stop} {manque}")
    desk.locator("label[for=as-note]").click()
    desk.locator(".state summary").click()
    desk.get_by_role("button", name="Insérer").click()
    expect(desk.locator("#picks [role=option]").first).to_be_visible()
    found = Axe().run(desk)
    assert found.violations_count == 0, found.generate_report()
    assert desk.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_typed_while_an_answer_leaves_stays_and_only_that_is_a_draft(desk, conversation):
    held = []
    desk.route("**/reply", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks its handlers
    answer(desk).fill("Bonjour")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_timeout(300)
    desk.keyboard.type(" et voici la suite")
    desk.locator("#history").focus()
    desk.wait_for_timeout(1200)
    held[0].continue_()
    expect(desk.locator(".message.adviser")).to_have_count(1, timeout=SOON)
    expect(answer(desk)).to_have_value("et voici la suite")
    expect(desk.locator("#draft-state")).to_have_text("Brouillon gardé", timeout=SOON)
    assert Draft.objects.get().text == "et voici la suite"
    assert conversation.messages.filter(author=Author.ADVISER).count() == 1
