"""On everything for real: a told story is counted within seconds, and its vector is noted for the waves."""

import pytest

from tests.member import Member
from tests.stack import wait_until

pytestmark = pytest.mark.slow
STORY = "ce matin j'ai cliqué sur un faux SMS de bpost-frais.top et 1.320 € ont disparu de mon compte"
COUNTED = "SELECT sum(count) AS n FROM analytics.daily WHERE measure = %s AND family = 'fraud'"


def test_a_story_is_counted_and_its_vector_noted(stack):
    member = Member.arrives(stack)
    member.says(STORY)
    noted = stack.rows(
        "SELECT traits, vector_dims(vector) AS n FROM waves_report WHERE conversation = %s", member.conversation
    )
    assert noted == [{"traits": ["site:bpost-frais.top"], "n": 512}]
    kept = (
        "SELECT understood ? 'vector' AS is_kept FROM conversations_message WHERE conversation_id = %s AND number = 1"
    )
    assert stack.rows(kept, member.conversation) == [{"is_kept": False}]
    wait_until(lambda: (stack.rows(COUNTED, "report")[0]["n"] or 0) >= 1, 60, 1.0)
    wait_until(lambda: (stack.rows(COUNTED, "asked")[0]["n"] or 0) >= 1, 60, 1.0)
