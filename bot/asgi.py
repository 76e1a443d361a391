"""The web process: static files by Starlette, all else by Django; run it with `uvicorn bot.asgi:app`."""

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from types import FrameType
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.django_config")

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.core.signals import request_started
from django.db import close_old_connections, reset_queries
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot import logs

logs.configure()
django.setup(set_prefix=False)

from bot.imports import hollow  # noqa: E402

with hollow("django.test"):  # django-ninja takes a signal from it, and would bring unittest and Jinja along
    import ninja  # noqa: F401

import bot.urls  # noqa: E402, F401 (a mistake there shows now, and the first request does not pay for it)
from bot.channels.web.body_limit import BodyLimit  # noqa: E402 (these need Django's apps)
from bot.channels.web.listener import streams  # noqa: E402
from bot.conversations import evidence  # noqa: E402
from bot.conversations.listening import listening  # noqa: E402
from bot.desk.hub import hub  # noqa: E402
from bot.runtime.leaving import close_pool  # noqa: E402

THREADS = 8  # requests answered at the same time; streams need one only while they read
STATIC: list[str | tuple[str, str]] = [
    (package, "static") for package in ("bot.channels.web", "bot.desk", "bot.analytics", "django.contrib.admin")
]
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class OneHop(ASGIHandler):
    """Django, with one hop to one of a few threads for all that a request does.

    Django 6.1's own handler makes a thread for each request, keeps it as long as a stream is open, and changes between
    it and the event loop six times: half of the processor time of a message in this process.
    """

    _middleware_chain: Any  # django-stubs 6 knows the attribute, not its type

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002 (Django's signature)
        """Run the middleware and the view in the same thread; an asynchronous view still runs on the event loop."""
        super().load_middleware(is_async=False)
        self._middleware_chain = sync_to_async(_giving_back(self._middleware_chain), thread_sensitive=False)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Serve one HTTP request."""
        if scope["type"] == "http":
            await self.handle(scope, receive, send)


def _giving_back(respond: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Have the thread's database connection go back to the pool, which Django does in another thread then."""

    def respond_and_give_back(request: HttpRequest) -> HttpResponseBase:
        try:
            return respond(request)
        finally:
            close_old_connections()

    return respond_and_give_back


for receiver in (close_old_connections, reset_queries):  # nothing to do before a request: that would be a second hop
    request_started.disconnect(receiver)


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
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
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
        hub.close()
        if callable(before):
            before(received, frame)

    signal.signal(number, handler)


app = Starlette(
    routes=[
        Mount("/static", CheckedStaticFiles(packages=STATIC)),
        Mount("/", BodyLimit(cast(ASGIApp, OneHop()), evidence.max_bytes())),
    ],
    lifespan=lifespan,
)
