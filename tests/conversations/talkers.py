"""One way to talk to the bot, whatever the channel: over the web's interface or through Telegram's Bot API."""

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

from PIL import Image

from tests.member import Member
from tests.stack import Stack, wait_until
from tests.telegram_chat import Chat

LINK = re.compile(r"\[([^\]]*)\]\((?:tel|mailto|https?)[^)]*\)")
DIALLED = re.compile(r" \(\+\d+\)")
SPACES = str.maketrans({"\u202f": " ", "\xa0": " ", "’": "'"})
PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Said:
    """What the bot said at once: plain text, and the titles of all buttons under it."""

    text: str
    buttons: tuple[str, ...]


class Talker(Protocol):
    """A member on some channel; each method but `elsewhere` waits for what the bot answers."""

    stack: Stack

    @property
    def conversation(self) -> str:
        """Return the conversation's id."""

    def says(self, text: str) -> Said:
        """Write."""

    def says_unheard(self, text: str) -> Said:
        """Write what the bot leaves without an answer."""

    def taps(self, title: str) -> Said:
        """Tap the latest button with this title."""

    def says_at_once(self, texts: list[str]) -> Said:
        """Write several messages without waiting in between; hear all answers."""

    def gives_photos(self, count: int) -> Said:
        """Send photos at once."""

    def sends(self, kind: str) -> Said:
        """Send something that is neither text nor file."""

    def hears(self, act: Callable[[], object]) -> Said:
        """Wait for what is said because somebody else did something."""

    def elsewhere(self) -> "Talker":
        """Return the same member in a conversation of its own."""


class OnTheWeb:
    """A member on the web page's HTTP interface."""

    def __init__(self, stack: Stack) -> None:
        self.stack, self.member = stack, Member.arrives(stack)

    @property
    def conversation(self) -> str:
        """Return the conversation's id."""
        return self.member.conversation

    def says(self, text: str) -> Said:
        """Write."""
        return self._heard(self.member.send(text))

    def says_unheard(self, text: str) -> Said:
        """Write what the bot leaves without an answer."""
        number = self.member.send(text)
        wait_until(lambda: _is_settled(self), PATIENCE, pause=0.03)
        return self._since(number)

    def taps(self, title: str) -> Said:
        """Tap the latest button with this title."""
        shown = [button for message in self.member.messages() for button in message["buttons"]]
        token = next((button["token"] for button in reversed(shown) if button["title"] == title), None)
        assert token, f"no button « {title} »; the latest are {[button['title'] for button in shown[-6:]]}"
        return self._heard(self.member.send(button=token))

    def says_at_once(self, texts: list[str]) -> Said:
        """Write several messages without waiting in between; hear all answers."""
        return self._heard([self.member.send(text) for text in texts][0])

    def gives_photos(self, count: int) -> Said:
        """Send photos at once."""
        before = max((message["id"] for message in self.member.messages()), default=0)
        with ThreadPoolExecutor(count) as several:
            given = several.map(lambda number: self.member.gives_file(f"photo-{number}.jpg", a_photo()), range(count))
        assert len(list(given)) == count
        return self._heard(before)

    def sends(self, kind: str) -> Said:
        """Send something that is neither text nor file: nobody can, on this page."""
        raise NotImplementedError(kind)

    def hears(self, act: Callable[[], object]) -> Said:
        """Wait for what is said because somebody else did something."""
        number = max((message["id"] for message in self.member.messages()), default=0)
        act()
        return self._heard(number)

    def elsewhere(self) -> "OnTheWeb":
        """Return the same member in a conversation of its own."""
        return OnTheWeb(self.stack)

    def _heard(self, number: int) -> Said:
        # The page is asked last: that costs the installation ten times as much as a look into its database.
        wait_until(lambda: _is_settled(self) and self._since(number).text, PATIENCE, pause=0.03)
        return self._since(number)

    def _since(self, number: int) -> Said:
        found = [message for message in self.member.messages(number) if message["author"] != "member"]
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
        """Write."""
        return self.hears(lambda: self.chat.says(text))

    def says_unheard(self, text: str) -> Said:
        """Write what the bot leaves without an answer."""
        known = len(_told(self))
        before = len(self.chat.sent)
        self.chat.says_without_waiting(text)
        wait_until(lambda: len(_told(self)) > known and _is_settled(self), PATIENCE, pause=0.03)
        return self._since(before)

    def taps(self, title: str) -> Said:
        """Tap the latest button with this title."""
        return self.hears(lambda: self.chat.taps(title))

    def says_at_once(self, texts: list[str]) -> Said:
        """Write several messages without waiting in between; hear all answers."""
        return self.hears(lambda: [self.chat.says_without_waiting(text) for text in texts], answers=len(texts))

    def gives_photos(self, count: int) -> Said:
        """Send photos at once, as one album."""
        return self.hears(lambda: self.chat.gives_album([a_photo() for _ in range(count)]), answers=count)

    def sends(self, kind: str) -> Said:
        """Send something that is neither text nor file."""
        return self.hears(lambda: self.chat.sends(kind))

    def hears(self, act: Callable[[], object], answers: int = 1) -> Said:
        """Wait for what is said because somebody did something: so many messages at least."""
        before = len(self.chat.sent)
        self.chat.after(act, answers)
        return self._since(before)

    def elsewhere(self) -> "OnTelegram":
        """Return the same member in a conversation of its own."""
        return OnTelegram(Chat(self.stack, self.chat.peer))

    def _since(self, before: int) -> Said:
        sent = self.chat.sent[before:]
        titles = [button["text"] for message in sent for row in message["keyboard"] for button in row]
        return Said(plain("\n".join(message["plain"] for message in sent)), tuple(titles))


def _told(talker: Talker) -> list[dict[str, Any]]:
    """Return what the member wrote and whether it is answered."""
    query = "SELECT answered_at FROM conversations_message WHERE author = 'member' AND conversation_id = %s"
    return talker.stack.rows(query, talker.conversation)


def _is_settled(talker: Talker) -> bool:
    """Tell whether nothing waits for the bot: all is answered, or a human has the conversation."""
    owner = talker.stack.rows("SELECT owner FROM conversations_conversation WHERE id = %s", talker.conversation)
    return owner[0]["owner"] == "agent" or all(row["answered_at"] for row in _told(talker))


def plain(text: str) -> str:
    """Return what a reader sees: no marks of bold or links, ordinary spaces and apostrophes.

    Telegram has no links to call; there the number to dial stands behind the one that is read.
    """
    return DIALLED.sub("", LINK.sub(r"\1", text)).replace("**", "").translate(SPACES)


def a_photo() -> bytes:
    """Return a small JPEG."""
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(content, "JPEG")
    return content.getvalue()
