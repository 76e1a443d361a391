"""The web process: static files by Starlette, all else by Django; run it with `uvicorn bot.asgi:app`."""

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import FrameType
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.django_config")

from django.core.asgi import get_asgi_application
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot import logs

logs.configure()
django_app = cast(ASGIApp, get_asgi_application())  # its scope is narrower than Starlette's type

import bot.urls  # noqa: E402, F401 (a mistake there shows now, and the first request does not pay for it)
from bot.channels.web.body_limit import BodyLimit  # noqa: E402 (these need Django's apps)
from bot.channels.web.listener import listening, streams  # noqa: E402
from bot.conversations import evidence  # noqa: E402
from bot.runtime.leaving import close_pool  # noqa: E402

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class CheckedStaticFiles(StaticFiles):
    """Files that browsers keep, asking each time whether they changed (304): no build step, never a stale script."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """Add the headers."""
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


@asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[None]:
    """Listen to the database while the process serves, and end open streams as soon as it is asked to stop."""
    if threading.current_thread() is threading.main_thread():
        for number in STOP_SIGNALS:
            _end_streams_on(number)
    try:
        async with listening():
            yield
    finally:
        await asyncio.to_thread(close_pool)  # Django refuses its connection on the event loop


def _end_streams_on(number: int) -> None:
    """Wake the streams before uvicorn's own handler: it waits for all connections, and streams never end."""
    before = signal.getsignal(number)

    def handler(received: int, frame: FrameType | None) -> None:
        streams.close()
        if callable(before):
            before(received, frame)

    signal.signal(number, handler)


app = Starlette(
    routes=[
        Mount("/static", CheckedStaticFiles(packages=[("bot.channels.web", "static")])),
        Mount("/", BodyLimit(django_app, evidence.max_bytes())),
    ],
    lifespan=lifespan,
)
