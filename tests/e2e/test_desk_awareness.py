"""What the desk tells an adviser by itself: what is unread, who else is there, whom to hurry to."""

import re

import pytest
from playwright.sync_api import expect

from bot.conversations import handling
from bot.desk import presence
from bot.desk.models import Adviser
from tests.desk_browser import SOON, a_member, focus, write
from tests.stack import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
#: What the browser would do, noted: who looks away, which notifications are shown, which notes are played.
LISTENING = """
window.shown = []; window.notes = [];
document.hasFocus = () => !window.away;
window.Notification = class {
  static permission = "granted";
  constructor(title, { body }) { window.shown.push(`${title}|${body}`); }
};
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (when) { window.notes.push(this.frequency.value); start.call(this, when); };
"""
#: An adviser who goes back to her list the moment that "je suis là" is shown.
LEAVES_AT_ONCE = """
const history_ = document.getElementById("history");
const leave = () => history_.textContent.includes("je suis là") && location.assign("/desk/?queue=mine");
new MutationObserver(leave).observe(history_, { childList: true });
"""


def test_what_is_unread_is_marked_until_it_is_opened_and_for_nobody_else(new_desk):
    mine, other = a_member("mon compte"), a_member("mon colis")
    sophie, marc = new_desk("Sophie Exemple"), new_desk("Marc Exemple")
    sophie.reload()
    expect(sophie.page.locator(".row.unread")).to_have_count(2)
    sophie.row(mine).click()
    expect(sophie.page.locator(".row.unread")).to_have_count(1)
    expect(marc.page.locator(".row.unread")).to_have_count(2)

    handling.take(mine.pk, sophie.who.pk)
    sophie.row(other).click()
    expect(sophie.page.locator(".row.unread")).to_have_count(0)
    write(mine, "encore moi")
    expect(sophie.count("unread")).to_have_text("1", timeout=SOON)
    expect(sophie.page).to_have_title(re.compile(r"^\(2\) "))
    sophie.page.locator('.queues [data-queue="mine"]').click()
    expect(sophie.row(mine)).to_have_class(re.compile("unread"))

    second = sophie.context.new_page()
    second.goto(f"{sophie.address}/desk/c/{mine.pk}")
    expect(sophie.row(mine)).not_to_have_class(re.compile("unread"), timeout=SOON)
    expect(sophie.count("unread")).to_have_text("0", timeout=SOON)
    expect(sophie.page.locator(".pill")).to_be_hidden()


def test_a_message_in_the_open_conversation_is_read_as_it_comes(new_desk):
    conversation, sophie = a_member(), new_desk()
    sophie.opens(conversation)
    sophie.page.get_by_role("button", name="Prendre").click()
    expect(sophie.page.get_by_text("À vous", exact=True)).to_be_visible()
    sophie.page.evaluate(LEAVES_AT_ONCE)
    write(conversation, "je suis là")
    expect(sophie.page).to_have_url(re.compile("queue=mine"), timeout=SOON)
    expect(sophie.row(conversation)).to_be_visible()
    expect(sophie.page.locator(".row.unread")).to_have_count(0)


def test_two_who_look_at_the_same_see_each_other_and_who_writes(new_desk):
    conversation = a_member()
    sophie, marc = new_desk("Sophie Exemple"), new_desk("Marc Exemple")
    sophie.opens(conversation)
    expect(sophie.page.locator("#watching")).to_be_hidden()
    marc.opens(conversation)
    expect(sophie.page.get_by_text("Marc Exemple regarde aussi.")).to_be_visible(timeout=SOON)
    expect(marc.page.get_by_text("Sophie Exemple regarde aussi.")).to_be_visible(timeout=SOON)
    marc.page.keyboard.press("r")
    marc.page.keyboard.type("Bonj")
    expect(sophie.page.get_by_text("Marc Exemple écrit une réponse.")).to_be_visible(timeout=SOON)
    marc.page.goto(f"{marc.address}/desk/")
    expect(sophie.page.locator("#watching")).to_be_hidden(timeout=SOON)


def test_busy_is_seen_in_a_colleagues_transfer_menu(new_desk):
    conversation = a_member()
    sophie, marc = new_desk("Sophie Exemple"), new_desk("Marc Exemple")
    marc.page.locator("#availability").click()
    marc.page.get_by_role("button", name="Occupé").click()
    expect(marc.page.locator("#availability")).to_contain_text("Occupé")
    wait_until(lambda: focus(marc.page) == "availability", 10)
    sophie.opens(conversation)
    sophie.page.keyboard.press("d")
    expect(sophie.page.locator('#to optgroup[label="Occupés"] option')).to_have_text("Marc Exemple")


def test_an_adviser_is_called_by_sound_and_on_the_screen_and_reads_no_message_there(new_desk):
    sophie = new_desk(before=LISTENING)
    Adviser.objects.update(has_sound=True, has_notifications=True)
    sophie.reload()
    sophie.page.locator("#history, .nothing").click()  # browsers let nobody be called before that
    sophie.page.evaluate("window.away = true")
    told = "window.shown"
    a_member("mon compte est vide")
    wait_until(lambda: sophie.page.evaluate(f"{told}.length === 1"), 10)
    assert sophie.page.evaluate(told) == ["Quelqu’un attend|"]
    calm = sophie.page.evaluate("window.notes.length")
    a_member("il va me tuer", safety="life")
    wait_until(lambda: sophie.page.evaluate(f"{told}.length === 2"), 10)
    assert sophie.page.evaluate(told)[1] == "Urgent : quelqu’un attend|"
    assert sophie.page.evaluate("window.notes.length") == 3 * calm, "what is urgent sounds different"
    sophie.page.locator("#availability").click()
    sophie.page.get_by_role("button", name="Absent").click()
    expect(sophie.page.locator("#availability")).to_contain_text("Absent")
    a_member("mon colis")
    expect(sophie.count("waiting")).to_have_text("3", timeout=SOON)
    assert sophie.page.evaluate(f"{told}.length") == 2, "who is away is not called"


def test_only_news_for_this_adviser_call_and_their_text_if_they_wish(new_desk):
    conversation, sophie = a_member("au début"), new_desk(before=LISTENING)
    Adviser.objects.update(has_notifications=True, shows_text=True)
    handling.take(conversation.pk, sophie.who.pk)
    conversation.refresh_from_db()
    presence.look(None, sophie.who.pk, conversation, conversation.last_number)
    sophie.reload()
    expect(sophie.count("mine")).to_have_text("1")
    sophie.page.evaluate("window.away = true")
    colleague = Adviser.objects.create_user("x@example.be", "Marc Exemple", "adviser")
    other = a_member("d'un collègue")
    wait_until(lambda: sophie.page.evaluate("window.shown.length === 1"), 10)
    handling.take(other.pk, colleague.pk)
    write(other, "pour Marc")
    write(conversation, "pour vous")
    wait_until(lambda: sophie.page.evaluate("window.shown.length > 1"), 10)
    assert sophie.page.evaluate("window.shown") == [
        "Quelqu’un attend|d'un collègue",
        "Un de vos membres a écrit|pour vous",
    ]
    assert sophie.page.evaluate("window.notes") == [], "a sound was not wished for"
