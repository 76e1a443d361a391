"""Lists, the conversation and its claim, as an adviser's browser gets them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from bot.claims.models import Answer, Edit
from bot.conversations import evidence, handling
from bot.conversations.files import receive_file, settle
from bot.conversations.models import CallBack, Conversation, Evidence
from bot.conversations.ownership import Owner
from bot.conversations.receiving import Inbound, edit, open_conversation, receive
from bot.conversations.services import hand_off
from bot.desk import queues
from bot.desk.queues import Wanted, counters, listed
from bot.members.models import Member
from tests.claims import open_one
from tests.conversing import say
from tests.desk import say_as

pytestmark = pytest.mark.django_db(transaction=True)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301"
    "0100c9fe92ef0000000049454e44ae426082"
)


def waiting(minutes: int = 0, priority: int = 3, **values) -> Conversation:
    since = timezone.now() - timedelta(minutes=minutes)
    return Conversation.objects.create(
        channel="web", owner=Owner.WAITING, priority=priority, waiting_since=since, last_message_at=since, **values
    )


def keys(who, after="", **wanted) -> list:
    return [each.pk for each in listed(who, Wanted(**wanted), after).conversations]


def write(conversation, text: str):
    return receive(Inbound(conversation.pk, uuid4().hex, text))


def body(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_gravest_come_first_and_then_those_who_wait_longer(sophie):
    late, early = waiting(5), waiting(50)
    fresh, ongoing, life = waiting(1, 2), waiting(1, 1), waiting(0, 0)
    assert keys(sophie) == [each.pk for each in (life, ongoing, fresh, early, late)]


@pytest.mark.parametrize(("queue", "owner"), [("waiting", Owner.WAITING), ("closed", Owner.CLOSED), ("bot", Owner.BOT)])
def test_pages_follow_each_other_without_a_gap_or_a_repeat(sophie, monkeypatch, queue, owner):
    monkeypatch.setattr(queues, "PAGE", 3)
    same = timezone.now() - timedelta(minutes=3)
    for number in range(8):
        values = {"priority": number % 2, "waiting_since": same, "last_message_at": same}
        Conversation.objects.create(channel="web", owner=owner, **values)
    seen, after = [], ""
    while True:
        page = listed(sophie, Wanted(queue), after)
        seen += [each.pk for each in page.conversations]
        if not page.next:
            break
        after = page.next
    assert len(seen) == len(set(seen)) == 8


@pytest.mark.parametrize("after", ["x", "1_2", "1_2_3", "nan_x", "3_inf_" + "0" * 32, "_" * 9, "9" * 400])
def test_a_cursor_that_is_none_of_ours_begins_at_the_top(desk, after):
    waiting()
    assert "row-" in body(desk.get("/desk/rows", {"after": after}))


def test_each_queue_holds_its_own(sophie, marc):
    one, two = waiting(), open_conversation("web")
    write(two, "bonjour")
    handling.take(waiting().pk, sophie.pk)
    handling.take(waiting().pk, marc.pk)
    assert keys(sophie) == [one.pk]
    assert len(keys(sophie, queue="mine")) == 1
    assert len(keys(sophie, queue="open")) == 3
    assert keys(sophie, queue="bot") == [two.pk]
    count = counters()
    assert (count.waiting, count.open, count.bot, count.mine[str(sophie.pk)]) == (1, 3, 1, 1)


def test_filters_narrow_the_list(sophie, conversation):
    claim = open_one(conversation)
    hand_off(conversation, "asked")
    waiting()
    here = {"family": claim.family, "subtype": claim.subtype, "channel": "web", "state": "open"}
    for name, value in here.items():
        assert keys(sophie, **{name: value})[:1] == [conversation.pk], name
    assert keys(sophie, family="insults") == []
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert keys(sophie, since=tomorrow) == []
    assert len(keys(sophie, until=tomorrow)) == 2


@pytest.mark.parametrize(
    "words", ["hameçonnage", "hameconnage", "HAMECONNAGES", "sms banque", '"sms de ma banque"', "sms -colis"]
)
def test_french_words_are_found_without_accents_and_in_other_forms(sophie, conversation, words):
    write(conversation, "Un hameçonnage : le SMS de ma banque demandait mes accès.")
    write(open_conversation("web"), "Un colis perdu")
    assert keys(sophie, queue="all", words=words) == [conversation.pk]


def test_references_stories_and_names_are_found(sophie, conversation):
    amelie = Member.objects.create(
        contract="EX-1", household="H", first_name="Amélie", last_name="Exemple", imported_at=timezone.now()
    )
    conversation.member = amelie.pk
    conversation.save()
    claim = open_one(conversation, story="le parapluie volé")
    write(conversation, "bonjour")
    for words in (claim.reference, claim.reference.replace("-", " "), claim.reference[:7], "parapluies", "amel exem"):
        assert keys(sophie, queue="all", words=words) == [conversation.pk], words
    assert keys(sophie, queue="all", words="rhinocéros") == []


@pytest.mark.parametrize("words", ["'", "\\", "%", "a:*&|!", "(((", "\0", "<script>", "- -", '"'])
def test_no_search_breaks_the_page(desk, words):
    assert desk.get("/desk/", {"queue": "all", "words": words}).status_code == 200


def test_a_conversation_shows_who_said_what_and_what_was_understood(desk, conversation, sophie):
    message = write(conversation, "J'ai donné mes codes")
    incident = {"intent": "report_fraud", "subtype": "phishing_codes_given", "confidence": 0.87}
    message.understood = {"intent": {"name": "report_fraud", "confidence": 0.9}, "incident": [incident]}
    message.safety = "fresh_money"
    message.save()
    say(conversation.pk, "**Appelez** :\n1. la banque")
    edit(conversation, message.external_id, "J'ai donné tous mes codes", timezone.now())
    say_as(conversation.pk, sophie.pk, "Bonjour", "k")
    page = body(desk.get(f"/desk/c/{conversation.pk}"))
    for text in (
        "tous mes codes",
        "modifié à",
        "87 %",
        "argent récent",
        "<strong>Appelez</strong>",
        "<li>la banque</li>",
    ):
        assert text in page, text
    assert "Sophie Exemple" in page


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "[clic](javascript:alert(1))", "{{ 7|add:7 }}"],
)
def test_what_people_write_is_shown_and_never_interpreted(desk, conversation, sophie, text):
    write(conversation, f"{text} https://piege.example/login")
    say(conversation.pk, text)
    say_as(conversation.pk, sophie.pk, text, "k")
    open_one(conversation, story=text, merchant=text)
    page = body(desk.get(f"/desk/c/{conversation.pk}?queue=all"))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page
    assert 'href="https://piege' not in page
    assert "https://piege.example/login" in page


def test_a_long_history_comes_in_pages_from_its_end(desk, conversation):
    for number in range(1, 101):
        say(conversation.pk, f"message-{number}.")
    page = body(desk.get(f"/desk/c/{conversation.pk}"))
    assert "message-100." in page
    assert "message-70." not in page
    earlier = body(desk.get(f"/desk/c/{conversation.pk}/messages", {"before": 71}))
    assert "message-70." in earlier
    assert "message-71." not in earlier
    assert "message-40." not in earlier


def test_news_hold_what_came_after_and_what_changed_before(desk, conversation):
    old = write(conversation, "faute")
    write(conversation, "suite")
    edit(conversation, old.external_id, "juste", timezone.now())
    news = body(desk.get(f"/desk/c/{conversation.pk}/messages", {"after": 2}))
    assert "juste" in news
    assert "suite" not in news


def test_news_hold_a_file_that_came_after_its_message(desk, conversation):
    message = receive(Inbound(conversation.pk, "f", "photo.png", "attachment"))
    settle(message, "photo.png", PNG, limit=1)
    news = body(desk.get(f"/desk/c/{conversation.pk}/messages", {"after": 9}))
    assert "?small" in news


def test_an_answer_of_the_claim_is_edited_and_the_edit_kept(desk, conversation, sophie):
    claim = open_one(conversation, amount_cents=85000)
    where = f"/desk/c/{conversation.pk}/claims/{claim.pk}/amount_cents"
    assert "1 250,00" in body(desk.post(where, {"value": "1250 €"})).replace("\u202f", " ").replace("\xa0", " ")
    kept = Edit.objects.get()
    assert (kept.before, kept.after, kept.by) == (85000, 125000, str(sophie.pk))
    desk.post(where, {"value": "1250 €"})
    assert Edit.objects.count() == 1
    desk.post(where, {"value": ""})
    assert Answer.objects.get(claim=claim, field="amount_cents").value is None


@pytest.mark.parametrize(
    ("field", "value"), [("amount_cents", "beaucoup"), ("incident_date", "31/12/2030"), ("nonsense", "x")]
)
def test_what_is_no_answer_is_refused_in_words(desk, conversation, field, value):
    claim = open_one(conversation)
    answer = desk.post(f"/desk/c/{conversation.pk}/claims/{claim.pk}/{field}", {"value": value})
    assert answer.status_code == 422
    assert not Edit.objects.exists()


def test_a_claim_is_edited_through_its_own_conversation_only(desk, conversation):
    claim = open_one(open_conversation("web"))
    open_one(conversation)
    answer = desk.post(f"/desk/c/{conversation.pk}/claims/{claim.pk}/amount_cents", {"value": "1"})
    assert answer.status_code == 404


def test_files_are_shown_harmlessly_and_through_their_own_conversation_only(desk, conversation):
    receive_file(Inbound(conversation.pk, "f", "photo.png", "attachment"), "photo.png", PNG)
    kept = Evidence.objects.get()
    where = f"/desk/c/{conversation.pk}/files/{kept.pk}"
    answer = desk.get(where)
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert desk.get(f"{where}?small")["Content-Type"] == "image/png"
    assert desk.get(f"/desk/c/{uuid4()}/files/{kept.pk}").status_code == 404
    kept.media_type = evidence.PDF
    kept.save()
    assert desk.get(where)["Content-Disposition"].startswith("attachment")
    evidence.discard([kept.key])
    assert desk.get(where).status_code == 404


def test_a_colleagues_conversation_says_so_and_keeps_what_was_typed(desk, conversation, marc):
    handling.take(conversation.pk, marc.pk)
    answer = desk.post(f"/desk/c/{conversation.pk}/reply", {"text": "Bonjour", "key": "1"})
    assert answer.status_code == 409
    assert "Marc Exemple a déjà pris" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_an_answer_has_a_length(desk, conversation, text):
    assert desk.post(f"/desk/c/{conversation.pk}/reply", {"text": text}).status_code == 422


def test_a_call_back_is_shown_and_done(desk, conversation, sophie):
    asked = CallBack.objects.create(conversation=conversation, phone="+32470000000")
    assert "0470 00 00 00" in body(desk.get(f"/desk/c/{conversation.pk}"))
    desk.post(f"/desk/c/{conversation.pk}/call-backs/{asked.pk}")
    asked.refresh_from_db()
    assert asked.done_by == sophie.pk
    assert "0470 00 00 00" not in body(desk.get(f"/desk/c/{conversation.pk}"))
