"""Supervisors' rules on whole turns: who is passed on, to whom, what the member still reads, and what wins."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from bot.claims.services import open_claim
from bot.conversations.answering import answer
from bot.conversations.models import Author, Conversation, Message, Rule
from bot.conversations.ownership import Owner
from bot.conversations.receiving import Inbound, open_conversation, receive
from bot.desk.models import Tag, Tagging, Team
from bot.events.models import Event
from bot.texts import say
from bot.turn import Question, Reply, Turn
from tests.claims import draft

pytestmark = pytest.mark.django_db(transaction=True)
SHOP = {"family": "fraud", "subtype": "fake_shop"}
ADVICE, QUESTION = Reply("Vos premiers conseils."), Reply("Quand était-ce ?")


class Engine:
    """Understands every text as a fake shop, advises and asks; or says what a test wants."""

    def __init__(self, *turns: Turn) -> None:
        self.turns = list(turns)

    def take_turn(self, question: Question) -> Turn:
        return self.turns.pop(0) if self.turns else advised()


def advised(**values) -> Turn:
    events = [("incident_understood", SHOP), ("advice_shown", SHOP), ("question_asked", {"field": "incident_date"})]
    return Turn([ADVICE, QUESTION], {"intent": {"name": "report_fraud", "confidence": 0.9}}, events=events, **values)


def plain(**values) -> Turn:
    return Turn([Reply("Bien.")], {"intent": {"name": "greet", "confidence": 0.9}}, **values)


@pytest.fixture
def conversation() -> Conversation:
    return open_conversation("web")


def rule(**values) -> Rule:
    values = {"name": "Faux sites", "position": Rule.objects.count() + 1, "changed_by": uuid4(), **values}
    return Rule.objects.create(**values)


def write(conversation: Conversation, text: str = "j'ai payé 850 € sur un faux site", engine: Engine | None = None):
    message = receive(Inbound(conversation.pk, uuid4().hex, text))
    answer(message.pk, engine or Engine())
    conversation.refresh_from_db()
    return message


def said(conversation: Conversation) -> list[str]:
    return list(conversation.messages.filter(author=Author.BOT).order_by("number").values_list("text", flat=True))


def applied() -> list[int]:
    return [event.properties["rule"] for event in Event.objects.filter(name="rule_applied").order_by("pk")]


def test_a_rule_passes_the_conversation_on_after_the_advice_without_the_question(conversation):
    Team.objects.create(slug="fraude", name="Fraude")
    own = rule(family="fraud", team="fraude", priority=1)
    write(conversation)
    assert said(conversation) == [ADVICE.text, say("handed_off_rule")]
    state = (conversation.owner, conversation.owner_reason, conversation.team, conversation.priority)
    assert state == (Owner.WAITING, "rule", "fraude", 1)
    assert conversation.rule == own
    assert applied() == [own.pk]
    line = conversation.messages.filter(author=Author.SYSTEM).latest("number").text
    assert "prochaine personne" in line, "the member reads where they stand"


def test_handing_over_at_once_keeps_only_what_cannot_wait(conversation):
    rule(family="fraud", action="hand_off")
    write(conversation, "ils sont sur mon pc, la souris bouge toute seule, c'est un faux site")
    first, told = said(conversation)
    assert "coupez Internet" in first
    assert told == say("handed_off_rule")


def test_a_child_keeps_all_that_is_said_to_it(conversation):
    rule(is_child=True, action="hand_off")
    write(conversation, "j'ai 13 ans et on m'a volé mon compte", Engine(plain()))
    assert said(conversation) == ["Bien.", say("handed_off_rule")]


def test_a_possible_danger_keeps_its_word(conversation):
    rule(family="fraud", action="hand_off")
    turn = advised()
    turn.understood["danger"] = 0.3
    write(conversation, engine=Engine(turn))
    assert say("life_possible") in said(conversation)


def test_a_possible_danger_keeps_its_word_where_the_turn_is_one_question(conversation):
    rule(words="notaire")
    events = [("question_asked", {"field": "incident_date"})]
    write(conversation, "le notaire", Engine(Turn([QUESTION], {"intent": {}, "danger": 0.3}, events=events)))
    assert said(conversation) == [say("life_possible"), say("handed_off_rule")]


def test_urgent_words_behind_the_question_do_not_save_it(conversation):
    rule(family="fraud")
    urgent = Reply(say("urgent_fresh_money"))
    write(conversation, engine=Engine(replace(advised(), replies=[ADVICE, QUESTION, urgent])))
    assert said(conversation) == [ADVICE.text, urgent.text, say("handed_off_rule")]


@pytest.mark.parametrize("urgent", ["urgent_ongoing", "urgent_fresh_money"])
def test_handing_over_at_once_keeps_the_numbers_that_the_dialogue_said(conversation, urgent):
    rule(words="digipass", action="hand_off")
    turn = Turn([Reply(say(urgent)), QUESTION], {"intent": {}})
    write(conversation, "et le digipass alors", Engine(turn))
    assert said(conversation) == [say(urgent), say("handed_off_rule")]


@pytest.mark.parametrize(
    ("kind", "urgent"),
    [
        ({"family": "fraud", "subtype": "fake_bank_employee"}, ["urgent_fresh_money"]),
        ({"family": "suspicious_behaviour", "subtype": "sim_swap"}, ["urgent_ongoing"]),
        ({"family": "insults", "subtype": "insults_defamation"}, []),
        ({"family": "fraud"}, []),
        ({"family": "unheard-of", "subtype": "x"}, []),
    ],
)
def test_handing_over_at_once_says_the_numbers_that_the_kind_of_incident_needs(conversation, kind, urgent):
    rule(words="digipass", action="hand_off")
    turn = replace(advised(), events=[("incident_understood", {"subtype": "", **kind}), ("advice_shown", kind)])
    write(conversation, "j'ai donné mon code digipass à un faux conseiller de ma banque", Engine(turn))
    assert said(conversation) == [*map(say, urgent), say("handed_off_rule")]


def test_the_advice_is_waited_for_while_a_question_decides_the_kind(conversation):
    rule(family="fraud")
    between = Turn([Reply("Avez-vous payé ?")], {"intent": {}}, events=[("incident_understood", SHOP)])
    write(conversation, engine=Engine(between))
    assert conversation.owner == Owner.BOT
    write(conversation, "oui", Engine(Turn([ADVICE, QUESTION], {"intent": {}}, events=[("advice_shown", SHOP)])))
    assert conversation.owner == Owner.WAITING


def test_danger_to_life_waits_for_anybody_and_not_for_a_team(conversation):
    rule(safety="fresh_money", team="fraude", priority=2)
    write(conversation, "je veux mourir")
    state = (conversation.owner_reason, conversation.team, conversation.priority, conversation.rule)
    assert state == ("danger_to_life", "", 0, None)


def test_a_danger_to_life_that_the_dialogue_hears_keeps_its_queue_too(conversation):
    rule(words="tuer", team="fraude")
    write(conversation, "cela va me tuer", Engine(plain(hand_off="danger_to_life")))
    assert (conversation.owner_reason, conversation.team, conversation.priority) == ("danger_to_life", "", 0)


def test_where_a_human_is_called_anyhow_the_rule_says_for_whom_and_how_urgently(conversation):
    own = rule(words="avocat", team="litiges", priority=2)
    write(conversation, "je veux parler à quelqu'un, mon avocat attend", Engine(plain(hand_off="asked")))
    state = (conversation.owner_reason, conversation.team, conversation.priority, conversation.rule)
    assert state == ("asked", "litiges", 2, own)
    assert say("handed_off_rule") not in said(conversation)


def test_a_rule_never_makes_anything_less_urgent(conversation):
    rule(family="fraud", priority=3)
    write(conversation, "ils sont sur mon pc, la souris bouge toute seule")
    assert conversation.priority == 1


def test_the_first_rule_that_fits_routes_and_every_tag_is_put(conversation):
    tag = Tag.objects.create(name="Faux site")
    first = rule(family="fraud", action="tag", tag=str(tag.pk))
    rule(family="insults", team="autre")
    second = rule(family="fraud", team="fraude")
    rule(family="fraud", team="trop-tard")
    write(conversation)
    assert conversation.team == "fraude"
    assert applied() == [first.pk, second.pk]
    assert Tagging.objects.get(conversation=conversation.pk).tag == tag


def test_a_rule_that_is_switched_off_does_nothing(conversation):
    rule(family="fraud", is_active=False)
    write(conversation)
    assert (conversation.owner, applied()) == (Owner.BOT, [])


def test_what_an_adviser_gave_back_does_not_return_by_the_same_rule_that_day(conversation):
    rule(family="fraud")
    write(conversation)
    Conversation.objects.update(owner=Owner.BOT)
    write(conversation)
    assert conversation.owner == Owner.BOT
    Event.objects.filter(name="rule_applied").update(at=datetime.now(UTC) - timedelta(days=2))
    write(conversation)
    assert conversation.owner == Owner.WAITING


class Opening(Engine):
    """Opens the claim, as the actions do in the midst of a turn."""

    def take_turn(self, question: Question) -> Turn:
        key = Message.objects.get(pk=int(question.message_id)).conversation_id
        open_claim(key, draft(("fraud", "fake_shop"), amount_cents=300_000, victim="parent"))
        return Turn([Reply("Votre dossier est ouvert."), Reply("Un e-mail ?")], {"intent": {}}, ends_episode=True)


def test_an_opened_claim_is_passed_on_by_its_amount_and_all_is_said_of_it(conversation):
    own = rule(family="fraud", amount_cents=250_000, action="hand_off")
    write(conversation, "on m'a eu sur internet", Engine(plain()))
    assert conversation.owner == Owner.BOT
    write(conversation, "oui c'est exact", Opening())
    assert said(conversation)[-3:] == ["Votre dossier est ouvert.", "Un e-mail ?", say("handed_off_rule")]
    assert (conversation.owner, applied()) == (Owner.WAITING, [own.pk])


def test_a_claim_below_the_amount_stays_with_the_bot(conversation):
    rule(family="fraud", amount_cents=300_001)
    write(conversation, "oui c'est exact", Opening())
    assert conversation.owner == Owner.BOT


def test_words_of_the_day_count_for_a_claim(conversation):
    rule(family="fraud", words="notaire")
    write(conversation, "je suis notaire et on a payé en mon nom", Engine(plain()))
    write(conversation, "oui c'est exact", Opening())
    assert conversation.owner == Owner.WAITING


def test_a_broken_rule_costs_the_member_no_answer(conversation):
    rule(family="fraud", safety="unheard-of")
    write(conversation)
    assert said(conversation) == [ADVICE.text, QUESTION.text]


def test_nothing_more_is_said_to_who_waits_already(conversation):
    Conversation.objects.update(owner=Owner.WAITING)
    rule(words="avocat", team="litiges")
    write(conversation, "mon avocat attend")
    assert applied() == []
