import pytest

from bot.claims.models import Document
from bot.conversations.files import receive_file
from bot.conversations.models import Evidence, Message
from bot.conversations.receiving import Inbound, open_conversation
from bot.events.models import Event
from tests.claims import exchange, open_one, tap
from tests.pictures import PDF

pytestmark = pytest.mark.django_db(transaction=True)


def give(conversation, name: str = "preuve.pdf") -> Message:
    """Send a file; return its receipt."""
    message = receive_file(Inbound(conversation.pk, name, name, "attachment"), name, PDF)
    return conversation.messages.get(external_id=f"receipt:{message.pk}")


def states(claim) -> list[str]:
    return list(claim.documents.values_list("state", flat=True))


def test_without_a_claim_a_receipt_offers_nothing(conversation):
    receipt = give(conversation)
    assert receipt.buttons == []
    assert "conversation" in receipt.text


def test_a_receipt_offers_the_pieces_to_come_and_a_tap_says_which_it_is(conversation):
    claim = open_one(conversation)
    receipt = give(conversation)
    assert len(receipt.buttons) == claim.documents.count()
    assert all(button["title"].startswith("C'est : ") and len(button["title"]) <= 49 for button in receipt.buttons)

    (noted,) = tap(conversation, receipt, "attestation")

    assert "attestation de dépôt de plainte" in noted.text
    document = claim.documents.get(name="attestation de dépôt de plainte")
    assert (document.state, Evidence.objects.get().document) == ("attached", document.pk)
    assert len(give(conversation, "autre.pdf").buttons) == claim.documents.count() - 1


def test_several_files_at_once_are_asked_about_one_after_the_other(conversation):
    claim = open_one(conversation)
    first, *_ = [give(conversation, f"{number}.pdf") for number in range(3)]
    _, asked = tap(conversation, first, "attestation")
    assert "1.pdf" in asked.text
    _, asked = tap(conversation, asked, "extrait")
    assert "2.pdf" in asked.text
    assert len(tap(conversation, asked, "extrait")) == 1
    assert states(claim).count("attached") == 2


def test_a_file_that_was_named_wrongly_is_named_again(conversation):
    claim = open_one(conversation)
    (noted,) = tap(conversation, give(conversation), "attestation")
    (asked,) = tap(conversation, noted, "pas cette pièce")
    tap(conversation, asked, "extrait")
    assert [(each.name[:7], each.state) for each in claim.documents.exclude(state="to_come")] == [
        ("extrait", "attached")
    ]


def test_the_list_shows_each_piece_as_text_and_card_and_changes_by_taps(conversation):
    claim = open_one(conversation)
    (shown,) = exchange(conversation, "les pièces", "checklist")
    assert claim.reference in shown.text
    assert {line["value"] for line in shown.card["lines"]} == {"à venir"}

    (asked,) = tap(conversation, shown, "attestation")
    assert [button["title"] for button in asked.buttons] == ["Jointe", "N'existe pas"]
    (shown,) = tap(conversation, asked, "N'existe pas")

    assert [line["value"] for line in shown.card["lines"]].count("n'existe pas") == 1
    (asked,) = tap(conversation, shown, "attestation")
    tap(conversation, asked, "À venir")
    assert set(states(claim)) == {"to_come"}


def test_files_sent_before_the_opening_are_offered_in_the_list(conversation):
    give(conversation, "capture*du*SMS.pdf")
    open_one(conversation)
    (shown,) = exchange(conversation, "", "checklist")
    (asked,) = tap(conversation, shown, "Classer")
    assert "capture du SMS.pdf" in asked.text
    (noted,) = tap(conversation, asked, "capture du message")
    assert "Pièces encore à venir" in noted.text


def test_when_nothing_is_to_come_the_member_is_thanked(conversation):
    claim = open_one(conversation)
    claim.documents.exclude(number=1).update(state="none")
    (noted,) = tap(conversation, give(conversation), "C'est")
    assert "Plus aucune pièce" in noted.text


def test_a_repeated_tap_changes_and_records_nothing_more(conversation):
    open_one(conversation)
    receipt = give(conversation)
    for _ in range(2):
        tap(conversation, receipt, "attestation")
    assert Event.objects.filter(name="document_changed").count() == 1


def test_without_a_claim_there_is_no_list(conversation):
    (told,) = exchange(conversation, "", "checklist")
    assert "pas encore de dossier" in told.text


@pytest.mark.parametrize("command", ["piece", "piece:", "piece:x", "document:1:2", "file:é", "document:{file}:{piece}"])
def test_nobody_reaches_the_pieces_or_files_of_another_conversation(conversation, command):
    claim, receipt = open_one(conversation), give(conversation)
    assert receipt.buttons
    stranger = open_conversation("web")
    filled = command.format(file=Evidence.objects.get().pk, piece=claim.documents.first().pk)
    (told,) = exchange(stranger, "", filled)
    assert "Je ne retrouve plus" in told.text
    assert Document.objects.exclude(state="to_come").count() == 0


def test_another_text_still_reaches_the_engine(conversation):
    assert [message.text for message in exchange(conversation, "bonjour")] == ["moteur : bonjour"]


def test_with_two_claims_each_list_is_a_tap_away_and_a_file_may_go_to_either(conversation):
    first, second = open_one(conversation), open_one(conversation, ("failed_delivery", "not_delivered"))
    receipt = give(conversation)
    assert Evidence.objects.get().claim == second.pk
    (asked,) = tap(conversation, receipt, "autre dossier")
    assert asked.buttons[0]["title"].startswith("C'est : ")
    tap(conversation, asked, first.reference)
    kept = Evidence.objects.get()
    assert (kept.claim, kept.document) == (first.pk, first.documents.get(state="attached").pk)

    (shown,) = exchange(conversation, "", "checklist")
    assert second.reference in shown.text
    (shown,) = tap(conversation, shown, f"Voir le dossier {first.reference}")
    assert f"Les pièces du dossier **{first.reference}**" in shown.text
    assert len(exchange(conversation, "", "claim_page")) == 2


def test_a_closed_claim_makes_room_for_the_open_one(conversation):
    closed, other = open_one(conversation), open_one(conversation)
    type(closed).objects.filter(pk=other.pk).update(state="closed")
    (shown,) = exchange(conversation, "", "checklist")
    assert closed.reference in shown.text
    type(closed).objects.update(state="closed")
    (shown,) = exchange(conversation, "", "checklist")
    assert other.reference in shown.text
