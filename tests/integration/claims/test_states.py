import pytest

from bot.claims.models import Claim
from bot.claims.services import set_email
from bot.claims.states import change_state
from bot.claims.summary import summary_of
from bot.conversations.models import Conversation, Message
from bot.events.models import Event
from tests.claims import do_jobs, exchange, open_one
from tests.mail_server import text_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_change_of_state_is_told_with_what_happens_next_and_kept_in_the_history(conversation):
    claim = open_one(conversation)
    change_state(claim.pk, "documents_missing", by="sophie")

    told = conversation.messages.get()
    assert told.author == "system"
    assert claim.reference in told.text
    assert "attend encore des pièces" in told.text
    assert [button["payload"] for button in told.buttons] == ["checklist"]
    assert [(each.state, each.by) for each in claim.history.order_by("pk")] == [
        ("open", "member"),
        ("documents_missing", "sophie"),
    ]
    assert Event.objects.get(name="state_changed").properties == {"before": "open", "state": "documents_missing"}


def test_it_is_told_by_e_mail_too(conversation, mail):
    claim = open_one(conversation)
    set_email(claim.pk, "jeanne@example.be")
    change_state(claim.pk, "in_review", "sophie")
    do_jobs()
    assert "En cours d'examen" in text_of(mail.messages[-1])
    assert "sophie" not in text_of(mail.messages[-1])


def test_the_state_it_has_already_changes_nothing(conversation):
    claim = open_one(conversation)
    for _ in range(2):
        change_state(claim.pk, "closed", "sophie", "helped")
    assert (Message.objects.count(), claim.history.count()) == (1, 2)


def test_a_closing_keeps_how_it_ended_until_the_claim_is_opened_again(conversation):
    claim = open_one(conversation)
    closed = change_state(claim.pk, "closed", "sophie", "refunded")
    assert (closed.outcome, claim.history.latest("pk").outcome) == ("refunded", "refunded")
    assert Event.objects.get(name="state_changed").properties == {
        "before": "open",
        "state": "closed",
        "outcome": "refunded",
    }
    assert summary_of(closed).outcome == "Remboursement"
    assert change_state(claim.pk, "in_review", "sophie", "refunded").outcome == ""
    assert "outcome" not in Event.objects.filter(name="state_changed").latest("pk").properties


@pytest.mark.parametrize("outcome", ["", "paid"])
def test_nothing_is_closed_without_one_of_the_outcomes(conversation, outcome):
    claim = open_one(conversation)
    with pytest.raises(ValueError, match="Outcome"):
        change_state(claim.pk, "closed", "sophie", outcome)
    assert Claim.objects.get().state == "open"
    assert not Message.objects.exists()


def test_an_unknown_state_is_refused(conversation):
    claim = open_one(conversation)
    with pytest.raises(ValueError, match="paid"):
        change_state(claim.pk, "paid", "sophie")
    assert Claim.objects.get().state == "open"


def test_a_claim_whose_conversation_is_gone_is_moved_on_in_silence(conversation):
    claim = open_one(conversation)
    Conversation.objects.all().delete()
    assert change_state(claim.pk, "closed", "sophie", "helped").state == "closed"


def test_its_reference_typed_where_it_was_opened_tells_the_state_at_once(conversation):
    claim = open_one(conversation)
    (told,) = exchange(conversation, f"où en est mon dossier {claim.reference.lower()} ?")
    assert "Ouvert" in told.text
    assert "Un gestionnaire va l'examiner" in told.text
