"""An adviser puts right what was understood: conversation, claim, figures, and the example that comes of it."""

from uuid import uuid4

import pytest

from bot.analytics.models import Daily, OpenClaim
from bot.claims.models import Document, Edit, SavedDraft, State
from bot.claims.saved_drafts import save_draft
from bot.claims.states import change_state
from bot.conversations.services import append
from bot.errors import StillAClaim
from bot.events.models import Event
from bot.learning.correcting import correct
from bot.learning.models import Example
from tests.claims import draft, open_one
from tests.integration.analytics.conftest import count_all
from tests.learning import PHISHING, report, tell

pytestmark = pytest.mark.django_db(transaction=True)
ROMANCE = "report_fraud/romance_scam"
STORY = "Je m'appelle Sophie Desmet et un homme connu sur internet m'a demandé 850 € le 12 mars"


def test_the_conversation_follows_and_the_correction_says_by_whom_and_from_what(conversation):
    report(conversation, STORY)
    by = uuid4()
    correct(conversation.pk, by, ROMANCE)
    conversation.refresh_from_db()
    assert (conversation.family, conversation.subtype) == ("fraud", "romance_scam")
    event = Event.objects.get(name="incident_corrected")
    assert event.conversation == conversation.pk
    assert event.properties == {
        "adviser": str(by), "was_family": "fraud", "was_subtype": "phishing_codes_given",
        "family": "fraud", "subtype": "romance_scam",
    }  # fmt: skip


def test_the_message_that_was_misread_becomes_an_example_without_its_author(conversation):
    report(conversation, STORY)
    tell(conversation, "hier soir je crois bien", best={PHISHING: 0.3})
    correct(conversation.pk, uuid4(), ROMANCE)
    example = Example.objects.get()
    assert example.text == "Je m'appelle Camille Martin et un homme connu sur internet m'a demandé 850 € l'autre jour"
    assert (example.label, example.guess, example.confidence) == (ROMANCE, f"report_{PHISHING}", 0.9)
    assert (example.why, example.conversation) == (Example.Why.ADVISER, conversation.pk)


def test_the_claim_becomes_one_of_the_right_kind_and_keeps_what_is_known(conversation):
    report(conversation, STORY)
    claim = open_one(conversation, amount_cents=85_000)
    given, told_away, *_ = claim.documents.all()
    Document.objects.filter(pk=given.pk).update(state=Document.State.ATTACHED)
    correct(conversation.pk, uuid4(), ROMANCE)
    claim.refresh_from_db()
    assert (claim.family, claim.subtype) == ("fraud", "romance_scam")
    assert claim.answers.get(field="amount_cents").value == 85_000
    names = list(claim.documents.values_list("name", flat=True))
    assert given.name in names
    assert len(names) == len(set(names)) > 1
    assert told_away.name not in names or told_away.name in _pieces("romance_scam")
    edit = Edit.objects.get(claim=claim)
    assert (edit.field, edit.before, edit.after) == ("kind", "fraud/phishing_codes_given", "fraud/romance_scam")


def test_a_claim_of_another_incident_or_a_closed_one_is_left_alone(conversation):
    claim = open_one(conversation)
    report(conversation, "et encore autre chose de nouveau", "failed_delivery/late")
    correct(conversation.pk, uuid4(), "report_failed_delivery/wrong_item")
    claim.refresh_from_db()
    assert claim.subtype == "phishing_codes_given"
    conversation.refresh_from_db()
    conversation.family, conversation.subtype = claim.family, claim.subtype
    conversation.save()
    change_state(claim.pk, State.CLOSED, "x", "helped")
    correct(conversation.pk, uuid4(), ROMANCE)
    claim.refresh_from_db()
    assert claim.subtype == "phishing_codes_given"


def test_what_is_no_incident_leaves_the_conversation_without_a_kind_unless_a_claim_is_open(conversation):
    report(conversation, "je voulais juste savoir une chose")
    correct(conversation.pk, uuid4(), "ask_cover")
    conversation.refresh_from_db()
    assert (conversation.family, conversation.subtype) == ("", "")
    assert Event.objects.get(name="incident_corrected").properties["label"] == "ask_cover"
    open_one(conversation)
    conversation.refresh_from_db()
    with pytest.raises(StillAClaim):
        correct(conversation.pk, uuid4(), "ask_cover")
    conversation.refresh_from_db()
    assert conversation.family == "fraud"


def test_a_declaration_that_was_begun_goes_on_as_the_right_kind(conversation):
    report(conversation, STORY)
    save_draft(conversation.pk, draft(story=STORY))
    correct(conversation.pk, uuid4(), ROMANCE)
    assert SavedDraft.objects.get().subtype == "romance_scam"


def test_said_twice_it_is_counted_once(conversation):
    report(conversation, STORY)
    for _ in range(2):
        correct(conversation.pk, uuid4(), ROMANCE)
    assert Event.objects.filter(name="incident_corrected").count() == 1
    assert Example.objects.count() == 1


def test_without_a_message_only_the_kind_changes(conversation):
    append(conversation, "adviser", "Bonjour")
    correct(conversation.pk, uuid4(), ROMANCE)
    conversation.refresh_from_db()
    assert (conversation.subtype, Example.objects.count()) == ("romance_scam", 0)


def test_the_figures_show_the_claim_under_its_right_kind_and_the_confusion(conversation):
    report(conversation, STORY)
    claim = open_one(conversation)
    count_all()
    correct(conversation.pk, uuid4(), ROMANCE)
    count_all()
    assert OpenClaim.objects.get(claim=claim.pk).subtype == "romance_scam"
    confused = Daily.objects.get(measure="confused")
    assert (confused.subtype, confused.key) == ("phishing_codes_given", "fraud/romance_scam")


def _pieces(subtype: str) -> tuple[str, ...]:
    from bot.catalogue import catalogue

    return catalogue().subtype("fraud", subtype).evidence
