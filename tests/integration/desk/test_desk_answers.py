"""Whose the answer is: the adviser's who has the conversation, never an analyst's."""

import pytest

from tests.claims import exchange
from tests.desk import answers, new_adviser, send, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_words_to_an_adviser_are_still_the_advisers_to_answer(desk, conversation):
    send(desk, conversation, "Bonjour")
    assert exchange(conversation, "pièces", "") == []
    assert exchange(conversation, "", "/affirm") == []
    conversation.refresh_from_db()
    assert conversation.waiting_since is not None


def test_an_analyst_sends_nothing(conversation):
    browser = signed_in(new_adviser("A Exemple", "analyst"))
    assert send(browser, conversation, "Bonjour").status_code == 403
    assert answers(conversation) == []
