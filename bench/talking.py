"""The three ways a message is sent: to the stock bot, to our engine, and to our product from end to end."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp

from bench.load import Say
from bench.problems import TurnFailed
from bot.texts import say as sentence

ANSWER_SECONDS = 20.0  # after which a message counts as not answered


class StockBot:
    """Rasa's own REST channel."""

    def __init__(self, http: aiohttp.ClientSession, address: str) -> None:
        """Send through `http` to the server at `address`."""
        self._http, self._url = http, f"{address}/webhooks/rest/webhook"

    @asynccontextmanager
    async def conversation(self) -> AsyncIterator[Say]:
        """Use a new sender; an empty list means that the action failed."""
        sender = uuid.uuid4().hex

        async def say(text: str) -> None:
            if not await _post(self._http, self._url, {"sender": sender, "message": text}):
                raise TurnFailed("empty")

        yield say


class OurEngine:
    """The engine's channel, as the gateway uses it (see bot/engine.py)."""

    def __init__(self, http: aiohttp.ClientSession, address: str, token: str) -> None:
        """Send through `http` to the engine at `address`."""
        self._http, self._url = http, f"{address}/webhooks/cybercare/turn"
        self._headers = {"Authorization": f"Bearer {token}"}

    @asynccontextmanager
    async def conversation(self) -> AsyncIterator[Say]:
        """Use a new conversation."""
        conversation = str(uuid.uuid4())

        async def say(text: str) -> None:
            await self.take_turn(conversation, text)

        yield say

    async def take_turn(self, conversation: str, text: str) -> dict[str, Any]:
        """Return the engine's answer: replies, and what was understood.

        Raises:
            TurnFailed: there is none.
        """
        metadata = {"conversation": conversation, "sent_at": datetime.now(UTC).isoformat(), "safety": "none"}
        memory, message_id = f"{conversation}:0", uuid.uuid4().hex
        body = {"conversation": memory, "message_id": message_id, "text": text, "metadata": metadata}
        answer: dict[str, Any] = await _post(self._http, self._url, body, self._headers)
        if not answer.get("replies"):
            raise TurnFailed("empty")
        return answer


class OurProduct:
    """The chat's HTTP interface: a message is answered once the bot's reply is on the event stream."""

    def __init__(self, http: aiohttp.ClientSession, address: str) -> None:
        """Send through `http` to the web process at `address`."""
        self._http, self._api = http, f"{address}/api/chat"
        self._outage = sentence("outage")

    @asynccontextmanager
    async def conversation(self) -> AsyncIterator[Say]:
        """Open a session and its stream."""
        session = await _post(self._http, f"{self._api}/session", {})
        headers = {"Authorization": f"Bearer {session['token']}"}
        shown: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        listening = asyncio.create_task(self._listen(headers, shown))

        async def say(text: str) -> None:
            body = {"client_id": uuid.uuid4().hex, "text": text}
            accepted = await _post(self._http, f"{self._api}/messages", body, headers)
            reply = await _reply_after(shown, int(accepted["id"]))
            if reply["text"] == self._outage:
                raise TurnFailed("outage")

        try:
            yield say
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    async def _listen(self, headers: dict[str, str], shown: asyncio.Queue[dict[str, Any]]) -> None:
        timeout = aiohttp.ClientTimeout(total=None)
        async with self._http.get(f"{self._api}/events", headers=headers, timeout=timeout) as stream:
            event = b""
            async for line in stream.content:
                if line.startswith(b"event:"):
                    event = line[6:].strip()
                elif line.startswith(b"data:") and event == b"message":
                    shown.put_nowait(json.loads(line[5:]))


async def _reply_after(shown: "asyncio.Queue[dict[str, Any]]", number: int) -> dict[str, Any]:
    """Return the first of the bot's messages numbered above `number`."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            while True:
                message = await shown.get()
                if message["author"] == "bot" and message["id"] > number:
                    return message
    except TimeoutError:
        raise TurnFailed("no reply on the stream") from None


async def _post(http: aiohttp.ClientSession, url: str, body: Any, headers: dict[str, str] | None = None) -> Any:
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    try:
        async with http.post(url, json=body, headers=headers, timeout=timeout) as response:
            if response.status >= 400:
                raise TurnFailed(f"status {response.status}")
            return await response.json()
    except (aiohttp.ClientError, TimeoutError) as error:
        raise TurnFailed(type(error).__name__) from error
