"""One way to talk to the bot, whatever the channel: over the web's interface or through Telegram's Bot API."""

import io
import re
from dataclasses import dataclass
from typing import Any, Protocol

from PIL import Image

from tests.member import Member
from tests.stack import Stack, wait_until
from tests.telegram_chat import Chat

LINK = re.compile(r"\[([^\]]*)\]\((?:tel|mailto|https?)[^)]*\)")
SPACES = str.maketrans({"\u202f": " ", "\xa0": " ", "’": "'"})
PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Said:
    """What the bot said at once: plain text, and the titles of all buttons under it."""

    text: str
    buttons: tuple[str, ...]


class Talker(Protocol):
    """A member on some channel."""

    stack: Stack

    @property
    def conversation(self) -> str:
        """Return the conversation's id."""

    def says(self, text: str) -> Said:
        """Write and wait for the answer."""

    def taps(self, title: str) -> Said:
        """Tap the latest button with this title and wait for the answer."""

    def gives_photo(self) -> Said:
        """Send a photo and wait for the receipt."""


class OnTheWeb:
    """A member on the web page's HTTP interface."""

    def __init__(self, stack: Stack) -> None:
        self.stack, self.member = stack, Member.arrives(stack)

    @property
    def conversation(self) -> str:
        """Return the conversation's id."""
        return self.member.conversation

    def says(self, text: str) -> Said:
        """Write and wait for the answer."""
        return self._heard(self.member.send(text))

    def taps(self, title: str) -> Said:
        """Tap the latest button with this title and wait for the answer."""
        shown = [button for message in self.member.messages() for button in message["buttons"]]
        token = next((button["token"] for button in reversed(shown) if button["title"] == title), None)
        assert token, f"no button « {title} »; the latest are {[button['title'] for button in shown[-6:]]}"
        return self._heard(self.member.send(button=token))

    def gives_photo(self) -> Said:
        """Send a photo and wait for the receipt."""
        return self._heard(self.member.gives_file("photo.jpg", a_photo()))

    def _heard(self, number: int) -> Said:
        found: list[dict[str, Any]] = []

        def is_answered() -> bool:
            found[:] = [message for message in self.member.messages(number) if message["author"] != "member"]
            return bool(found)

        wait_until(is_answered, PATIENCE, pause=0.03)
        buttons = [button["title"] for message in found for button in message["buttons"]]
        return Said(plain("\n".join(message["text"] for message in found)), tuple(buttons))


class OnTelegram:
    """A member in a private Telegram chat."""

    def __init__(self, chat: Chat) -> None:
        self.stack, self.chat = chat.stack, chat

    @property
    def conversation(self) -> str:
        """Return the conversation's id."""
        query = "SELECT id FROM conversations_conversation WHERE channel = 'telegram' AND address = %s"
        return str(self.stack.rows(query, str(self.chat.id))[0]["id"])

    def says(self, text: str) -> Said:
        """Write and wait for the answer."""
        return self._heard(lambda: self.chat.says(text))

    def taps(self, title: str) -> Said:
        """Tap the latest button with this title and wait for the answer."""
        return self._heard(lambda: self.chat.taps(title))

    def gives_photo(self) -> Said:
        """Send a photo and wait for the receipt."""
        return self._heard(self.chat.gives_photo)

    def _heard(self, act: Any) -> Said:
        before = len(self.chat.sent)
        text = act()
        rows = [row for message in self.chat.sent[before:] for row in message["keyboard"]]
        return Said(plain(text), tuple(button["text"] for row in rows for button in row))


def plain(text: str) -> str:
    """Return what a reader sees: no marks of bold or links, ordinary spaces and apostrophes."""
    return LINK.sub(r"\1", text).replace("**", "").translate(SPACES)


def a_photo() -> bytes:
    """Return a small JPEG."""
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(content, "JPEG")
    return content.getvalue()
