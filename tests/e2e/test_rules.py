"""A supervisor writes a rule in the browser, and sees what it would do before saving it."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect

from bot.conversations.models import Conversation, Rule
from bot.desk.models import Role, Tag, Team
from tests.desk import PASSWORD, new_adviser
from tests.web_server import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def boss(browser: Browser, web_without_worker: WebServer, complaints: list[str]) -> Iterator[Page]:
    who = new_adviser("Anne Exemple", Role.SUPERVISOR, PASSWORD)
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-BE")
    page = context.new_page()
    page.on("console", lambda message: message.type in {"error", "warning"} and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{web_without_worker.address}/desk/rules")
    page.get_by_label("Adresse e-mail").fill(who.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Règles")).to_be_visible()
    yield page
    context.close()
    assert complaints == []


def test_the_rule_reads_as_a_sentence_while_it_is_written(boss):
    Team.objects.create(slug="fraude", name="Fraude")
    Conversation.objects.create(channel="web", family="fraud", subtype="fake_shop", last_message_at=timezone.now())
    boss.get_by_role("link", name="Nouvelle règle").click()
    boss.get_by_label("Nom").fill("Faux sites")
    boss.get_by_label("Incident").select_option("fraud/fake_shop")
    boss.get_by_label("Dans la file de").select_option("fraude")
    preview = boss.locator("#preview")
    expect(preview).to_contain_text("1 conversation")
    expect(preview).to_contain_text(re.compile("Si l’incident est « .* » : .*conseiller de l’équipe Fraude"))
    boss.get_by_label("Le membre écrit l’un de ces mots").fill("notaire")
    expect(preview).to_contain_text("0 conversation")
    boss.get_by_role("button", name="Enregistrer").click()
    expect(boss.get_by_role("heading", name="Faux sites")).to_be_visible()
    boss.get_by_role("button", name="Désactiver « Faux sites »").click()
    expect(boss.get_by_text("désactivée")).to_be_visible()
    assert not Rule.objects.get().is_active


def test_what_is_chosen_before_the_page_listens_is_read_once_it_does(boss):
    Conversation.objects.create(channel="web", family="fraud", subtype="fake_shop", last_message_at=timezone.now())
    held: list[Route] = []

    def hold(route: Route) -> None:  # playwright takes no built-in method
        held.append(route)

    boss.route("**/htmx-*.js", hold)
    boss.get_by_role("link", name="Nouvelle règle").click(no_wait_after=True)
    boss.get_by_label("Incident").select_option("fraud/fake_shop")
    boss.wait_for_function("() => document.readyState === 'interactive'")
    held[0].continue_()
    expect(boss.locator("#preview")).to_contain_text("1 conversation")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 640, 1280])  # 640 is 1280 at a zoom of 200 %
def test_the_pages_have_no_accessibility_violation_and_no_sideways_scrolling(boss, scheme, width):
    tag = Tag.objects.create(name="Presse")
    values = {"changed_by": uuid4(), "family": "fraud"}
    known = Rule.objects.create(name="Gros montants", position=1, amount_cents=250_000, priority=1, **values)
    Rule.objects.create(
        name="Presse", position=2, action="tag", tag=str(tag.pk), words="journal", is_active=False, **values
    )
    boss.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    boss.set_viewport_size({"width": width, "height": 760})
    for path in ("", "/new", f"/{known.pk}"):
        boss.goto(re.sub(r"/desk/.*", f"/desk/rules{path}", boss.url))
        found = Axe().run(boss)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert boss.evaluate("document.documentElement.scrollWidth") <= width, path
