"""Correcting in one click, and the review by keyboard alone."""

from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.conversations.receiving import open_conversation
from bot.conversations.services import hand_off
from bot.desk.models import Adviser, Role
from bot.learning.models import Example
from tests.learning import PHISHING, ROMANCE, report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOON = 10_000  # milliseconds


def propose(text: str, conversation) -> Example:
    values = {"label": f"report_{PHISHING}", "guess": f"report_{ROMANCE}", "confidence": 0.4, "why": "missed"}
    return Example.objects.create(digest=uuid4().hex, text=text, conversation=conversation.pk, **values)


@pytest.fixture
def review(new_desk) -> Page:
    """The review page of a supervisor, with three sentences."""
    conversation = open_conversation("web")
    for text in ("première phrase", "deuxième phrase", "troisième phrase"):
        propose(text, conversation)
    desk = new_desk()
    Adviser.objects.filter(pk=desk.who.pk).update(role=Role.SUPERVISOR)
    desk.page.goto(f"{desk.address}/desk/review")
    return desk.page


def test_one_click_corrects_the_conversation_everywhere_on_the_page(new_desk):
    conversation = open_conversation("web")
    report(conversation, "un homme sur internet me demande de l'argent")
    hand_off(conversation, "asked")
    desk = new_desk()
    desk.page.goto(f"{desk.address}/desk/c/{conversation.pk}")
    desk.page.locator(".guesses").get_by_role("button", name="amoureuse").click()
    for place in (".incident", "#head h2", f"#row-{conversation.pk}"):
        expect(desk.page.locator(place)).to_contain_text("amoureuse", timeout=SOON)
    desk.page.get_by_text("un autre type").click()
    desk.page.get_by_label("Autre type").fill("Fraude : Faux webshop")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#head h2")).to_contain_text("Faux webshop", timeout=SOON)


def test_sentences_are_decided_and_taken_back_by_keys_alone(review):
    for key in ("j", "a"):
        review.keyboard.press(key)
    expect(review.locator(".decided")).to_have_count(1)
    expect(review.locator(".example:focus")).to_contain_text("deuxième phrase")
    review.keyboard.press("x")
    expect(review.locator(".decided")).to_have_count(2)
    expect(review.locator("#left")).to_have_text("1")
    review.keyboard.press("u")
    expect(review.locator(".example:focus")).to_contain_text("deuxième phrase")
    expect(review.locator("#left")).to_have_text("2")
    review.keyboard.press("t")
    review.keyboard.type("Fraude : Faux webshop")
    review.keyboard.press("Enter")
    expect(review.locator(".decided", has_text="Faux webshop")).to_be_visible()
    states = dict(Example.objects.values_list("text", "state"))
    assert states == {"première phrase": "accepted", "deuxième phrase": "accepted", "troisième phrase": "proposed"}
    assert Example.objects.get(text="deuxième phrase").label == "report_fraud/fake_shop"


def test_a_label_that_is_none_leaves_the_sentence_where_it_is(review):
    review.keyboard.press("j")
    review.keyboard.press("t")
    review.keyboard.type("n'importe quoi")
    review.keyboard.press("Enter")
    expect(review.get_by_role("alert")).to_contain_text("Choisissez un type")
    assert not Example.objects.exclude(state="proposed").exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_review_and_audit_have_no_accessibility_violation_and_no_sideways_scrolling(review, scheme, width):
    Adviser.objects.update(role=Role.ADMINISTRATOR)
    review.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    review.set_viewport_size({"width": width, "height": 760})
    for page in ("review", "audit"):
        review.goto(review.url.rsplit("/", 1)[0] + f"/{page}")
        found = Axe().run(review)
        assert found.violations_count == 0, f"{page}: {found.generate_report()}"
        assert review.evaluate("document.documentElement.scrollWidth") <= width, page
