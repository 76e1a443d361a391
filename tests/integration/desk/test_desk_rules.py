"""The pages of supervisors' rules: written, read as a sentence, weighed before saving, put in order, switched off."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bot.audit.models import Entry
from bot.conversations import rule_reach
from bot.conversations.models import Author, Conversation, Message, Rule
from bot.conversations.rule_reach import reach
from bot.conversations.services import append, hand_off
from bot.desk.models import Role, Team
from bot.events.models import Event
from bot.events.services import record
from bot.turn import Route

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN = {"name": "Gros montants", "kind": "fraud", "amount": "2500", "action": "advise", "priority": "1"}


@pytest.fixture
def boss(browser_of):
    return browser_of(Role.SUPERVISOR)


def rule(**values) -> Rule:
    place = Rule.objects.count() + 1
    return Rule(**{"name": f"Règle {place}", "position": place, "changed_by": uuid4(), **values})


def page(client, path: str = "") -> str:
    return client.get(f"/desk/rules{path}").content.decode()


def test_a_rule_is_written_and_read_as_one_sentence(boss):
    Team.objects.create(slug="fraude", name="Fraude")
    answer = boss.post("/desk/rules/new", {**GIVEN, "team": "fraude", "words": " avocat,, notaire "})
    assert answer["Location"] == "/desk/rules"
    saved = Rule.objects.get()
    assert (saved.family, saved.subtype, saved.amount_cents, saved.words) == ("fraud", "", 250_000, "avocat, notaire")
    shown = page(boss).replace("\xa0", " ").replace("\u202f", " ")
    assert (
        "Si l’incident est « Fraude » et si le montant est d’au moins 2 500,00 € et si le membre écrit « avocat » ou "
        "« notaire » : les premiers conseils, puis un conseiller de l’équipe Fraude, en priorité « attaque en cours »."
    ) in shown
    assert Entry.objects.get(act="desk:rule_new").details["rule"] == saved.pk


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": "Tout", "action": "advise", "priority": "3"}, "au moins une condition"),
        ({**GIVEN, "action": "tag"}, "Choisissez l&#x27;étiquette"),
        ({**GIVEN, "safety": "life"}, "passe avant toutes les règles"),
        ({**GIVEN, "kind": "cooking"}, "cooking"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_with_a_reason(boss, given, told):
    answer = boss.post("/desk/rules/new", given)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Rule.objects.exists()


def test_what_was_written_comes_back_to_be_changed(boss):
    rule(family="insults", subtype="minor_bullying", is_known=True, is_child=True, amount_cents=1050).save()
    saved = Rule.objects.get()
    shown = page(boss, f"/{saved.pk}")
    assert 'value="insults/minor_bullying" selected' in shown
    assert 'value="yes" selected' in shown
    assert 'value="10.5"' in shown
    boss.post(f"/desk/rules/{saved.pk}", {**GIVEN, "name": "Autre"})
    saved.refresh_from_db()
    assert (saved.name, saved.family, saved.is_known, saved.position) == ("Autre", "fraud", None, 1)


def test_the_preview_says_sentence_and_reach_before_anything_is_saved(boss):
    for cents in (100_000, 300_000):
        talk = Conversation.objects.create(channel="web", family="fraud", last_message_at=timezone.now())
        record("claim_opened", talk.pk, uuid4(), amount_cents=cents)
    shown = boss.post("/desk/rules/preview", GIVEN).content.decode()
    assert "<strong>1 conversation</strong> des 30 derniers jours" in shown
    assert "Si l’incident est « Fraude »" in shown
    assert not Rule.objects.exists()
    assert "au moins une condition" in boss.post("/desk/rules/preview", {"name": "x"}).content.decode()


def test_the_preview_needs_no_name_and_says_in_what_it_looked(boss):
    shown = boss.post("/desk/rules/preview", {**GIVEN, "name": ""}).content.decode()
    assert "0 conversation" in shown
    assert "derniers messages" not in shown
    urgent = boss.post("/desk/rules/preview", {**GIVEN, "name": "", "safety": "ongoing"}).content.decode()
    assert "20 000 derniers messages" in urgent.replace("\xa0", " ").replace("\u202f", " ")


def test_typing_the_name_asks_for_no_preview_and_a_new_one_replaces_the_one_before(boss):
    form = page(boss, "/new")
    name, asking, rest = form.index('name="name"'), form.index("/desk/rules/preview"), form.index('name="kind"')
    assert name < asking < rest
    assert 'hx-sync="this:replace"' in form


def test_the_order_can_be_changed_and_a_rule_switched_off_and_deleted(boss):
    for name in ("a", "b", "c"):
        rule(name=name, family="fraud").save()
    third = Rule.objects.get(name="c")
    boss.post(f"/desk/rules/{third.pk}/up")
    assert [each.name for each in Rule.objects.all()] == ["a", "c", "b"]
    boss.post(f"/desk/rules/{third.pk}/switch")
    assert "désactivée" in page(boss)
    boss.post(f"/desk/rules/{third.pk}/delete")
    assert [(each.name, each.position) for each in Rule.objects.all()] == [("a", 1), ("b", 2)]
    boss.post(f"/desk/rules/{Rule.objects.get(name='a').pk}/up")
    assert [each.name for each in Rule.objects.all()] == ["a", "b"]


def test_the_list_says_how_often_a_rule_was_applied_lately(boss):
    rule(family="fraud").save()
    for _ in range(2):
        record("rule_applied", uuid4(), rule=Rule.objects.get().pk)
    Event.objects.filter(pk=Event.objects.filter(name="rule_applied").first().pk).update(
        at=timezone.now() - timedelta(days=31)
    )
    assert "Appliquée 1 fois en 30 jours" in page(boss)


def test_advisers_read_which_rule_brought_a_conversation(desk, conversation):
    rule(name="Gros montants", family="fraud").save()
    hand_off(conversation, "rule", route=Route(Rule.objects.get().pk, "", 2))
    assert "Règle : Gros montants" in desk.get("/desk/?queue=waiting").content.decode()
    assert "Règle : Gros montants" in desk.get(f"/desk/c/{conversation.pk}").content.decode()
    desk.post(f"/desk/c/{conversation.pk}/take")
    assert "Règle : Gros montants" in desk.get(f"/desk/c/{conversation.pk}/head").content.decode()
    Rule.objects.all().delete()
    conversation.refresh_from_db()
    assert conversation.rule is None


def told(text: str, safety: str = "none", days: int = 1, **values) -> Conversation:
    talk = Conversation.objects.create(channel="web", **values)
    message = append(talk, Author.MEMBER, text, safety=safety)
    Message.objects.filter(pk=message.pk).update(sent_at=timezone.now() - timedelta(days=days))
    Conversation.objects.filter(pk=talk.pk).update(last_message_at=timezone.now() - timedelta(days=days))
    return talk


@pytest.mark.parametrize(
    ("conditions", "count"),
    [
        ({}, 0),
        ({"words": "avocat"}, 2),
        ({"words": "AVOCATE, notaire"}, 1),
        ({"words": "avocat", "family": "fraud"}, 1),
        ({"words": "avocat", "is_child": True}, 1),
        ({"is_child": True}, 1),
        ({"safety": "fresh_money"}, 1),
        ({"safety": "life"}, 0),
        ({"is_known": True}, 1),
        ({"is_known": False}, 3),
        ({"family": "fraud", "subtype": "fake_shop"}, 0),
    ],
)
def test_the_reach_counts_conversations_of_the_last_month(transactional_db, conditions, count):
    told("Mon AVOCAT a appelé, avocate-conseil", family="fraud", safety="ongoing", member=uuid4())
    told("j'ai 14 ans et les avocats de mon père", family="insults")
    told("l'avocatier du jardin")
    told("un avocat", days=31, safety="life")
    told("rien")
    assert reach(rule(**conditions)) == count


@pytest.mark.parametrize("conditions", [{"words": "avocat"}, {"is_child": True}, {"safety": "ongoing"}])
def test_the_reach_reads_the_latest_messages_alone_found_by_their_key(transactional_db, conditions, monkeypatch):
    monkeypatch.setattr(rule_reach, "MOST_TEXTS", 2)
    told("j'ai 14 ans, mon avocat le sait", safety="ongoing")
    assert reach(rule(**conditions)) == 1
    told("rien")
    told("rien", safety="none")
    with CaptureQueriesContext(connection) as asked:
        assert reach(rule(**conditions)) == 0
    read = [query["sql"] for query in asked if '"text"' in query["sql"]]
    assert len(read) == 1
    assert '"conversations_message"."id" >= ' in read[0]
