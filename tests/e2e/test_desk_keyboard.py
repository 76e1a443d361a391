"""The desk by keyboard, at a zoom of 200 %, and for screen readers."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.conversations import handling
from bot.desk import tags
from bot.desk.models import Adviser
from tests.desk_browser import SOON, a_member, focus
from tests.stack import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
#: Presses the button as soon as it stands in the page, before anything else could run.
TAKES_AT_ONCE = """
new MutationObserver((_, observer) => {
  const take = document.querySelector('[data-act="take"]:not(#keys *)');
  if (take) { observer.disconnect(); take.click(); }
}).observe(document.getElementById("work"), { childList: true, subtree: true });
"""


def test_a_conversation_is_led_by_the_keyboard_alone_and_the_focus_is_never_lost(new_desk):
    first, second = a_member("le premier", safety="ongoing"), a_member("le second")
    tag = tags.save("Presse")
    sophie = new_desk()
    page = sophie.page
    page.reload()
    page.keyboard.press("u")
    expect(page.locator(".message.member")).to_contain_text("le premier")
    page.keyboard.press("u")
    expect(page.locator(".message.member")).to_contain_text("le second")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.locator(".message.member")).to_contain_text("le premier")

    page.keyboard.press("t")
    expect(page.get_by_text("À vous", exact=True)).to_be_visible()
    expect(sophie.row(first)).to_be_hidden(timeout=SOON)  # it waits no more: the focus moves on to the next line
    wait_until(lambda: page.evaluate("document.activeElement.closest('.row')?.id") == f"row-{second.pk}", 10)
    page.keyboard.press("p")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator('[data-act="priority"].choose')).to_contain_text("Vie en danger")
    wait_until(lambda: focus(page) == "priority", 10)
    page.keyboard.press("E")  # capitals may be locked
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#head .tag.own")).to_have_text("Presse")
    wait_until(lambda: focus(page) == "tags", 10)
    assert tags.tags_of([first.pk])[first.pk] == [tag]
    page.keyboard.press("a")
    expect(page.get_by_text("Avec l’assistant")).to_be_visible()
    wait_until(lambda: focus(page) == "tags", 10)
    page.keyboard.press("f")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Terminée", exact=True)).to_be_visible()
    wait_until(lambda: focus(page) == "talk", 10)
    expect(sophie.row(second)).to_be_visible()


def test_a_key_pressed_the_moment_a_conversation_is_shown_is_obeyed(new_desk):
    a_member("le premier")
    page = new_desk().page
    page.reload()
    page.evaluate(TAKES_AT_ONCE)
    page.keyboard.press("u")
    expect(page.get_by_text("À vous", exact=True)).to_be_visible()
    assert "csrf" not in page.url


def test_the_focus_stays_when_the_list_is_read_anew_and_moves_on_when_its_line_leaves(new_desk):
    first, second = a_member("le premier", safety="ongoing"), a_member("le second")
    sophie = new_desk()
    page = sophie.page
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('.row').id") == f"row-{first.pk}"
    page.evaluate("htmx.ajax('GET', '/desk/list?queue=waiting', {target: '#list', swap: 'innerHTML'})")
    wait_until(lambda: page.evaluate(f"document.activeElement.closest('.row')?.id === 'row-{first.pk}'"), 10)
    handling.take(first.pk, Adviser.objects.create_user("x@example.be", "Marc Exemple", "adviser").pk)
    wait_until(lambda: page.evaluate(f"document.activeElement.closest('.row')?.id === 'row-{second.pk}'"), 10)


def test_at_a_zoom_of_200_percent_opening_a_conversation_takes_the_focus_along(new_desk):
    conversation, sophie = a_member(), new_desk()
    sophie.page.set_viewport_size({"width": 640, "height": 400})
    sophie.page.reload()
    sophie.page.keyboard.press("j")
    sophie.page.keyboard.press("Enter")
    expect(sophie.page.locator(".message.member")).to_be_visible()
    wait_until(lambda: sophie.page.evaluate("document.activeElement.id === 'talk'"), 10)
    expect(sophie.row(conversation)).to_be_hidden()


def test_who_wants_no_single_keys_has_none(new_desk):
    a_member()
    sophie = new_desk()
    Adviser.objects.update(has_single_keys=False)
    sophie.page.reload()
    sophie.page.keyboard.press("?")
    sophie.page.keyboard.press("j")
    wait_until(lambda: focus(sophie.page) == "", 10)
    expect(sophie.page.locator("#help")).to_be_hidden()
    sophie.page.get_by_role("button", name="Raccourcis").click()
    expect(sophie.page.locator("#help")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_menus_and_pages_have_no_accessibility_violation(new_desk, scheme, width):
    conversation, sophie = a_member(safety="ongoing"), new_desk()
    Adviser.objects.update(role="supervisor")
    tags.put(conversation.pk, sophie.who, [str(tags.save("Presse").pk)])
    page = sophie.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 760})
    sophie.opens(conversation)
    for key in ("p", "e", "d", "f", "?"):
        page.keyboard.press(key)
        clean(page, key, width)
        page.keyboard.press("Escape")
    page.locator("#availability").click()
    clean(page, "availability", width)
    for path in ("account", "tags"):
        page.goto(f"{sophie.address}/desk/{path}")
        page.locator(".me summary").click()
        clean(page, path, width)


def clean(page: Page, where: str, width: int) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{where}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= width, where
