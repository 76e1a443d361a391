from uuid import uuid4

import pytest

from bot.catalogue import catalogue
from bot.claims.draft import UNKNOWN, Draft
from bot.claims.models import Claim
from bot.claims.services import claims_of, open_claim
from bot.errors import IncompleteClaim
from bot.events.models import Event

pytestmark = pytest.mark.django_db

SUBTYPE = catalogue().subtype("fraud", "phishing_codes_given")


def draft(**values: object) -> Draft:
    return Draft("draft-1", SUBTYPE, "une histoire", dict.fromkeys(SUBTYPE.fields, UNKNOWN) | values)


def test_a_draft_becomes_one_claim_however_often_it_is_opened():
    conversation = uuid4()
    first, second = (open_claim(conversation, draft(amount_cents=85000)) for _ in range(2))
    assert first.pk == second.pk
    assert Claim.objects.count() == 1
    assert first.answers.get(field="amount_cents").value == 85000
    assert [change.state for change in first.history.all()] == ["open"]
    assert Event.objects.filter(name="claim_opened", claim=first.pk).count() == 1


def test_a_claim_with_an_unanswered_question_is_refused_by_name():
    incomplete = Draft("draft-2", SUBTYPE, "", {SUBTYPE.fields[0]: UNKNOWN})
    with pytest.raises(IncompleteClaim, match=SUBTYPE.fields[1]):
        open_claim(uuid4(), incomplete)
    assert Claim.objects.count() == 0


def test_what_is_not_known_is_stored_as_nothing():
    claim = open_claim(uuid4(), draft())
    assert set(claim.answers.values_list("value", flat=True)) == {None}


def test_a_conversation_sees_only_its_own_claims():
    mine, other = uuid4(), uuid4()
    claim = open_claim(mine, draft())
    open_claim(other, draft())
    assert claims_of(mine) == [claim]
