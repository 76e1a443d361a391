"""The main path in a real browser, on everything for real."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.browser]
STORY = "hier soir j'ai cliqué sur un faux SMS et ce matin 850 € ont disparu"
ANSWER_MS = 30_000
CONFIRM = re.compile("ouvrir le dossier")  # the page sets typographic apostrophes


@pytest.fixture
def live_page(context, stack, complaints):
    """The chat of the whole installation; in the end, the console may not have complained."""
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(stack.url)
    yield page
    assert complaints == []


def answers(page: Page):
    return page.locator(".message.bot")


def test_a_story_typed_and_answered_by_taps_ends_with_a_reference_also_after_a_reload(live_page, stack):
    page = live_page
    stack.said.add(STORY)
    page.get_by_label("Votre message").fill(STORY)
    page.keyboard.press("Enter")
    first_step = answers(page).locator("ol li").first
    expect(first_step.locator("strong", has_text="078 170 170")).to_be_visible(timeout=ANSWER_MS)
    expect(first_step.get_by_role("link", name="078 170 170")).to_have_attribute("href", "tel:+3278170170")

    expect(page.get_by_role("button", name="Je ne sais pas", exact=True)).to_be_enabled(timeout=ANSWER_MS)
    before = page.locator(".message").count()
    page.reload()
    expect(page.locator(".message")).to_have_count(before)
    answer_by_taps(page)

    expect(page.locator("dl.card")).to_contain_text("850,00")
    page.get_by_role("button", name=CONFIRM).click()
    expect(answers(page).last).to_contain_text(re.compile(r"CC-\d{4}-\d{4}-\d{4}-\d\d"), timeout=ANSWER_MS)
    reference = re.search(r"CC-[\d-]+\d", answers(page).last.inner_text())[0]
    assert stack.rows("SELECT 1 FROM claims_claim WHERE reference = %s", reference)


def answer_by_taps(page: Page) -> None:
    """Say that nothing is known until the recap is there: at most four times."""
    card = page.locator("dl.card")
    for _ in range(4):
        if card.count():
            return
        shown = page.locator(".message").count()
        page.get_by_role("button", name="Je ne sais pas", exact=True).last.click()
        expect(page.locator(".message").nth(shown + 1)).to_be_visible(timeout=ANSWER_MS)
    expect(card).to_be_visible()
