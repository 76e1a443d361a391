"""A supervisor's decisions: what is kept of each, and the way back within the hour."""

from uuid import uuid4

import pytest
from django.core.signing import BadSignature, SignatureExpired

from bot.conversations.erasure import erase
from bot.conversations.models import Message
from bot.learning import reviewing
from bot.learning.correcting import correct
from bot.learning.models import Example
from bot.learning.reviewing import accept, discard, undo
from tests.learning import ROMANCE, SHOP, report

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "on m'a pris de l'argent après un sms"
LABEL, OTHER = f"report_{ROMANCE}", f"report_{SHOP}"


@pytest.fixture
def example(conversation) -> Example:
    report(conversation, TEXT)
    correct(conversation.pk, uuid4(), LABEL)
    return Example.objects.get()


def test_an_accepted_example_keeps_its_words_and_has_no_way_back_to_the_conversation(example, conversation):
    by = uuid4()
    accept(example.pk, OTHER, by)
    example.refresh_from_db()
    assert (example.state, example.label, example.text, example.decided_by) == ("accepted", OTHER, TEXT, by)
    assert example.conversation is None
    erase(conversation.pk, keep=Message.objects.latest("pk").pk + 1)
    assert Example.objects.get().text == TEXT


def test_of_a_discarded_example_only_the_digest_is_left_and_it_does_not_come_again(example, conversation):
    discard(example.pk, uuid4())
    example.refresh_from_db()
    assert (example.text, example.label, example.guess, example.conversation) == ("", "", "", None)
    report(conversation, TEXT)
    correct(conversation.pk, uuid4(), OTHER)
    assert [each.state for each in Example.objects.all()] == ["discarded"]


@pytest.mark.parametrize("decide", [lambda key: accept(key, OTHER, uuid4()), lambda key: discard(key, uuid4())])
def test_a_decision_can_be_undone(example, conversation, decide):
    undo(decide(example.pk).back)
    example.refresh_from_db()
    assert (example.state, example.label, example.text, example.decided_by) == ("proposed", LABEL, TEXT, None)
    assert example.conversation == conversation.pk


def test_nothing_comes_back_of_a_conversation_that_was_erased_meanwhile(example, conversation):
    back = discard(example.pk, uuid4()).back
    erase(conversation.pk, keep=Message.objects.latest("pk").pk + 1)
    with pytest.raises(Example.DoesNotExist):
        undo(back)
    assert Example.objects.filter(text=TEXT).count() == 0


def test_a_way_back_that_is_forged_old_or_of_an_exported_example_leads_nowhere(example, monkeypatch):
    back = accept(example.pk, OTHER, uuid4()).back
    with pytest.raises(BadSignature):
        undo(back[:-2] + "xx")
    monkeypatch.setattr(reviewing, "UNDO_SECONDS", -1)
    with pytest.raises(SignatureExpired):
        undo(back)
    monkeypatch.undo()
    Example.objects.update(exported_at="2026-01-01T00:00Z")
    with pytest.raises(Example.DoesNotExist):
        undo(back)


def test_what_is_decided_is_not_decided_again(example):
    accept(example.pk, OTHER, uuid4())
    with pytest.raises(Example.DoesNotExist):
        discard(example.pk, uuid4())
