"""The one question after a closing: asked of whom it may be, answered or left, and never in the way of what matters."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from bot.conversations import handling
from bot.conversations.answering import answer
from bot.conversations.erasure import erase
from bot.conversations.models import Author, Conversation, Message, Rating
from bot.conversations.ownership import Owner
from bot.conversations.receiving import Inbound, open_conversation, receive
from bot.conversations.services import hand_off
from bot.errors import EngineFailure
from bot.events.models import Event
from bot.events.services import record
from bot.texts import say
from bot.turn import Question, Reading, Reply, Turn
from tests.desk import say_as

pytestmark = pytest.mark.django_db(transaction=True)
ADVISER = uuid4()


class Engine:
    """Reads every text as the intent it was made with."""

    def __init__(self, intent: str = "thank", danger: float = 0.0, report: float = 0.0) -> None:
        self.reading, self.asked = Reading(intent, danger, report), []

    def read(self, text: str) -> Reading:
        return self.reading

    def take_turn(self, question: Question) -> Turn:
        self.asked.append(question.text or question.command)
        return Turn([Reply("moteur")])


class BrokenEngine(Engine):
    def read(self, text: str) -> Reading:
        raise EngineFailure("ConnectionError")


@pytest.fixture
def conversation() -> Conversation:
    return open_conversation("web")


def write(conversation: Conversation, text: str, engine: Engine | None = None, command: str = "") -> Message:
    message = receive(Inbound(conversation.pk, uuid4().hex, text, command))
    if engine:
        answer(message.pk, engine)
    return message


def close(conversation: Conversation, reason: str = "solved") -> None:
    say_as(conversation.pk, ADVISER, "Voilà.", uuid4().hex)
    handling.close(conversation.pk, ADVISER, reason)


def said(conversation: Conversation) -> Message:
    found = conversation.messages.exclude(author=Author.MEMBER).order_by("-number").first()
    assert found is not None
    return found


def tap(conversation: Conversation, title: str) -> None:
    asked = next(
        (message, button)
        for message in conversation.messages.order_by("-number")
        for button in message.buttons
        if title in button["title"]
    )
    write(conversation, asked[1]["title"], command=asked[1]["payload"])


def owner(conversation: Conversation) -> str:
    conversation.refresh_from_db()
    return conversation.owner


@pytest.fixture
def rated(conversation) -> Conversation:
    write(conversation, "mon compte a été vidé")
    close(conversation)
    tap(conversation, "4")
    return conversation


def test_after_a_closing_five_scores_are_offered_and_one_is_kept_with_its_event(conversation):
    write(conversation, "mon compte a été vidé")
    close(conversation)
    question = said(conversation)
    assert [button["title"][0] for button in question.buttons] == ["1", "2", "3", "4", "5"]
    assert question.card == {"kind": "rating"}
    tap(conversation, "2")
    rating = Rating.objects.get()
    assert (rating.score, rating.adviser) == (2, ADVISER)
    assert Event.objects.get(name="conversation_rated").properties == {"score": 2}
    assert owner(conversation) == Owner.CLOSED, "a score must not open the conversation again"
    assert said(conversation).card == {"kind": "rating_words"}


def test_each_closing_asks_once(conversation):
    for _ in range(2):
        write(conversation, "encore une question", Engine())
        close(conversation)
    assert Rating.objects.count() == 2
    assert conversation.messages.filter(text=say("rating_question")).count() == 2


def test_a_second_tap_changes_nothing(rated):
    tap(rated, "1 ·")
    assert Rating.objects.get().score == 4
    assert Event.objects.filter(name="conversation_rated").count() == 1


def test_the_words_are_kept_masked(rated):
    write(rated, "très gentil, j'ai même dit ma carte 4111 1111 1111 1111", Engine("out_of_scope"))
    words = Rating.objects.get().words
    assert words.startswith("très gentil")
    assert "4111" not in words


def test_an_opinion_becomes_the_words_and_is_not_answered_by_the_bot(rated):
    engine = Engine("out_of_scope")
    message = write(rated, "conseiller patient, un peu lent", engine)
    rating = Rating.objects.get()
    assert (rating.words, rating.is_done) == ("conseiller patient, un peu lent", True)
    assert (owner(rated), engine.asked, said(rated).text) == (Owner.CLOSED, [], say("rating_thanks"))
    message.refresh_from_db()
    assert message.answered_at is not None


def test_thanks_for_the_help_are_words(rated):
    write(rated, "merci encore pour votre aide", Engine("thank"))
    assert (Rating.objects.get().words, owner(rated)) == ("merci encore pour votre aide", Owner.CLOSED)


def test_another_language_is_answered_in_it(rated):
    write(rated, "the man who called has my money and my phone", Engine("thank"))
    assert say("language_en") in rated.messages.values_list("text", flat=True)


def test_thanks_that_still_ask_for_help_are_no_words(rated):
    write(rated, "merci, mais aidez-moi", Engine("thank"))
    assert (Rating.objects.get().words, owner(rated)) == ("", Owner.BOT)


def test_no_thanks_by_button_or_word_leaves_no_words(rated):
    write(rated, "non merci", Engine("deny"))
    assert (Rating.objects.get().words, Rating.objects.get().is_done) == ("", True)
    assert owner(rated) == Owner.CLOSED


def test_the_way_out_is_a_button(rated):
    tap(rated, "Non merci")
    assert Rating.objects.get().is_done
    assert owner(rated) == Owner.CLOSED


def test_only_the_first_text_is_the_words(rated):
    engine = Engine()
    write(rated, "merci beaucoup", engine)
    write(rated, "merci encore", engine)
    assert (Rating.objects.get().words, engine.asked, owner(rated)) == ("merci beaucoup", ["merci encore"], Owner.BOT)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("on vient encore de retirer de l'argent avec ma carte", "report_fraud"),
        ("un autre faux vendeur maintenant", "report_fraud"),
        ("je voudrais parler à quelqu'un", "ask_human"),
        ("et mon dossier, il en est où ?", "out_of_scope"),
        ("CC-4827-1930-5562-38", "out_of_scope"),
        ("ça continue", "nlu_fallback"),
        ("ma carte ne marche plus", "out_of_scope"),
        ("bonjour", "greet"),
        ("toujours pas", "deny"),
        ("non, ça continue, aidez-moi", "deny"),
        ("oui, il recommence", "affirm"),
        ("je ne sais plus quoi faire, aidez-moi", "dont_know"),
        ("i am afraid of him please help", "out_of_scope"),
        ("ik ben bang van hem", "nlu_fallback"),
    ],
)
def test_a_report_a_wish_or_a_question_after_the_score_is_answered_as_any_message(rated, text, intent):
    engine = Engine(intent)
    write(rated, text, engine)
    assert owner(rated) in (Owner.BOT, Owner.WAITING)
    assert Rating.objects.get().words == ""
    assert said(rated).text != say("rating_thanks")


def test_a_danger_to_life_after_the_score_is_heard_at_once(rated):
    write(rated, "je veux mourir", Engine())
    assert (owner(rated), rated.priority) == (Owner.WAITING, 0)
    assert "0800 32 123" in rated.messages.filter(author=Author.BOT).latest("number").text


def test_a_danger_that_only_the_engine_hears_is_no_opinion(rated):
    engine = Engine("out_of_scope", danger=0.3)
    write(rated, "de toute façon bientôt je ne serai plus un souci pour vous", engine)
    assert engine.asked
    assert owner(rated) == Owner.BOT


def test_a_text_that_may_be_a_report_is_no_opinion(rated):
    engine = Engine("nlu_fallback", report=0.47)
    write(rated, "ils ont mes photos", engine)
    assert engine.asked
    assert Rating.objects.get().words == ""


def test_with_the_engine_down_no_text_is_swallowed(rated):
    engine = BrokenEngine()
    write(rated, "merci bien", engine)
    assert engine.asked == ["merci bien"]
    assert owner(rated) == Owner.BOT


def test_a_member_who_ignores_the_question_is_answered(conversation):
    write(conversation, "mon compte a été vidé")
    close(conversation)
    engine = Engine()
    write(conversation, "merci", engine)
    assert (engine.asked, owner(conversation)) == (["merci"], Owner.BOT)


def test_after_half_an_hour_a_text_is_no_words_any_more(rated):
    Rating.objects.update(rated_at=timezone.now() - timedelta(minutes=31))
    engine = Engine()
    write(rated, "merci", engine)
    assert (engine.asked, owner(rated)) == (["merci"], Owner.BOT)


def test_a_late_score_is_kept_while_a_human_owns_the_conversation_and_waits_for_nobody(conversation):
    write(conversation, "mon compte a été vidé")
    close(conversation)
    handling.take(conversation.pk, ADVISER)
    tap(conversation, "5")
    assert Rating.objects.get().score == 5
    assert (owner(conversation), conversation.waiting_since) == (Owner.AGENT, None)
    assert said(conversation).text == say("rating_thanks")


@pytest.mark.parametrize("reason", ["duplicate", "off_topic"])
def test_a_closing_that_was_no_help_asks_nothing(conversation, reason):
    write(conversation, "mon compte a été vidé")
    close(conversation, reason)
    assert not Rating.objects.exists()


@pytest.mark.parametrize("text", ["j'ai 13 ans et on se moque de moi", "je veux mourir"])
def test_a_child_or_a_life_in_danger_is_left_in_peace(conversation, text):
    write(conversation, text, Engine())
    write(conversation, "merci", Engine())
    close(conversation)
    assert not Rating.objects.exists()


@pytest.mark.parametrize("event", ["minor_answered", "danger"])
def test_what_the_dialogue_knew_of_a_child_or_a_danger_counts_too(conversation, event):
    write(conversation, "il recommence")
    if event == "danger":
        hand_off(conversation, "danger_to_life")
    else:
        record(event, conversation.pk)
    close(conversation)
    assert not Rating.objects.exists()


def test_nobody_is_asked_who_blocked_us_or_never_wrote(conversation):
    close(conversation)
    Conversation.objects.update(reachable=False)
    write(conversation, "mon compte a été vidé")
    close(conversation)
    assert not Rating.objects.exists()


def test_what_is_erased_leaves_no_words(rated):
    write(rated, "merci", Engine())
    erase(rated.pk, keep=write(rated, "encore").pk)
    assert not Rating.objects.exists()
