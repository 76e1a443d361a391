"""The figures in a browser: under the strict CSP, accessible, in light and dark, on a phone and on paper."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, StorageState, expect

from bench.analytics_data import Maker, fill, now
from bot.desk.models import Role
from tests.desk import PASSWORD, new_adviser
from tests.integration.analytics.conftest import count_all
from tests.web_server import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOARDS = {
    "incidents": "Incidents",
    "path": "Parcours",
    "humans": "Conseillers",
    "understanding": "Compréhension",
    "waves": "Vagues",
    "claims": "Dossiers",
}
SIZES = {"desk": (1280, 800), "wide": (1920, 1080), "phone": (390, 844)}


@pytest.fixture
def open_page(browser: Browser, web_without_worker: WebServer, complaints: list[str]) -> Iterator:
    """Return what opens a page as a supervisor; in the end no console may have complained (about the CSP, say)."""
    fill(Maker(now(), 40), conversations=150)
    count_all()
    state = _signed_in(browser, web_without_worker.address)
    contexts = []

    def make(path: str, size: str = "desk", scheme: str = "light") -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, storage_state=state
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _note(complaints, message.type, message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{web_without_worker.address}/desk/analytics/{path}")
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def _signed_in(browser: Browser, address: str) -> StorageState:
    """Sign in as people do; return the browser's cookies."""
    who = new_adviser("Sophie Exemple", Role.SUPERVISOR, PASSWORD)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/desk/login?next=/desk/analytics/incidents")
    page.get_by_label("Adresse e-mail").fill(who.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Incidents")
    state = context.storage_state()
    context.close()
    return state


def _note(complaints: list[str], kind: str, text: str) -> None:
    if kind in {"error", "warning"}:
        complaints.append(text)


def drawn(page: Page) -> int:
    """Return how many charts have something on their canvas."""
    return page.evaluate(
        "[...document.querySelectorAll('canvas')].filter((c) => c.width && new Uint32Array("
        "c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer).some((pixel) => pixel)).length"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_board_is_accessible_and_fits_the_screen(open_page, size, scheme):
    page = open_page("incidents", size, scheme)
    for board, title in BOARDS.items():
        page.goto(re.sub(r"analytics/.*", f"analytics/{board}?days=90", page.url))
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{board}: {found.generate_report()}"
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), board


def test_charts_are_drawn_and_have_their_table(open_page):
    page = open_page("incidents?days=90")
    expect(page.locator("canvas").first).to_be_visible()
    assert drawn(page) == page.locator("canvas").count() >= 7
    page.locator("#reports_by_subtype summary").click()
    row = page.locator("#reports_by_subtype tbody tr").first
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Signalements")
    expect(page.get_by_role("link", name=re.compile("Ouvrir")).first).to_be_visible()


def test_a_chart_is_saved_as_a_picture(open_page):
    page = open_page("incidents?days=90")
    with page.expect_download() as download:
        page.locator("#merchant .png").click()
    assert download.value.suggested_filename == "merchant.png"
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_filters_stay_when_another_board_is_opened(open_page):
    page = open_page("incidents")
    page.get_by_role("combobox", name="Famille").select_option("fraud")
    page.get_by_role("button", name="Afficher").click()
    page.get_by_role("link", name="Parcours").click()
    expect(page.get_by_role("combobox", name="Famille")).to_have_value("fraud")


def test_paper_shows_charts_without_controls(open_page):
    page = open_page("incidents?days=90")
    page.emulate_media(media="print")
    expect(page.locator("#merchant canvas")).to_be_visible()
    expect(page.get_by_role("button", name="Afficher")).to_be_hidden()
