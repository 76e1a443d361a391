"""The panel's correction and the review page, as browsers of each role get them."""

from uuid import uuid4

import pytest
from django.utils.html import escape

from bot.audit.models import Entry
from bot.desk.models import Role
from bot.events.models import Event
from bot.learning import labels
from bot.learning.models import Example
from tests.claims import open_one
from tests.learning import PHISHING, ROMANCE, SHOP, report, tell

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "on m'a pris de l'argent après un sms <b>"


@pytest.fixture
def supervisor(browser_of):
    return browser_of(Role.SUPERVISOR)


def propose(label: str = f"report_{PHISHING}", text: str = TEXT) -> Example:
    return Example.objects.create(
        digest=uuid4().hex, text=text, label=label, guess=f"report_{SHOP}", confidence=0.41, why="adviser"
    )


def test_the_panel_shows_what_was_understood_and_offers_the_next_two_guesses(desk, conversation):
    report(conversation, TEXT)
    html = desk.get(f"/desk/c/{conversation.pk}/panel").content.decode()
    assert "90&nbsp;%" in html
    for place, percent in ((ROMANCE, 6), (SHOP, 2)):
        assert f'value="report_{place}"' in html
        assert f"{percent}&nbsp;%" in html
    assert f'value="report_{PHISHING}"' not in html
    assert html.count("<option") >= len(labels.incidents()) + len(labels.spoken())


def test_before_anything_is_understood_any_kind_can_be_chosen(desk, conversation):
    html = desk.get(f"/desk/c/{conversation.pk}/panel").content.decode()
    assert "Pas encore clair" in html
    assert "Hors sujet" in html


def test_one_click_corrects_and_so_does_a_label_in_words(desk, sophie, conversation):
    report(conversation, TEXT)
    url = f"/desk/c/{conversation.pk}/incident"
    html = desk.post(url, {"label": f"report_{ROMANCE}"}).content.decode()
    assert escape(labels.shown(f"report_{ROMANCE}")) in html.split("<datalist")[0]
    assert Event.objects.get(name="incident_corrected").properties["adviser"] == str(sophie.pk)
    assert desk.post(url, {"label": labels.shown(f"report_{SHOP}")}).status_code == 200
    conversation.refresh_from_db()
    assert conversation.subtype == "fake_shop"
    told = Entry.objects.filter(act="desk:correct", who=sophie.pk).order_by("id")
    assert [each.details for each in told] == [{"label": f"report_{ROMANCE}"}, {"label": f"report_{SHOP}"}]


def test_the_claims_history_tells_of_the_correction(desk, conversation):
    report(conversation, TEXT)
    open_one(conversation)
    html = desk.post(f"/desk/c/{conversation.pk}/incident", {"label": f"report_{ROMANCE}"}).content.decode()
    assert "Type d’incident : Hameçonnage" in html
    assert "Sophie Exemple" in html


@pytest.mark.parametrize(("label", "told"), [("une chose", "Choisissez un type"), ("ask_cover", "est ouvert")])
def test_what_cannot_be_is_said_beside_the_field(desk, conversation, label, told):
    report(conversation, TEXT)
    open_one(conversation)
    answer = desk.post(f"/desk/c/{conversation.pk}/incident", {"label": label})
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_what_was_read_of_a_message_is_shown_in_french(desk, conversation):
    tell(conversation, "suis-je assuré pour ça", best={}, intent="ask_cover")
    tell(conversation, "bla bla bla", best={}, intent="nlu_fallback")
    html = desk.get(f"/desk/c/{conversation.pk}/messages").content.decode()
    assert "Demande ce qui est assuré" in html
    assert "Pas compris" in html
    assert "nlu_fallback" not in html


def test_the_review_shows_the_oldest_first_and_escapes_what_members_wrote(supervisor):
    propose(), propose(text="une autre phrase")
    html = supervisor.get("/desk/review").content.decode()
    assert html.index("après un sms &lt;b&gt;") < html.index("une autre phrase")
    assert "<b>" not in html.split('id="examples"')[1]
    assert "(41 %)" in html


def test_a_supervisor_accepts_relabels_discards_and_comes_back(supervisor, conversation):
    one, two = propose(), propose(text="une autre phrase encore")
    Example.objects.update(conversation=conversation.pk)
    html = supervisor.post(f"/desk/review/{one.pk}", {"label": labels.shown(f"report_{ROMANCE}")}).content.decode()
    assert "Accepté" in html
    one.refresh_from_db()
    assert (one.state, one.label) == ("accepted", f"report_{ROMANCE}")
    html = supervisor.post(f"/desk/review/{two.pk}", {"decision": "discard", "label": ""}).content.decode()
    back = html.split('name="back" value="')[1].split('"')[0]
    assert "une autre phrase encore" in supervisor.post("/desk/review/undo", {"back": back}).content.decode()
    two.refresh_from_db()
    assert two.state == "proposed"


def test_a_label_that_is_none_is_refused_and_the_sentence_stays(supervisor):
    one = propose()
    answer = supervisor.post(f"/desk/review/{one.pk}", {"label": "n'importe quoi", "decision": "accept"})
    assert answer.status_code == 422
    assert "Choisissez un type" in answer.content.decode()
    assert "après un sms" in answer.content.decode()


def test_decided_twice_or_with_a_forged_way_back_it_says_so(supervisor):
    one = propose()
    supervisor.post(f"/desk/review/{one.pk}", {"decision": "discard"})
    assert "n’existe plus" in supervisor.post(f"/desk/review/{one.pk}", {"decision": "discard"}).content.decode()
    assert "n’existe plus" in supervisor.post("/desk/review/undo", {"back": "x"}).content.decode()


@pytest.mark.parametrize("role", [Role.ADVISER, Role.ANALYST])
def test_others_do_not_review(browser_of, role):
    assert browser_of(role).get("/desk/review").status_code == 403
