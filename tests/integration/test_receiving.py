from uuid import uuid4

import pytest

from bot.conversations.models import Message
from bot.conversations.receiving import Inbound, open_conversation, receive

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_redelivered_message_is_stored_and_queued_once():
    from procrastinate.contrib.django.models import ProcrastinateJob

    conversation = open_conversation("web")
    inbound = Inbound(conversation.pk, "m1", "ma carte 4111 1111 1111 1111 a été volée")

    first, second = receive(inbound), receive(inbound)

    assert first.pk == second.pk
    assert "4111" not in Message.objects.get().text
    assert ProcrastinateJob.objects.filter(lock=str(conversation.pk)).count() == 1


def test_a_message_to_an_unknown_conversation_is_refused():
    from bot.conversations.models import Conversation

    with pytest.raises(Conversation.DoesNotExist):
        receive(Inbound(uuid4(), "m1", "bonjour"))


def test_spaces_that_do_not_break_still_part_words_and_joined_emoji_stay_whole():
    conversation = open_conversation("web")
    message = receive(
        Inbound(conversation.pk, "m1", "le\u00a0vendeur,\r\n1\u202f250\u00a0€ 👨\u200d👩\u200d👧\x00\u202e")
    )
    assert message.text == "le vendeur,\n1 250 € 👨\u200d👩\u200d👧"
