"""The claim beside the conversation: asking for pieces, and the claim's state."""

from uuid import uuid4

import pytest

from bot.claims.models import Claim, Document
from bot.conversations.models import Author
from bot.conversations.ownership import Owner
from bot.events.models import Event
from tests.claims import exchange, open_one, tap
from tests.desk import page, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_piece_is_asked_for_with_its_reason_and_marked_when_the_answer_leaves(desk, conversation):
    claim = open_one(conversation)
    piece = claim.documents.get(name="attestation de dépôt de plainte")
    shown = page(desk, conversation)
    assert f'data-ask="{piece.pk}"' in shown
    assert "Elle montre que les faits ont été signalés." in shown

    desk.post(f"/desk/c/{conversation.pk}/draft", {"text": "Il nous manque", "piece": str(piece.pk)})
    assert f'name="piece" value="{piece.pk}"' in page(desk, conversation)
    assert Document.objects.get(pk=piece.pk).asked_at is None

    send(desk, conversation, "Il nous manque une pièce.", piece=[str(piece.pk), "nonsense"])
    piece.refresh_from_db()
    assert piece.asked_at is not None
    assert "demandée le" in page(desk, conversation)
    assert Event.objects.get(name="document_asked").properties == {"number": piece.number}
    message = conversation.messages.get(author=Author.ADVISER)
    assert "attestation" in tap(conversation, message, "pièces")[0].text


def test_a_piece_of_somebody_else_is_not_marked(desk, conversation, browser_of):
    other = open_one(uuid4()).documents.first()
    send(desk, conversation, "Bonjour", piece=str(other.pk))
    other.refresh_from_db()
    assert other.asked_at is None
    assert conversation.messages.get(author=Author.ADVISER).buttons == []


def test_the_claims_state_is_changed_and_the_member_is_told(desk, conversation, sophie):
    claim = open_one(conversation)
    answer = desk.post(f"/desk/c/{conversation.pk}/claims/{claim.pk}/state", {"state": "in_review"})
    assert answer.status_code == 200
    assert "En cours d&#x27;examen" in answer.content.decode()
    assert claim.history.latest("pk").by == str(sophie.pk)
    assert "avance" in conversation.messages.get().text


def test_a_claim_is_closed_with_an_outcome_only(desk, conversation):
    claim = open_one(conversation)
    address = f"/desk/c/{conversation.pk}/claims/{claim.pk}/state"
    refused = desk.post(address, {"state": "closed"})
    assert refused.status_code == 422
    assert "Choisissez comment" in refused.content.decode()
    closed = desk.post(address, {"state": "closed", "outcome": "withdrawn"}).content.decode()
    assert closed.count("Déclaration retirée") >= 3  # the tag, the choice, the history
    assert Claim.objects.get().outcome == "withdrawn"
    assert desk.post(address, {"state": "paid"}).status_code == 422


def test_the_state_of_a_claim_that_is_not_beside_the_conversation_is_a_404(desk, conversation):
    other = open_one(uuid4())
    assert desk.post(f"/desk/c/{conversation.pk}/claims/{other.pk}/state", {"state": "in_review"}).status_code == 404


def test_pieces_and_erasure_are_answered_beside_the_adviser_and_nobody_waits_for_that(desk, conversation):
    claim = open_one(conversation)
    send(desk, conversation, "Bonjour")
    (shown,) = exchange(conversation, command="checklist")
    assert claim.reference in shown.text
    (noted,) = exchange(conversation, command=f"piece:{claim.documents.first().pk}:none")
    assert "C'est noté." in noted.text
    assert claim.documents.first().state == Document.State.NONE
    exchange(conversation, command="ask_erasure")
    (told,) = exchange(conversation, command="erase")
    conversation.refresh_from_db()
    assert (conversation.owner, conversation.waiting_since) == (Owner.AGENT, None)
    assert list(conversation.messages.order_by("number").values_list("number", flat=True)) == [
        told.number - 1,
        told.number,
    ]
