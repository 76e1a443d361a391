"""The only file that knows the engine's HTTP interface (see engine/channel.py)."""

import hashlib
import hmac
import time
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_exponential

from bot.errors import EngineFailure
from bot.settings import settings
from bot.turn import Question, Reading, Reply, Turn

CONNECT_TIMEOUT = 1.0  # seconds
POOL_SIZE = 64


class Engine:
    """A client with one pooled session; safe to share between threads."""

    def __init__(self) -> None:
        """Open no connection yet."""
        self._url = f"{settings().engine_address}/webhooks/cybercare"
        self._token = settings().engine_token.get_secret_value()
        self._patience = settings().engine_patience_seconds
        self._session = requests.Session()
        self._session.trust_env = False  # proxies and .netrc, looked up for each call, are not for the engine
        self._session.mount("http://", HTTPAdapter(pool_connections=1, pool_maxsize=POOL_SIZE))
        self._session.headers["Authorization"] = f"Bearer {self._token}"

    def take_turn(self, question: Question) -> Turn:
        """Have the engine answer `question`, trying again within the member's patience; repeats are harmless.

        Raises:
            EngineFailure: no full answer in time; the argument is a short reason.
        """
        deadline = time.monotonic() + self._patience
        retrying = Retrying(
            retry=retry_if_exception_type(EngineFailure),
            stop=stop_after_delay(self._patience),
            wait=wait_exponential(multiplier=0.1, max=1.0),
            reraise=True,
        )
        return read_turn(retrying(self._ask, self._body(question), deadline))

    def read(self, text: str) -> Reading:
        """Return how the engine reads a text; nothing is answered, and nothing remembered.

        Raises:
            EngineFailure: no answer in time; the argument is a short reason.
        """
        told = self._post("read", {"text": text}, time.monotonic() + self._patience)
        intent = str((told.get("intent") or {}).get("name") or "")
        return Reading(intent, float(told.get("danger") or 0.0), float(told.get("report") or 0.0))

    def is_healthy(self) -> bool:
        """Return whether the engine is up and has a model."""
        try:
            response = self._session.get(f"{self._url}/health", timeout=CONNECT_TIMEOUT)
        except requests.RequestException:
            return False
        return response.status_code == 200

    def _ask(self, body: dict[str, Any], deadline: float) -> dict[str, Any]:
        answer = self._post("turn", body, deadline)
        if not answer.get("replies"):
            raise EngineFailure("no_reply")
        return answer

    def _post(self, path: str, body: dict[str, Any], deadline: float) -> dict[str, Any]:
        timeout = (CONNECT_TIMEOUT, max(0.1, deadline - time.monotonic()))
        try:
            response = self._session.post(f"{self._url}/{path}", json=body, timeout=timeout)
            answer = response.json()
        except requests.RequestException as error:
            raise EngineFailure(type(error).__name__) from error
        if response.status_code != 200:
            raise EngineFailure(str(answer.get("error", response.status_code)))
        return dict(answer)

    def _body(self, question: Question) -> dict[str, Any]:
        body: dict[str, Any] = {
            "conversation": question.memory,
            "message_id": question.message_id,
            "metadata": {
                "conversation": question.conversation,
                "sent_at": question.sent_at.isoformat(),
                "safety": question.safety,
                "minor": question.minor,
                "silence": question.silence,
            },
        }
        if question.command:
            signed = f"{question.memory}\n{question.command}".encode()
            signature = hmac.new(self._token.encode(), signed, hashlib.sha256).hexdigest()
            return {**body, "button": question.command, "signature": signature}
        return {**body, "text": question.text}


def read_turn(answer: dict[str, Any]) -> Turn:
    """Return the engine's answer as a turn; what actions ask of the gateway travels in a reply's `custom`."""
    replies, events, hand_off, ends_episode = [], [], "", False
    for raw in answer["replies"]:
        custom = raw.get("custom") or {}
        events += [(event["name"], event.get("properties", {})) for event in custom.get("events", [])]
        hand_off = custom.get("hand_off") or hand_off
        ends_episode = ends_episode or bool(custom.get("ends_episode"))
        if raw.get("text") or custom.get("card"):
            buttons = [{"title": b["title"], "payload": b["payload"]} for b in raw.get("buttons") or []]
            replies.append(Reply(raw.get("text", "").strip(), buttons, custom.get("card")))
    return Turn(replies, answer.get("understood"), hand_off, ends_episode, events)
