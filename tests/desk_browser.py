"""One adviser's browser at the desk, and members to talk to, for browser tests."""

import re
from contextlib import AbstractContextManager

from playwright.sync_api import Browser, Locator, Page, expect

from bot.conversations.models import Conversation
from bot.conversations.receiving import Inbound, open_conversation, receive
from bot.conversations.services import hand_off
from bot.desk.models import Role
from tests.desk import PASSWORD, new_adviser

SOON = 10_000  # milliseconds


class Desk:
    """One adviser's browser, signed in as they do; `before` is a script that runs before the pages' own."""

    def __init__(self, browser: Browser, address: str, name: str, complaints: list[str], before: str = "") -> None:
        self.who = new_adviser(name, Role.ADVISER, PASSWORD)
        self.context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-BE")
        self.page = self.context.new_page()
        if before:
            self.page.add_init_script(before)
        self.page.on("console", lambda message: _note(complaints, message.type, message.text))
        self.page.on("pageerror", lambda error: complaints.append(str(error)))
        self.address = address
        self.page.goto(f"{address}/desk/")
        self.page.get_by_label("Adresse e-mail").fill(self.who.email)
        self.page.get_by_label("Mot de passe").fill(PASSWORD)
        with self._listens():
            self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("heading", name="Aucune conversation ouverte")).to_be_visible()

    def _listens(self) -> AbstractContextManager[object]:
        """Wait, when the block ends, until all scripts of the page have started: the last thing they do is listen."""
        return self.page.expect_response(lambda response: "/desk/events?" in response.url)

    def reload(self) -> None:
        """Load the page anew, and wait until it hears what happens."""
        with self._listens():
            self.page.reload()

    def opens(self, conversation: Conversation, queue: str = "waiting") -> None:
        """Go to a conversation by its address."""
        self.page.goto(f"{self.address}/desk/c/{conversation.pk}?queue={queue}")

    def answer(self, text: str) -> None:
        """Write to the member."""
        self.page.get_by_label("Votre réponse au membre").fill(text)
        self.page.keyboard.press("Control+Enter")

    def row(self, conversation: Conversation) -> Locator:
        """Return the conversation's line in the list."""
        return self.page.locator(f"#row-{conversation.pk}")

    def count(self, name: str) -> Locator:
        """Return one of the counters above the list."""
        return self.page.locator(f'[data-count="{name}"]')


def a_member(text: str = "bonjour", reason: str = "asked", safety: str = "") -> Conversation:
    """Return the conversation of somebody who waits for an adviser."""
    conversation = open_conversation("web")
    write(conversation, text)
    conversation.refresh_from_db()
    hand_off(conversation, reason, safety)
    return conversation


def write(conversation: Conversation, text: str) -> None:
    """Write as the member."""
    receive(Inbound(conversation.pk, f"{conversation.pk}{text}"[:60], text))


def focus(page: Page) -> str:
    """Return the act, or else the id, of what has the focus; "" is nothing at all."""
    return page.evaluate(
        "(document.activeElement.closest('[data-act]') ?? {dataset: {}}).dataset.act || document.activeElement.id"
    )


def _note(complaints: list[str], kind: str, text: str) -> None:
    if kind in {"error", "warning"} and not re.search(r"net::ERR_|status of (409|422)", text):
        complaints.append(text)
