"""What a member thought of the help, beside their conversation."""

from uuid import uuid4

import pytest
from django.utils import timezone

from bot.conversations.models import Rating

pytestmark = pytest.mark.django_db(transaction=True)


def rate(conversation, episode: int, score: int | None, words: str = "") -> None:
    values = {"rated_at": timezone.now() if score else None, "words": words, "adviser": uuid4()}
    Rating.objects.create(conversation=conversation, episode=episode, score=score, **values)


def test_the_latest_score_and_its_words_stand_in_the_panel(desk, conversation):
    rate(conversation, 2, 5)
    rate(conversation, 3, 2, "trop <b>lent</b>")
    rate(conversation, 4, None)
    shown = desk.get(f"/desk/c/{conversation.pk}/panel").content.decode()
    assert "Note 2 sur 5" in shown
    assert "trop &lt;b&gt;lent&lt;/b&gt;" in shown
    assert "Note 5" not in shown


def test_nothing_is_said_where_nobody_answered(desk, conversation):
    rate(conversation, 2, None)
    assert "sur 5" not in desk.get(f"/desk/c/{conversation.pk}/panel").content.decode()
