"""A member who talks over Telegram's Bot API, and what is stored about them."""

import io
import itertools
from collections.abc import Callable
from typing import Any

from PIL import Image

from tests.stack import Stack, wait_until
from tests.telegram_peer import TelegramPeer

PATIENCE = 30  # seconds
_FILE = {"file_id": "f", "file_unique_id": "u"}
UNREADABLE: dict[str, dict[str, Any]] = {
    "voice": {**_FILE, "duration": 3},
    "sticker": {**_FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False},
    "location": {"latitude": 50.8, "longitude": 4.3},
    "video": {**_FILE, "width": 1, "height": 1, "duration": 3},
}
_chats = itertools.count(101)


class Chat:
    """One member's private chat with the bot."""

    def __init__(self, stack: Stack, peer: TelegramPeer) -> None:
        self.stack, self.peer, self.id = stack, peer, next(_chats)

    def says(self, text: str) -> str:
        """Write and wait for the answer; return it."""
        return self.after(lambda: self.says_without_waiting(text))

    def says_without_waiting(self, text: str) -> None:
        """Write."""
        self.stack.said.add(text)
        self.peer.write(text, chat=self.id)

    def taps(self, title: str) -> str:
        """Tap the latest button with this title."""
        buttons = [(message, button) for message in self.sent for row in message["keyboard"] for button in row]
        found = next((pair for pair in reversed(buttons) if pair[1]["text"] == title), None)
        assert found, f"no button « {title} »; the latest are {[button['text'] for _, button in buttons[-6:]]}"
        message, button = found
        return self.after(lambda: self.peer.tap(button["data"], message, chat=self.id))

    def gives_photo(self) -> str:
        """Send a photo and wait for the receipt."""
        content = io.BytesIO()
        Image.new("RGB", (60, 40), "red").save(content, "JPEG")
        return self.after(lambda: self.peer.send_photo(content.getvalue(), chat=self.id))

    def gives_album(self, photos: list[bytes]) -> None:
        """Send several photos as Telegram does: one message each, with an id in common."""
        album = str(next(_chats))
        for photo in photos:
            self.peer.send_photo(photo, chat=self.id, media_group_id=album)

    def sends(self, kind: str) -> None:
        """Send a voice message, a sticker, a location or a video."""
        self.peer.inject("message", self.peer.message(self.id, **{kind: UNREADABLE[kind]}))

    def after(self, act: Callable[[], object], answers: int = 1) -> str:
        """Do something and wait until its answer, so many messages at least, is delivered; return it."""
        before = len(self.sent)
        act()
        wait_until(lambda: len(self.sent) >= before + answers and not self._open(), PATIENCE, pause=0.03)
        return "\n".join(message["plain"] for message in self.sent[before:])

    @property
    def sent(self) -> list[dict[str, Any]]:
        """Return what the bot sent to this chat."""
        return [message for message in self.peer.sent if message["chat_id"] == self.id]

    @property
    def titles(self) -> list[str]:
        """Return the titles of the buttons under the bot's latest message."""
        return [button["text"] for row in self.sent[-1]["keyboard"] for button in row]

    def rows(self, table: str, columns: str = "t.*") -> list[dict[str, Any]]:
        """Return this chat's rows of a table that names its conversation."""
        query = f"SELECT {columns} FROM {table} JOIN conversations_conversation c ON c.id = "
        key = "t.conversation" if table.startswith("claims") else "t.conversation_id"
        return self.stack.rows(f"{query}{key} WHERE c.address = %s", str(self.id))

    def _open(self) -> list[dict[str, Any]]:
        """Return the messages that the bot has not answered or not delivered; an adviser's to answer left out."""
        query = (
            "SELECT 1 FROM conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id "
            "WHERE c.address = %s AND NOT (author = 'member' AND owner = 'agent') "
            "AND CASE author WHEN 'member' THEN answered_at ELSE delivered_at END IS NULL"
        )
        return self.stack.rows(query, str(self.id))
