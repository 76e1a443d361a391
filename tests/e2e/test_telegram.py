"""The main path over Telegram's Bot API, on everything for real."""

import io
import itertools
import re

import pytest
from PIL import Image

from tests.stack import Stack, wait_until
from tests.telegram_peer import TelegramPeer

pytestmark = pytest.mark.slow
STORY = "hier soir j'ai reçu un SMS de ma banque, j'ai cliqué et ce matin 850 € ont disparu"
CONFIRM = "C'est exact, ouvrir le dossier"
PATIENCE = 30  # seconds
_chats = itertools.count(101)


class Chat:
    """One member's private chat with the bot."""

    def __init__(self, stack: Stack, peer: TelegramPeer) -> None:
        self.stack, self.peer, self.id = stack, peer, next(_chats)

    def says(self, text: str) -> str:
        """Write and wait for the answer; return it."""
        self.stack.said.add(text)
        return self._after(lambda: self.peer.write(text, chat=self.id))

    def taps(self, title: str) -> str:
        """Tap the latest button with this title."""
        buttons = [(message, button) for message in self.sent for row in message["keyboard"] for button in row]
        message, button = next(pair for pair in reversed(buttons) if pair[1]["text"] == title)
        return self._after(lambda: self.peer.tap(button["data"], message, chat=self.id))

    def gives_photo(self) -> str:
        content = io.BytesIO()
        Image.new("RGB", (60, 40), "red").save(content, "JPEG")
        return self._after(lambda: self.peer.send_photo(content.getvalue(), chat=self.id))

    @property
    def sent(self) -> list[dict]:
        return [message for message in self.peer.sent if message["chat_id"] == self.id]

    @property
    def titles(self) -> list[str]:
        return [button["text"] for row in self.sent[-1]["keyboard"] for button in row]

    def rows(self, table: str, columns: str = "t.*") -> list[dict]:
        query = f"SELECT {columns} FROM {table} JOIN conversations_conversation c ON c.id = "
        key = "t.conversation" if table.startswith("claims") else "t.conversation_id"
        return self.stack.rows(f"{query}{key} WHERE c.address = %s", str(self.id))

    def _open(self) -> list[dict]:
        """Return the messages that are not answered or not delivered."""
        query = (
            "SELECT 1 FROM conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id "
            "WHERE c.address = %s AND CASE author WHEN 'member' THEN answered_at ELSE delivered_at END IS NULL"
        )
        return self.stack.rows(query, str(self.id))

    def _after(self, act) -> str:
        before = len(self.sent)
        act()
        wait_until(lambda: len(self.sent) > before and not self._open(), PATIENCE, pause=0.03)
        return "\n".join(message["plain"] for message in self.sent[before:])


@pytest.fixture
def chat(stack, stack_peer):
    return Chat(stack, stack_peer)


def to_the_reference(chat: Chat) -> str:
    chat.says(STORY)
    while CONFIRM not in chat.titles:
        chat.taps("Non")
    return re.search(r"CC-[\d-]+\d", chat.taps(CONFIRM))[0]


def test_a_story_answered_by_taps_ends_with_a_reference_that_statut_gives_back(chat):
    advice = chat.says(STORY)
    assert re.search(r"^1\. .*078 170 170", advice, re.MULTILINE)
    assert "<b>078 170 170</b>" in chat.sent[0]["html"]
    while CONFIRM not in chat.titles:
        chat.taps("Non")
    assert "850,00" in chat.sent[-1]["plain"]
    reference = re.search(r"CC-[\d-]+\d", chat.taps(CONFIRM))[0]

    assert reference in chat.says("/statut")
    assert [claim["reference"] for claim in chat.rows("claims_claim t")] == [reference]


def test_a_photo_gets_a_receipt_and_is_kept_for_the_claim(chat):
    chat.says("bonjour")
    assert "Bien reçu" in chat.gives_photo()
    kept = chat.rows("conversations_evidence t")[0]
    assert kept["media_type"] == "image/jpeg"
    assert (chat.stack.var / "evidence" / kept["key"]).stat().st_size == kept["size"]

    to_the_reference(chat)
    assert chat.rows("conversations_evidence t")[0]["claim"] is not None


def test_effacer_asks_first_and_then_erases(chat):
    chat.says("bonjour")
    assert "effacer" in chat.says("/effacer")
    assert "Rien n'a été effacé" in chat.taps("Non, garder")
    chat.says("/effacer")
    assert "effacée" in chat.taps("Oui, tout effacer")
    texts = [row["text"] for row in chat.rows("conversations_message t")]
    assert "bonjour" not in texts


def test_an_update_that_telegram_repeats_is_answered_once(chat, stack_peer):
    chat.says("merci")
    update = stack_peer.write("bonjour", chat=chat.id)
    stack_peer.repeat(update)
    wait_until(lambda: len(chat.sent) >= 2 and not stack_peer.unacknowledged, PATIENCE)
    chat.says("êtes-vous un robot ?")
    assert len(chat.sent) == 3
