"""The round trip in browsers: a member in one, advisers in others."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.conversations.models import Author, Conversation, Message
from bot.conversations.ownership import Owner
from bot.conversations.services import hand_off
from tests.claims import open_one
from tests.conversing import say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOON = 10_000  # milliseconds


def begin(page: Page, text: str = "J'ai donné mes codes") -> Conversation:
    page.get_by_label("Votre message").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(".message.member[data-id]", has_text=text)).to_have_count(1)
    return Conversation.objects.get()


def test_from_the_member_to_the_adviser_and_back_to_the_bot(page, new_desk):
    desk = new_desk()
    conversation = begin(page)
    hand_off(conversation, "asked")

    expect(page.locator("#waiting")).to_contain_text("prochaine personne")
    expect(desk.row(conversation)).to_be_visible(timeout=SOON)
    expect(desk.page.locator('[data-count="waiting"]')).to_have_text("1")
    page.reload()
    expect(page.locator("#waiting")).to_contain_text("prochaine personne")

    desk.page.keyboard.press("j")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".message.member")).to_contain_text("mes codes")
    page.get_by_label("Votre message").press_sequentially("je précise")
    expect(desk.page.get_by_text("Le membre écrit…")).to_be_visible(timeout=SOON)
    page.keyboard.press("Enter")
    expect(desk.page.locator(".message.member", has_text="je précise")).to_be_visible(timeout=SOON)
    expect(desk.page.get_by_text("Le membre écrit…")).to_be_hidden()

    desk.page.keyboard.press("r")
    desk.page.keyboard.type("Bonjour, je vous lis.")
    expect(page.get_by_text("Un conseiller écrit…")).to_be_visible(timeout=SOON)
    desk.page.keyboard.press("Control+Enter")
    expect(page.locator(".adviser .bubble")).to_have_text("Bonjour, je vous lis.", timeout=SOON)
    expect(page.locator("#waiting")).to_be_hidden()
    expect(desk.page.locator(".message.adviser")).to_have_count(1)
    expect(desk.page.get_by_label("Votre réponse au membre")).to_have_value("")
    expect(desk.page.get_by_text("À vous", exact=True)).to_be_visible()
    expect(desk.row(conversation)).to_have_count(0)

    desk.page.get_by_role("button", name="Rendre à l’assistant").click()
    expect(page.get_by_text("Le conseiller vous repasse")).to_be_visible(timeout=SOON)
    conversation.refresh_from_db()
    assert conversation.owner == Owner.BOT


def test_two_advisers_answer_at_once_and_one_is_told(page, new_desk):
    conversation = begin(page)
    sophie, marc = new_desk("Sophie Exemple"), new_desk("Marc Exemple")
    for desk in (sophie, marc):
        desk.page.goto(f"{desk.address}/desk/c/{conversation.pk}")
    marc.page.route("**/events", lambda route: route.abort())
    sophie.answer("Bonjour de Sophie")
    expect(page.locator(".adviser .bubble")).to_have_text("Bonjour de Sophie", timeout=SOON)
    marc.answer("Bonjour de Marc")
    expect(marc.page.get_by_role("alert")).to_contain_text("Sophie Exemple a déjà pris")
    expect(marc.page.get_by_label("Votre réponse au membre")).to_have_value("Bonjour de Marc")
    assert Message.objects.filter(author=Author.ADVISER).count() == 1


def test_a_transfer_moves_the_line_from_one_desk_to_the_other(page, new_desk):
    conversation = begin(page)
    sophie, marc = new_desk("Sophie Exemple"), new_desk("Marc Exemple")
    sophie.page.goto(f"{sophie.address}/desk/c/{conversation.pk}?queue=mine")
    sophie.answer("Bonjour")
    expect(sophie.row(conversation)).to_be_visible(timeout=SOON)
    marc.page.goto(f"{marc.address}/desk/?queue=mine")
    sophie.page.get_by_text("Transférer", exact=True).first.click()
    sophie.page.get_by_label("À", exact=True).select_option(label="Marc Exemple")
    sophie.page.get_by_label("Note pour la suite").fill("Il attend un appel.")
    sophie.page.get_by_role("button", name="Transférer").click()
    expect(marc.row(conversation)).to_be_visible(timeout=SOON)
    expect(sophie.row(conversation)).to_have_count(0)
    marc.row(conversation).click()
    expect(marc.page).to_have_url(re.compile(rf"/desk/c/{conversation.pk}\?queue=mine$"))
    expect(marc.page.locator(".note")).to_contain_text("Il attend un appel.")
    expect(page.get_by_text("Il attend un appel.")).to_have_count(0)


def test_a_claims_answer_is_corrected_in_place(page, new_desk):
    conversation = begin(page)
    open_one(conversation, amount_cents=85000)
    desk = new_desk()
    desk.page.goto(f"{desk.address}/desk/c/{conversation.pk}")
    desk.page.locator(".change summary", has_text="850").click()
    desk.page.get_by_label("Montant").fill("beaucoup")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#panel").get_by_role("alert")).to_be_visible()
    desk.page.get_by_label("Montant").fill("1250")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".steps")).to_contain_text(re.compile("850,00.*→.*1.250,00"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 640, 1280])  # 640 is 1280 at a zoom of 200 %
def test_the_desk_has_no_accessibility_violation_and_no_sideways_scrolling(page, new_desk, scheme, width):
    conversation = begin(page)
    open_one(conversation, amount_cents=85000)
    say(conversation.pk, "**Appelez** :\n1. la banque", buttons=[{"title": "Oui", "payload": "/a"}])
    hand_off(conversation, "asked", "life")
    desk = new_desk()
    desk.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    desk.page.set_viewport_size({"width": width, "height": 760})
    for path in ("", f"c/{conversation.pk}", "account"):
        desk.page.goto(f"{desk.address}/desk/{path}")
        if path.startswith("c/"):
            expect(desk.page.locator("#history .bot")).to_be_visible()
        found = Axe().run(desk.page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_list_follows_when_the_stream_comes_back(page, new_desk):
    conversation = begin(page)
    desk = new_desk()
    desk.context.set_offline(True)
    hand_off(conversation, "asked")
    desk.context.set_offline(False)
    desk.page.reload()
    expect(desk.row(conversation)).to_be_visible(timeout=SOON)
