"""What the gateway itself makes of danger, children, silence, other languages and a wish to go on."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.catalogue import catalogue
from bot.claims.draft import Draft
from bot.claims.models import SavedDraft
from bot.claims.saved_drafts import forget_draft, save_draft, saved_draft
from bot.conversations.answering import DETAILS, TAKE_UP, answer
from bot.conversations.files import receive_file
from bot.conversations.models import Author, Conversation, Message
from bot.conversations.ownership import Owner
from bot.conversations.receiving import Inbound, open_conversation, receive
from bot.turn import Question, Reply, Turn
from tests.pictures import picture

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 23, 22, 40, tzinfo=UTC)


class Engine:
    """Says the same to all; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Question] = []

    def take_turn(self, question: Question) -> Turn:
        self.asked.append(question)
        return Turn([Reply("Bien.")])


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def conversation() -> Conversation:
    return open_conversation("web")


def write(conversation: Conversation, text: str, at: datetime = NOW, **values: str) -> Message:
    return receive(Inbound(conversation.pk, f"m{conversation.messages.count()}", text, sent_at=at, **values))


def last_said(conversation: Conversation) -> Message:
    found = conversation.messages.exclude(author=Author.MEMBER).order_by("-number").first()
    assert found is not None
    return found


def draft(key: str = "d1") -> Draft:
    return Draft(key, catalogue().subtype("fraud", "fake_shop"), "une histoire", {"amount_cents": 100})


def test_danger_to_life_makes_the_engine_let_go_of_its_form(conversation, engine):
    answer(write(conversation, "je veux mourir").pk, engine)
    conversation.refresh_from_db()
    assert (conversation.episode, conversation.owner, conversation.priority) == (2, Owner.WAITING, 0)
    assert engine.asked == []


@pytest.mark.parametrize("owner", [Owner.BOT, Owner.WAITING])
def test_danger_to_life_is_heeded_whoever_is_awaited(conversation, engine, owner):
    Conversation.objects.update(owner=owner)
    answer(write(conversation, "je veux mourir").pk, engine)
    assert conversation.messages.filter(author=Author.BOT, text__contains="0800 32 123").count() == 1


def test_danger_to_life_told_to_an_adviser_is_answered_at_once_too(conversation):
    Conversation.objects.update(owner=Owner.AGENT)
    message = write(conversation, "mon mari me frappe")
    conversation.refresh_from_db()
    message.refresh_from_db()
    assert "0800 30 030" in last_said(conversation).text
    assert (conversation.owner, conversation.priority, message.safety) == (Owner.AGENT, 0, "life")


def test_an_attack_told_while_waiting_is_answered_and_raises_the_priority(conversation, engine):
    Conversation.objects.update(owner=Owner.WAITING)
    answer(write(conversation, "ils sont sur mon pc, la souris bouge toute seule").pk, engine)
    conversation.refresh_from_db()
    assert "coupez Internet" in last_said(conversation).text
    assert (conversation.owner, conversation.priority) == (Owner.WAITING, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mijn rekening is leeggehaald, kan iemand helpen", "medewerker"),
        ("someone hacked my account, please help me", "adviser"),
        ("mein Konto wurde gehackt, bitte Hilfe", "Mitarbeiter"),
    ],
)
def test_another_language_gets_its_sentence_the_numbers_and_a_human(conversation, engine, text, said):
    answer(write(conversation, text).pk, engine)
    reply = last_said(conversation)
    assert said in reply.text
    assert "078 170 170" in reply.text
    human = reply.buttons[0]
    answer(write(conversation, human["title"], command=human["payload"]).pk, engine)
    conversation.refresh_from_db()
    handed = conversation.messages.filter(author="bot").latest("number").text
    assert said in handed
    assert "078 170 170" in handed
    assert conversation.owner == Owner.WAITING
    assert engine.asked == []


@pytest.mark.parametrize(
    ("text", "command"), [("Continuer", TAKE_UP), ("pourquoi ?", DETAILS["why"]), ("pourquoi il a fait ça", "")]
)
def test_the_words_of_a_button_mean_the_button(conversation, engine, text, command):
    answer(write(conversation, text).pk, engine)
    assert engine.asked[0].command == command


def test_the_engine_is_told_of_a_child_and_of_the_silence_before(conversation, engine):
    answer(write(conversation, "j'ai 14 ans").pk, engine)
    answer(write(conversation, "on m'insulte", NOW + timedelta(days=2)).pk, engine)
    assert [question.minor for question in engine.asked] == [True, True]
    assert [question.silence for question in engine.asked] == [0, timedelta(days=2).total_seconds()]


def test_a_parent_who_takes_over_is_no_child(conversation, engine):
    answer(write(conversation, "j'ai 14 ans").pk, engine)
    answer(write(conversation, "je suis sa maman, je vais expliquer", NOW + timedelta(minutes=1)).pk, engine)
    answer(write(conversation, "elle est insultée", NOW + timedelta(minutes=2)).pk, engine)
    assert [question.minor for question in engine.asked] == [True, False, False]


def test_a_draft_is_kept_once_however_often_it_is_saved(conversation):
    save_draft(conversation.pk, draft())
    save_draft(conversation.pk, draft())
    assert SavedDraft.objects.count() == 1
    assert saved_draft(conversation.pk) == draft()


def test_the_newest_draft_is_offered_but_for_the_present_one(conversation):
    save_draft(conversation.pk, draft("old"))
    save_draft(conversation.pk, draft("new"))
    assert saved_draft(conversation.pk).key == "new"
    assert saved_draft(conversation.pk, other_than="new").key == "old"
    forget_draft(conversation.pk, "old")
    assert saved_draft(conversation.pk, other_than="new") is None


def test_a_file_sent_where_intimate_images_are_told_comes_with_the_way_to_save_proof_once(conversation):
    images = catalogue().subtype("insults", "intimate_images")
    save_draft(conversation.pk, Draft("d1", images, "", {}))
    for number in (1, 2):
        receive_file(Inbound(conversation.pk, f"f{number}", sent_at=NOW), f"{number}.png", picture())
    assert conversation.messages.filter(text=images.evidence_note).count() == 1


def test_a_file_sent_elsewhere_comes_without_it(conversation):
    save_draft(conversation.pk, draft())
    receive_file(Inbound(conversation.pk, "f1", sent_at=NOW), "1.png", picture())
    assert not conversation.messages.filter(text__contains="intime").exists()


def test_erasing_the_conversation_erases_its_drafts(conversation, engine):
    save_draft(conversation.pk, draft())
    answer(write(conversation, "effacer", command="erase").pk, engine)
    assert saved_draft(conversation.pk) is None
