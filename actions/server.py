"""Serves the custom actions to the engine: rasa-sdk's executor behind a small ASGI app, on loopback only.

The answers are those that a Rasa 3.6 server expects: 200 with events and responses, 400 a form's rejection, 404 an
unknown action, 449 a missing domain, 500 anything else. Run it with `uvicorn actions.server:app`.
"""

import json
import os
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.django_config")

import django
from asgiref.sync import sync_to_async
from django.db import close_old_connections
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionMissingDomainException, ActionNotFoundException
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot import logs
from bot.runtime.leaving import close_pool

log = logs.logger(__name__)
REFUSALS: dict[type[Exception], int] = {
    ActionExecutionRejection: 400,
    ActionNotFoundException: 404,
    ActionMissingDomainException: 449,
}


def create_app() -> Starlette:
    """Return the app with all actions of this package registered."""
    logs.configure()
    django.setup()
    routes = [Route("/health", health), Route("/webhook", webhook, methods=["POST"])]
    app = Starlette(routes=routes, lifespan=lifespan)
    app.state.executor = ActionExecutor()
    app.state.executor.register_package("actions")
    return app


@asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[None]:
    """Leave no database connection behind."""
    try:
        yield
    finally:
        await sync_to_async(close_pool)()


async def health(request: Request) -> JSONResponse:
    """Tell that the actions are loaded, and how many."""
    return JSONResponse({"actions": len(request.app.state.executor.actions)})


async def webhook(request: Request) -> JSONResponse:
    """Run one action for the engine."""
    try:
        call = await _body(request)
    except (ValueError, zlib.error):
        return JSONResponse({"error": "bad_request"}, status_code=400)
    # rasa-sdk 3.21 asks for a domain that our actions never read; the engine does not send it (endpoints.yml).
    call.setdefault("domain", {})
    name = str(call.get("next_action"))
    try:
        result = await request.app.state.executor.run(call)
    except tuple(REFUSALS) as refusal:
        return JSONResponse({"error": type(refusal).__name__, "action_name": name}, REFUSALS[type(refusal)])
    except Exception as error:  # an edge: the engine must hear of every failure
        log.error("action_failed", action=name, conversation_id=_conversation(call), exc_info=error)
        return JSONResponse({"error": type(error).__name__, "action_name": name}, status_code=500)
    finally:
        await sync_to_async(close_old_connections)()  # back to the pool; a broken one is not used again
    return JSONResponse(result.model_dump() if result else None)


async def _body(request: Request) -> dict[str, Any]:
    raw = await request.body()
    if request.headers.get("content-encoding") == "deflate":
        raw = zlib.decompress(raw)
    body = json.loads(raw)
    if not isinstance(body, dict):
        raise ValueError("not an object")
    return body


def _conversation(call: dict[str, Any]) -> str:
    return str(call.get("sender_id") or "")


app = create_app()
