"""A browser, and the web process without a worker: tests play the bot's part themselves."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.web_server import WebServer, running_web

if TYPE_CHECKING:
    from tests.desk_browser import Desk

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SOON = 15_000  # milliseconds that a page may take on a busy machine; Playwright's own are 5,000
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@pytest.fixture(scope="session")
def web_without_worker(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    with running_web(tmp_path_factory.mktemp("web") / "log") as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        assert not os.environ.get("CI"), "Chromium is missing; in CI the browser tests must run"
        pytest.skip("Chromium is not installed")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's sync API keeps an event loop on this thread
    expect.set_options(timeout=SOON)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-BE")
    yield context
    context.close()


@pytest.fixture
def new_desk(browser: Browser, web_without_worker: WebServer, complaints: list[str]) -> Iterator["Callable[..., Desk]"]:
    """Return what opens one more adviser's browser; in the end no console may have complained."""
    from tests.desk_browser import Desk  # late: it needs Django's models

    desks: list[Desk] = []

    def make(name: str = "Sophie Exemple", before: str = "") -> Desk:
        desks.append(Desk(browser, web_without_worker.address, name, complaints, before))
        return desks[-1]

    yield make
    for desk in desks:
        desk.context.close()
    assert complaints == []


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console complained about, network failures apart."""
    return []


@pytest.fixture
def page(context: BrowserContext, web_without_worker: WebServer, complaints: list[str]) -> Iterator[Page]:
    """The chat; in the end, the console may not have complained (about the CSP, say)."""
    page = context.new_page()
    page.on("console", lambda message: _note(complaints, message.type, message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(web_without_worker.address)
    yield page
    assert complaints == []


def _note(complaints: list[str], kind: str, text: str) -> None:
    if kind in {"error", "warning"} and "Failed to load resource: net::ERR_" not in text:
        complaints.append(text)
