from collections.abc import Callable
from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from bot.conversations import tasks
from bot.conversations.answering import answer
from bot.conversations.models import Author, Conversation, Message
from bot.conversations.ownership import Owner
from bot.conversations.receiving import Inbound, edit, open_conversation, receive
from bot.conversations.tasks import ATTEMPTS
from bot.errors import EngineFailure
from bot.events.models import Event
from bot.turn import Question, Reply, Turn

pytestmark = pytest.mark.django_db(transaction=True)


class FakeEngine:
    """Answers as told; `meanwhile` happens while it thinks."""

    def __init__(self, turn: Turn | None = None, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.turn, self.meanwhile, self.asked = turn, meanwhile, list[Question]()

    def take_turn(self, question: Question) -> Turn:
        self.asked.append(question)
        self.meanwhile()
        if self.turn is None:
            raise EngineFailure("ConnectionError")
        return self.turn


@pytest.fixture
def conversation() -> Conversation:
    return open_conversation("web")


def said(conversation: Conversation) -> list[str]:
    """Return what the bot said, in order."""
    return list(conversation.messages.filter(author=Author.BOT).order_by("number").values_list("text", flat=True))


def write(conversation: Conversation, text: str = "bonjour", **values: str) -> Message:
    return receive(Inbound(conversation.pk, f"m{conversation.messages.count()}", text, **values))


def test_a_message_answered_twice_is_answered_once(conversation):
    message, engine = write(conversation), FakeEngine(Turn([Reply("Bonjour")]))
    answer(message.pk, engine)
    answer(message.pk, engine)
    assert said(conversation) == ["Bonjour"]


def test_when_the_engine_fails_the_member_is_told_and_a_human_is_called(conversation):
    answer(write(conversation).pk, FakeEngine())
    conversation.refresh_from_db()
    assert "078 170 170" in said(conversation)[0]
    assert (conversation.owner, conversation.owner_reason) == (Owner.WAITING, "engine_failure")


def test_danger_to_life_is_answered_without_the_engine_and_goes_first(conversation):
    engine = FakeEngine(Turn([Reply("?")]))
    answer(write(conversation, "je veux mourir, je n'en peux plus").pk, engine)
    conversation.refresh_from_db()
    assert engine.asked == []
    assert "0800 32 123" in said(conversation)[0]
    assert (conversation.owner, conversation.priority) == (Owner.WAITING, 0)


def test_a_human_who_took_over_meanwhile_is_not_talked_over(conversation):
    def take_over() -> None:
        Conversation.objects.filter(pk=conversation.pk).update(owner=Owner.AGENT)

    answer(write(conversation).pk, FakeEngine(Turn([Reply("trop tard")]), meanwhile=take_over))
    assert said(conversation) == []
    assert Event.objects.filter(name="reply_dropped").exists()


def test_the_engine_is_never_asked_while_a_human_owns_the_conversation(conversation):
    message, engine = write(conversation), FakeEngine(Turn([Reply("?")]))
    Conversation.objects.update(owner=Owner.AGENT)
    answer(message.pk, engine)
    assert engine.asked == []


def test_while_waiting_for_a_human_the_member_is_told_so_once(conversation):
    Conversation.objects.update(owner=Owner.WAITING)
    for text in ("allô ?", "il y a quelqu'un ?"):
        answer(write(conversation, text).pk, FakeEngine(Turn([Reply("?")])))
    assert len(said(conversation)) == 1


def test_a_member_may_go_back_to_the_bot(conversation):
    answer(write(conversation, "conseiller", command="ask_human").pk, FakeEngine())
    answer(write(conversation, "continuer", command="resume").pk, FakeEngine())
    conversation.refresh_from_db()
    assert conversation.owner == Owner.BOT


def test_a_masked_number_is_mentioned_after_the_advice_and_before_the_question(conversation):
    turn = Turn([Reply("Conseil"), Reply("Question ?")])
    answer(write(conversation, "ma carte 4111 1111 1111 1111").pk, FakeEngine(turn))
    assert said(conversation)[::2] == ["Conseil", "Question ?"]
    assert "masqué" in said(conversation)[1]


def test_what_actions_wish_happens_with_their_reply(conversation):
    wished = Turn([Reply("Je préviens")], hand_off="asked", ends_episode=True, events=[("advice_shown", {"a": 1})])
    answer(write(conversation).pk, FakeEngine(wished))
    conversation.refresh_from_db()
    assert (conversation.owner, conversation.episode) == (Owner.WAITING, 2)
    assert Event.objects.get(name="advice_shown").properties == {"a": 1}


def test_erasing_leaves_no_word_and_a_fresh_memory(conversation):
    answer(write(conversation, "mon histoire secrète").pk, FakeEngine(Turn([Reply("Conseil")])))
    answer(write(conversation, "effacer", command="erase").pk, FakeEngine())
    conversation.refresh_from_db()
    texts = " ".join(conversation.messages.values_list("text", flat=True))
    assert "secrète" not in texts
    assert "Conseil" not in texts
    assert conversation.episode == 2


def test_an_old_button_of_another_conversation_is_refused(conversation):
    from bot.conversations.buttons import tapped, token
    from bot.errors import NotYours

    answer(write(conversation).pk, FakeEngine(Turn([Reply("?", [{"title": "Oui", "payload": "/affirm"}])])))
    ours = conversation.messages.get(author=Author.BOT)
    assert tapped(conversation, token(ours, 0))["payload"] == "/affirm"
    for forged in (token(ours, 1), token(ours, 0)[:-1] + "x", "1.0.abc", "", "é", "1"):
        with pytest.raises(NotYours):
            tapped(conversation, forged)
    with pytest.raises(NotYours):
        tapped(open_conversation("web"), token(ours, 0))


def test_erasing_keeps_what_was_written_after_it_was_asked(conversation):
    write(conversation, "mon histoire secrète")
    asked = write(conversation, "effacer", command="erase")
    later = write(conversation, "encore une question")
    answer(asked.pk, FakeEngine())
    assert conversation.messages.filter(pk=later.pk).exists()


def test_danger_to_life_that_only_the_engine_saw_goes_first_too(conversation):
    answer(write(conversation).pk, FakeEngine(Turn([Reply("112")], hand_off="danger_to_life")))
    conversation.refresh_from_db()
    assert conversation.priority == 0


class BrokenEngine(FakeEngine):
    """Fails in a way that nobody foresaw."""

    def take_turn(self, question: Question) -> Turn:
        raise RuntimeError("secret words")


@pytest.mark.parametrize(("attempts", "is_last"), [(0, False), (ATTEMPTS - 2, False), (ATTEMPTS - 1, True)])
def test_an_answer_that_fails_again_and_again_calls_a_human_instead_of_silence(
    conversation, monkeypatch, attempts, is_last
):
    monkeypatch.setattr(tasks, "engine", BrokenEngine)
    message, context = write(conversation), SimpleNamespace(job=SimpleNamespace(attempts=attempts))
    with nullcontext() if is_last else pytest.raises(RuntimeError):
        tasks.answer_message(context, message_id=message.pk)
    conversation.refresh_from_db()
    assert (conversation.owner == Owner.WAITING) is is_last
    assert any("problème technique" in text for text in said(conversation)) is is_last


def test_danger_to_life_told_by_an_edit_is_heeded_once(conversation):
    message = write(conversation, "on m'insulte")
    answer(message.pk, FakeEngine(Turn([Reply("Conseil")])))
    for text in ("je veux mourir", "je veux vraiment mourir"):
        edit(conversation, message.external_id, text, message.sent_at)
    conversation.refresh_from_db()
    assert conversation.messages.filter(text__contains="0800 32 123").count() == 1
    assert (conversation.owner, conversation.priority) == (Owner.WAITING, 0)
