import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.conversations.models import Author, Conversation, Message
from tests.conversing import say, type_
from tests.pictures import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADVICE = "**D'abord l'urgent** :\n1. Appelez [**078 170 170**](tel:+3278170170).\n2. Prévenez votre banque.\n\n- le SMS"
CARD = {"title": "Hameçonnage", "lines": [{"label": "Montant", "value": "850,00 €"}]}


def write(page: Page, text: str) -> None:
    page.get_by_label("Votre message").fill(text)
    page.keyboard.press("Enter")


def confirmed(page: Page, text: str):
    """Return the member's bubbles of this text that the server has numbered."""
    return page.locator(".message.member[data-id]", has_text=text)


def begin(page: Page, text: str = "J'ai cliqué") -> Conversation:
    write(page, text)
    expect(confirmed(page, text)).to_have_count(1)
    return Conversation.objects.get()


def assert_accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def show_everything(conversation: Conversation) -> None:
    say(conversation.pk, ADVICE)
    recap = "Voici :\n- Montant : **850,00 €**\nEst-ce exact ?"
    say(
        conversation.pk,
        recap,
        card=CARD,
        buttons=[{"title": "Oui", "payload": "/a"}, {"title": "Non", "payload": "/b"}],
    )


def test_it_says_before_the_first_message_that_it_is_automatic_and_opens_no_conversation(page):
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("assistant automatique (IA)", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Numéros d’urgence").get_by_role("link")).to_have_count(3)
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_has_no_accessibility_violation_and_no_sideways_scrolling(page, scheme, width):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 760})
    assert_accessible(page)

    conversation = begin(page)
    show_everything(conversation)
    expect(page.locator("dl.card")).to_be_visible()
    type_(conversation.pk)
    expect(page.locator("#typing")).to_be_visible()

    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_answer_is_shown_with_bold_steps_clickable_numbers_and_a_time(page):
    conversation = begin(page)
    type_(conversation.pk)
    expect(page.locator("#typing")).to_be_visible()
    show_everything(conversation)

    expect(page.get_by_role("link", name="078 170 170").last).to_have_attribute("href", "tel:+3278170170")
    expect(page.locator(".bot ol li")).to_have_count(2)
    expect(page.locator("dl.card dd")).to_have_text("850,00 €")
    expect(page.locator(".bot .meta").first).to_have_text(re.compile(r"^\d\d:\d\d$"))
    expect(page.locator("#typing")).to_be_hidden()


def test_a_text_is_never_read_as_html(page):
    text = "<img src=x onerror=alert(1)><b>gras</b>"
    conversation = begin(page, text)
    say(conversation.pk, f"{text} [clic](javascript:alert(1))")

    expect(page.locator(".bot .bubble")).to_have_text(f"{text} [clic](javascript:alert(1))")
    assert page.locator(".bubble img, .bubble b, .bubble a").count() == 0


def test_a_quick_reply_is_sent_once_and_disabled_afterwards(page):
    conversation = begin(page)
    show_everything(conversation)

    page.get_by_role("button", name="Oui").click()
    expect(confirmed(page, "Oui")).to_have_count(1)
    expect(page.get_by_role("button", name="Oui")).to_be_disabled()
    expect(page.get_by_role("button", name="Non")).to_be_disabled()
    assert Message.objects.filter(command="/a").count() == 1


def test_a_file_leaves_the_quick_replies_to_be_tapped(page):
    conversation = begin(page)
    show_everything(conversation)
    page.set_input_files("#files", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()})

    expect(page.get_by_text("Bien reçu : a.jpg")).to_be_visible()
    expect(page.get_by_role("button", name="Oui")).to_be_enabled()
    page.reload()
    expect(page.get_by_text("Bien reçu : a.jpg")).to_be_visible()
    expect(page.get_by_role("button", name="Oui")).to_be_enabled()


def test_a_later_message_disables_the_quick_replies(page):
    conversation = begin(page)
    show_everything(conversation)
    expect(page.get_by_role("button", name="Oui")).to_be_enabled()

    write(page, "plutôt ceci")
    expect(page.get_by_role("button", name="Oui")).to_be_disabled()


def test_a_reload_resumes_the_conversation_without_doubling(page):
    show_everything(begin(page))
    expect(page.locator("dl.card")).to_be_visible()

    page.reload()
    expect(page.locator(".message")).to_have_count(3)
    expect(page.get_by_role("button", name="Oui")).to_be_enabled()
    write(page, "me revoilà")
    expect(confirmed(page, "me revoilà")).to_have_count(1)
    assert Conversation.objects.count() == 1


