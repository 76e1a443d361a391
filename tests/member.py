"""A member who talks over the web's HTTP interface, and what is stored about them."""

import time
from dataclasses import dataclass
from typing import Any, Self
from uuid import uuid4

import httpx

from tests.stack import Stack

PATIENCE = 30  # seconds until an answer must be there; the gateway itself gives up after 8


@dataclass
class Member:
    """One web conversation; every message is sent under a `client_id` of its own."""

    stack: Stack
    token: str
    conversation: str
    last: int = 0  # number of the latest message that was sent

    @classmethod
    def arrives(cls, stack: Stack) -> Self:
        """Open a conversation."""
        opened = httpx.post(f"{stack.url}/api/chat/session", timeout=30).raise_for_status().json()  # no shared cookies
        return cls(stack, opened["token"], opened["conversation"])

    def send(self, text: str | None = None, button: str | None = None, client_id: str = "") -> int:
        """Send without waiting for the answer; return the message's number."""
        self.stack.said.add(text or "")
        body = {"client_id": client_id or str(uuid4()), "text": text, "button": button}
        self.last = self._ask("POST", json=body)["id"]
        return self.last

    def gives_file(self, name: str, content: bytes) -> int:
        """Send a photo or document without waiting for the receipt; return the message's number."""
        url, headers = f"{self.stack.url}/api/chat/evidence", {"Authorization": f"Bearer {self.token}"}
        sent = self.stack.http.post(
            url, headers=headers, data={"client_id": str(uuid4())}, files={"file": (name, content)}
        )
        self.last = sent.raise_for_status().json()["id"]
        return self.last

    def send_through_trouble(self, text: str, client_id: str) -> int:
        """Send as a careful client does: the same again until it is acknowledged."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self.send(text, client_id=client_id)
            except httpx.HTTPError:
                assert time.monotonic() < deadline, "the web process did not come back"
                time.sleep(0.1)

    def messages(self, after: int = 0) -> list[dict[str, Any]]:
        """Return the conversation's messages as the page sees them."""
        listed: list[dict[str, Any]] = self._ask("GET", params={"after": after})
        return listed

    def replies(self, after: int, seconds: float = PATIENCE) -> list[dict[str, Any]]:
        """Wait for what the bot says after message number `after`; one answer is stored as a whole."""
        deadline = time.monotonic() + seconds
        while True:
            if found := [message for message in self.messages(after) if message["author"] == "bot"]:
                return found
            assert time.monotonic() < deadline, f"no answer after {seconds} s; see {self.stack.var}/logs"
            time.sleep(0.03)

    def says(self, text: str) -> "Heard":
        """Send a text and wait for its answer."""
        return Heard(self.replies(self.send(text)))

    def taps(self, title: str) -> "Heard":
        """Tap the latest button with this title, or one of the three that are always there; wait for the answer."""
        shown = [button for message in self.messages() for button in message["buttons"] if button["title"] == title]
        return Heard(self.replies(self.send(button=shown[-1]["token"] if shown else title)))

    def _ask(self, method: str, **what: Any) -> Any:
        url, headers = f"{self.stack.url}/api/chat/messages", {"Authorization": f"Bearer {self.token}"}
        return self.stack.http.request(method, url, headers=headers, **what).raise_for_status().json()

    @property
    def row(self) -> dict[str, Any]:
        """Return the conversation as it is stored."""
        return self.stack.rows("SELECT * FROM conversations_conversation WHERE id = %s", self.conversation)[0]

    @property
    def claims(self) -> list[dict[str, Any]]:
        """Return the conversation's claims as they are stored, each with its `answers`."""
        claims = self.stack.rows("SELECT * FROM claims_claim WHERE conversation = %s", self.conversation)
        for claim in claims:
            answers = self.stack.rows("SELECT field, value FROM claims_answer WHERE claim_id = %s", claim["id"])
            claim["answers"] = {answer["field"]: answer["value"] for answer in answers}
        return claims

    def answers_by_message(self) -> list[tuple[int, list[int]]]:
        """Return, per message of the member in order, its number and those of the stored answers to it."""
        sent = (
            "SELECT m.number, array_remove(array_agg(r.number ORDER BY r.number), NULL) AS answers "
            "FROM conversations_message m LEFT JOIN conversations_message r ON r.answers_id = m.id "
            "WHERE m.conversation_id = %s AND m.author = 'member' GROUP BY m.number ORDER BY m.number"
        )
        return [(row["number"], row["answers"]) for row in self.stack.rows(sent, self.conversation)]


@dataclass(frozen=True)
class Heard:
    """One answer: the messages that it consists of."""

    messages: list[dict[str, Any]]

    @property
    def text(self) -> str:
        """Return all that was said."""
        return "\n".join(message["text"] for message in self.messages)

    @property
    def buttons(self) -> list[str]:
        """Return the titles of the buttons under it."""
        return [button["title"] for message in self.messages for button in message["buttons"]]

    @property
    def cards(self) -> list[dict[str, Any]]:
        """Return the structured content, such as the recap."""
        return [message["card"] for message in self.messages if message["card"]]
