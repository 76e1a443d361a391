"""The whole round trip on everything for real: a member on the page, an adviser at the desk, a member on Telegram."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pictures import PDF
from tests.stack import ROOT, Stack
from tests.telegram_chat import Chat

pytestmark = [pytest.mark.slow, pytest.mark.browser]
ANSWER_MS = 30_000
LONGEST = 60  # seconds for all of it, once the installation is up
STORY = "hier soir j'ai cliqué sur un faux SMS et ce matin 850 € ont disparu"
PASSWORD = "une phrase longue et bleue 7"


@pytest.fixture(autouse=True)
def _nobody_else_waits(stack: Stack) -> None:
    """Empty the queue of whom other tests left in it."""
    stack.rows("UPDATE conversations_conversation SET owner = 'closed', waiting_since = NULL WHERE owner <> 'bot'")


@pytest.fixture
def member(browser: Browser, stack: Stack, complaints: list[str]) -> Iterator[Page]:
    """A member's telephone, with the chat."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-BE")
    yield _watched(context.new_page(), complaints, stack.url)
    context.close()


@pytest.fixture
def desk(browser: Browser, stack: Stack, complaints: list[str]) -> Iterator[Page]:
    """An adviser's screen: made by the command, let in by the link it prints; at the end, no console complained."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="fr-BE")
    page = _watched(context.new_page(), complaints, _password_link(stack))
    page.get_by_label("Nouveau mot de passe", exact=False).first.fill(PASSWORD)
    page.get_by_label("Confirmation", exact=False).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Adresse e-mail").fill("sophie@example.be")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Aucune conversation ouverte")).to_be_visible()
    yield page
    context.close()
    assert complaints == []


def test_from_the_report_to_the_adviser_to_the_closing_and_back_on_both_channels(member, desk, stack, stack_peer):
    began = time.monotonic()
    _on_the_page(member, desk, stack)
    _on_telegram(Chat(stack, stack_peer), desk)
    assert time.monotonic() - began < LONGEST


def _on_the_page(member: Page, desk: Page, stack: Stack) -> None:
    """The member reports and asks for a human; the adviser notes, answers, sends a file, gives back, and closes."""
    _say(member, STORY, stack)
    expect(member.locator(".message.bot").locator("ol li").first).to_be_visible(timeout=ANSWER_MS)
    member.get_by_role("button", name=re.compile("Un.conseiller")).click()
    expect(member.locator("#waiting")).to_contain_text("prochaine personne", timeout=ANSWER_MS)

    expect(desk.locator(".row.unread")).to_have_count(1, timeout=ANSWER_MS)
    desk.keyboard.press("u")
    expect(desk.locator(".message.member").first).to_contain_text("850 €")
    desk.keyboard.press("n")
    desk.keyboard.type("Banque pas encore prévenue.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".note")).to_contain_text("Banque pas encore prévenue.", timeout=ANSWER_MS)
    _answer(desk, "Bonjour, je suis avec vous.")
    expect(member.locator(".adviser .bubble")).to_have_text("Bonjour, je suis avec vous.", timeout=ANSWER_MS)
    _say(member, "merci, que dois-je envoyer", stack)
    expect(desk.locator(".message.member").last).to_contain_text("que dois-je envoyer", timeout=ANSWER_MS)
    desk.locator("#file").set_input_files({"name": "lettre.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(desk.locator("#file-chip")).to_contain_text("lettre.pdf")
    desk.get_by_role("button", name="Envoyer").click()
    expect(member.locator(".adviser a.chip")).to_contain_text("lettre.pdf", timeout=ANSWER_MS)

    desk.get_by_role("button", name="Rendre à l’assistant").click()
    expect(member.get_by_text("Le conseiller vous repasse")).to_be_visible(timeout=ANSWER_MS)
    before = member.locator(".message.bot").count()
    _say(member, "êtes-vous un robot ?", stack)
    expect(member.locator(".message.bot")).not_to_have_count(before, timeout=ANSWER_MS)
    _finish(desk)
    expect(member.get_by_text("Cette conversation est terminée", exact=False).first).to_be_visible(timeout=ANSWER_MS)
    before = member.locator(".message.bot").count()
    _say(member, "bonjour, encore moi", stack)
    expect(member.locator(".message.bot")).not_to_have_count(before, timeout=ANSWER_MS)
    expect(desk.get_by_text("Avec l’assistant")).to_be_visible(timeout=ANSWER_MS)
    assert member.get_by_text("pas encore prévenue").count() == 0, "a note reached the member"


def _on_telegram(chat: Chat, desk: Page) -> None:
    """The same with a member on Telegram, who gives a photo; their next message opens it again."""
    assert "078 170 170" in chat.says(STORY)
    assert "prochaine personne" in chat.says("je veux parler à un conseiller")
    row = desk.locator(".row", has_text="Telegram")
    expect(row).to_be_visible(timeout=ANSWER_MS)
    row.locator("a").click()
    expect(desk.locator(".message.member").last).to_contain_text("parler à un conseiller")
    assert "je vous lis" in chat.after(lambda: _answer(desk, "Bonjour, je vous lis."))
    chat.says_without_waiting("j'ai une photo")
    expect(desk.locator(".message.member").last).to_contain_text("j'ai une photo", timeout=ANSWER_MS)
    chat.gives_photo()
    expect(desk.locator(".message.member .evidence img")).to_be_visible(timeout=ANSWER_MS)
    assert "terminée" in chat.after(lambda: _finish(desk)).lower()
    assert chat.says("bonjour, encore moi")
    expect(desk.get_by_text("Avec l’assistant")).to_be_visible(timeout=ANSWER_MS)


def _say(member: Page, text: str, stack: Stack) -> None:
    stack.said.add(text)
    member.get_by_label("Votre message").fill(text)
    member.keyboard.press("Enter")


def _answer(desk: Page, text: str) -> None:
    desk.get_by_label("Votre réponse au membre").fill(text)
    desk.keyboard.press("Control+Enter")


def _finish(desk: Page) -> None:
    """Close by keyboard: the first reason."""
    desk.locator("#history").focus()
    desk.keyboard.press("f")
    expect(desk.locator(":focus")).to_have_attribute("type", "radio")  # a busy machine opens the dialog late
    desk.keyboard.press("Space")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Terminée", exact=True)).to_be_visible(timeout=ANSWER_MS)


def _password_link(stack: Stack) -> str:
    command = [sys.executable, "-m", "bot.cli", "create-adviser", "--name", "Sophie Exemple"]
    command += ["--email", "sophie@example.be"]
    done = subprocess.run(
        command, cwd=ROOT, env=stack.environment(), capture_output=True, text=True, timeout=60, check=True
    )
    path = re.search(r"/desk/password/\S+", done.stdout)
    assert path, done.stdout
    return f"{stack.url}{path[0]}"


def _watched(page: Page, complaints: list[str], address: str) -> Page:
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    return page