def test_what_is_written_offline_is_sent_later_exactly_once_even_after_a_reload(page, context, web_without_worker):
    begin(page)
    context.route("**/api/**", lambda route: route.abort("internetdisconnected"))
    write(page, "écrit sans réseau")
    expect(page.get_by_text("En attente de connexion")).to_be_visible()
    expect(page.get_by_text("Connexion perdue")).to_be_visible()
    page.reload()
    expect(page.locator(".message.pending", has_text="écrit sans réseau")).to_be_visible()

    context.unroute("**/api/**")
    expect(confirmed(page, "écrit sans réseau")).to_have_count(1, timeout=20_000)
    expect(page.get_by_text("Connexion perdue")).to_be_hidden(timeout=20_000)
    assert Message.objects.filter(text="écrit sans réseau").count() == 1


def test_an_acknowledgement_that_got_lost_doubles_nothing(page, context):
    begin(page)
    lost = []

    def lose_first(route):
        if not lost:
            lost.append(route.fetch().status)  # the server takes it, the page never learns
            route.abort("connectionreset")
        else:
            route.continue_()

    context.route("**/api/chat/messages", lose_first)
    write(page, "une seule fois")
    expect(confirmed(page, "une seule fois")).to_have_count(1)
    page.wait_for_timeout(2500)  # longer than the first pause before sending again
    expect(page.locator(".message", has_text="une seule fois")).to_have_count(1)
    assert lost == [202]
    assert Message.objects.filter(text="une seule fois").count() == 1


def test_two_tabs_show_the_same_conversation(page, context, web_without_worker):
    begin(page)
    other = context.new_page()
    other.goto(web_without_worker.address)
    expect(confirmed(other, "J'ai cliqué")).to_have_count(1)

    write(other, "du second onglet")
    expect(confirmed(page, "du second onglet")).to_have_count(1)
    expect(page.locator(".message")).to_have_count(2)


def test_messages_written_while_the_stream_was_away_arrive(page, context):
    conversation = begin(page)
    context.set_offline(True)
    say(conversation.pk, "pendant la coupure", author=Author.ADVISER)
    page.wait_for_timeout(300)
    context.set_offline(False)

    expect(page.get_by_text("pendant la coupure")).to_be_visible(timeout=20_000)


def test_everything_works_with_the_keyboard_alone(page):
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller à la zone de message")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    field = page.get_by_label("Votre message")
    if not field.evaluate("field => field === document.activeElement"):
        page.keyboard.press("Shift+Tab")
    expect(field).to_be_focused()
    page.keyboard.type("première ligne")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("seconde ligne")
    page.keyboard.press("Enter")
    expect(confirmed(page, "première ligne")).to_have_count(1)
    assert Message.objects.get().text == "première ligne\nseconde ligne"
    expect(field).to_be_focused()

    say(Conversation.objects.get().pk, "Oui ou non ?", buttons=[{"title": "Oui", "payload": "/a"}])
    expect(page.get_by_role("button", name="Oui")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    for _ in range(3):
        if page.get_by_role("button", name="Oui").evaluate("node => node === document.activeElement"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(confirmed(page, "Oui")).to_have_count(1)


def test_a_human_and_erasure_are_one_tap_away(page):
    page.get_by_role("button", name="Un conseiller").click()
    expect(page.locator(".message.member[data-id]")).to_have_count(1)
    page.get_by_role("button", name="Effacer").click()
    expect(page.locator(".message.member[data-id]")).to_have_count(2)

    assert list(Message.objects.order_by("number").values_list("command", flat=True)) == ["ask_human", "ask_erasure"]


def test_an_erased_conversation_leaves_the_screen(page):
    from bot.conversations.erasure import erase

    conversation = begin(page, "à oublier")
    kept = say(conversation.pk, "Oui, tout effacer", author=Author.MEMBER)
    erase(conversation.pk, keep=kept.pk)
    say(conversation.pk, "C'est fait.")

    expect(page.get_by_text("C’est fait.")).to_be_visible()
    expect(page.get_by_text("à oublier")).to_have_count(0)


def test_touch_targets_are_at_least_44_pixels_high(page):
    show_everything(begin(page))
    expect(page.locator("dl.card")).to_be_visible()
    page.locator("body").evaluate("body => body.classList.remove('talking')")

    heights = page.locator("button:visible, .urgent a, textarea").evaluate_all(
        "nodes => nodes.map(node => [node.textContent.trim(), node.getBoundingClientRect().height])"
    )
    assert [(name, height) for name, height in heights if height < 44] == []


def test_without_javascript_the_urgent_numbers_are_there(browser, web_without_worker):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(web_without_worker.address)
    expect(page.locator("p.noscript")).to_contain_text("078 170 170")
    expect(page.get_by_label("Votre message")).to_be_hidden()
    context.close()
