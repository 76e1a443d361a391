import pytest
from django.db import connection

from bot.claims.models import Document
from bot.claims.states import change_state
from bot.conversations.models import Conversation, Evidence
from tests.claims import open_one
from tests.pictures import picture


@pytest.fixture
def claim(telegram):
    """Open a claim for whoever wrote; take its reminders away in the end: other tests wait for all jobs."""
    telegram.peer.write("bonjour")
    telegram.exchange()
    yield open_one(Conversation.objects.get())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def keyboard(telegram) -> list[dict[str, str]]:
    """Return the buttons of what was sent last."""
    last = telegram.peer.called("sendMessage")[-1]
    return [button for row in last["reply_markup"]["inline_keyboard"] for button in row]


def tap(telegram, title: str) -> str:
    (data, *_) = [button["callback_data"] for button in keyboard(telegram) if title in button["text"]]
    telegram.peer.tap(data)
    return telegram.exchange()[-1]


def test_a_photo_is_named_by_a_tap_on_its_receipt(telegram, claim):
    telegram.peer.send_photo(picture())
    assert telegram.exchange()[-1].endswith("De quelle pièce s'agit-il ?")
    assert len(keyboard(telegram)) == claim.documents.count()

    assert "attestation de dépôt de plainte" in tap(telegram, "attestation")
    assert Evidence.objects.get().document == Document.objects.get(state="attached").pk


def test_a_photo_that_is_refused_is_explained_once_and_leaves_nothing(telegram, claim):
    telegram.peer.repeat(telegram.peer.send_document(b"MZ\x90 a program", "virus.exe"))
    texts = telegram.exchange()
    assert [text for text in texts if "Je ne peux pas prendre ce type de fichier" in text] == texts[-1:]
    assert not Evidence.objects.exists()


def test_the_list_is_changed_by_taps_again_and_again(telegram, claim):
    telegram.peer.write("/pieces")
    assert claim.reference in telegram.exchange()[-1]
    for state in ("N'existe pas", "À venir", "Jointe"):
        tap(telegram, "attestation")
        assert claim.reference in tap(telegram, state)
    assert Document.objects.exclude(state="to_come").get().name == "attestation de dépôt de plainte"


def test_the_claim_is_given_to_read_and_a_change_of_state_is_told(telegram, claim):
    telegram.peer.write("/dossier")
    assert claim.reference in telegram.exchange()[-1]
    change_state(claim.pk, "documents_missing", "sophie")
    assert "En attente de documents" in telegram.exchange()[-1]
    assert [button["text"] for button in keyboard(telegram)] == ["Voir les pièces"]
