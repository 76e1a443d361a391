"""The question after a closing, on the member's page."""

import re
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.conversations import handling
from bot.conversations.answering import answer
from bot.conversations.models import Author, Conversation, Rating
from bot.conversations.ownership import Owner
from bot.turn import Reading
from tests.desk import say_as

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADVISER = uuid4()
SOON = 10_000  # milliseconds


class Engine:
    def read(self, text: str) -> Reading:
        return Reading("thank", 0.0)


def begin(page: Page) -> Conversation:
    page.get_by_label("Votre message").fill("J'ai donné mes codes")
    page.keyboard.press("Enter")
    expect(page.locator(".message.member[data-id]")).to_have_count(1)
    conversation = Conversation.objects.get()
    say_as(conversation.pk, ADVISER, "Votre banque a bloqué la carte.", uuid4().hex)
    handling.close(conversation.pk, ADVISER, "solved")
    expect(scores(page)).to_be_visible(timeout=SOON)
    return conversation


def scores(page: Page):
    return page.get_by_role("group", name="Votre note, de 1 à 5")


def test_a_score_and_a_few_words_leave_the_conversation_closed(page):
    conversation = begin(page)
    expect(scores(page).get_by_role("button")).to_have_count(5)
    scores(page).get_by_role("button", name="4 Bonne").focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Votre avis, facultatif")
    expect(field).to_be_visible(timeout=SOON)
    expect(scores(page).get_by_role("button", name="5 Très bonne")).to_be_disabled()
    field.fill("Rapide et clair.")
    page.get_by_role("button", name="Envoyer", exact=True).first.click()
    expect(page.locator(".message.member[data-id]", has_text="Rapide et clair.")).to_have_count(1, timeout=SOON)
    answer(conversation.messages.filter(author=Author.MEMBER).latest("number").pk, Engine())
    expect(page.get_by_text("Merci, c’est noté.")).to_be_visible(timeout=SOON)
    expect(field).to_be_hidden()
    rating = Rating.objects.get()
    assert (rating.score, rating.words) == (4, "Rapide et clair.")
    conversation.refresh_from_db()
    assert conversation.owner == Owner.CLOSED


def test_who_wants_to_say_no_more_taps_no_thanks(page):
    begin(page)
    scores(page).get_by_role("button", name=re.compile("^1")).click()
    page.get_by_role("button", name="Non merci").click()
    expect(page.get_by_text("Merci, c’est noté.")).to_be_visible(timeout=SOON)
    page.reload()
    expect(page.get_by_text("Merci, c’est noté.")).to_be_visible(timeout=SOON)
    expect(page.get_by_label("Votre avis, facultatif")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_card_has_no_accessibility_violation_and_no_sideways_scrolling(page, scheme, width):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    begin(page)
    check(page, width)
    scores(page).get_by_role("button", name="3 Moyenne").click()
    expect(page.get_by_label("Votre avis, facultatif")).to_be_visible(timeout=SOON)
    check(page, width)


def check(page: Page, width: int) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
