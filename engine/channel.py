"""The only way into the engine: our own Rasa input channel, for the gateway alone."""

from __future__ import annotations

import hashlib
import hmac
import logging
from typing import Any, Awaitable, Callable, Dict, Optional, Text

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from engine import patches
from engine.turn import NoReply, take_turn

logger = logging.getLogger(__name__)
NO_PAYLOAD = "/ \t\r\n"  # what a typed text may not begin with: Rasa would take it for a button's
WARM_UP = "il s'est passé quelque chose de bizarre hier"


class CyberCareInput(InputChannel):
    """`POST turn`: one message in, all replies out. `POST read`: how a text is read. `GET health`: a model is loaded.

    The body is `{conversation, message_id, text | button, signature, metadata}`. A `button` is a Rasa payload such as
    `/affirm` and carries the gateway's HMAC-SHA256 over conversation, newline, button; a `text` can never be one.
    """

    @classmethod
    def name(cls) -> Text:
        """Return the channel's name, which is also its path under /webhooks/."""
        return "cybercare"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> "CyberCareInput":
        """Read the shared secret; without one the engine refuses to start."""
        token = str((credentials or {}).get("token") or "")
        if not token or token.startswith("${"):
            cls.raise_missing_credentials_exception()
        return cls(token)

    def __init__(self, token: Text) -> None:
        """Keep the secret shared with the gateway."""
        patches.apply()
        self._token = token

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("cybercare_webhook", "engine")

        @routes.listener("after_server_start")
        async def warm_up(app: Sanic, _loop: Any) -> None:
            # The encoder loads its weights at the first text, which took a second: not while a member waits.
            if app.ctx.agent is not None and app.ctx.agent.is_ready():
                await app.ctx.agent.parse_message(WARM_UP)

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            ready = request.app.ctx.agent is not None and request.app.ctx.agent.is_ready()
            return response.json({"ready": ready}, status=200 if ready else 503)

        @routes.post("/read")
        async def read(request: Request) -> HTTPResponse:
            if not self._is_gateway(request):
                return _error("not_allowed", 401)
            return await _read(request, (request.json or {}).get("text"))

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            if not self._is_gateway(request):
                return _error("not_allowed", 401)
            message = self._message(request.json or {})
            if message is None:
                return _error("bad_request", 400)
            return await _answer(request, message)

        return routes

    def _is_gateway(self, request: Request) -> bool:
        return hmac.compare_digest(request.token or "", self._token)

    def _message(self, body: Dict[Text, Any]) -> Optional[UserMessage]:
        """Return the message to handle, or None when the body is not one."""
        conversation, message_id = body.get("conversation"), body.get("message_id")
        text, button = body.get("text"), body.get("button")
        if not (isinstance(conversation, str) and conversation and isinstance(message_id, str) and message_id):
            return None
        if isinstance(button, str):
            if not self._is_signed(conversation, button, body.get("signature")):
                return None
            text = button
        elif isinstance(text, str):
            text = text.lstrip(NO_PAYLOAD)
        else:
            return None
        return UserMessage(
            text,
            sender_id=conversation,
            message_id=message_id,
            input_channel=self.name(),
            metadata=body.get("metadata") or {},
        )

    def _is_signed(self, conversation: Text, button: Text, signature: Any) -> bool:
        expected = hmac.new(self._token.encode(), f"{conversation}\n{button}".encode(), hashlib.sha256).hexdigest()
        return isinstance(signature, str) and hmac.compare_digest(signature, expected)


async def _read(request: Request, text: Any) -> HTTPResponse:
    """Return intent, share of reports and danger of a text; no tracker is read or written, no action runs."""
    agent = request.app.ctx.agent
    if not isinstance(text, str):
        return _error("bad_request", 400)
    if agent is None or not agent.is_ready():
        return _error("no_model", 503)
    try:
        parsed = await agent.parse_message(text.lstrip(NO_PAYLOAD))
    except Exception as error:  # an edge, as below
        logger.error("reading_failed %s", type(error).__name__)
        return _error("reading_failed", 500)
    ranking = parsed.get("intent_ranking") or []
    report = sum(each["confidence"] for each in ranking if str(each["name"]).startswith("report_"))
    told = {"intent": parsed.get("intent") or {}, "report": report, "danger": parsed.get("danger") or 0.0}
    return response.json(told)


async def _answer(request: Request, message: UserMessage) -> HTTPResponse:
    agent = request.app.ctx.agent
    if agent is None or not agent.is_ready():
        return _error("no_model", 503)
    try:
        return response.json(await take_turn(agent, message))
    except NoReply:
        return _error("no_reply", 502)
    except patches.ActionFailed as failure:
        logger.error("action_failed %s", failure)
        return _error("action_failed", 502)
    except Exception as error:  # an edge: whatever Rasa raises must reach the gateway as a failure
        logger.error("turn_failed %s", type(error).__name__)
        return _error("turn_failed", 500)


def _error(code: Text, status: int) -> HTTPResponse:
    return response.json({"error": code}, status=status)
