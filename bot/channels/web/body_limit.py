"""Ends a request whose body is larger than any that is taken: Django would write it all to the disk before it looks."""

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.web.problems import MESSAGES

SLACK = 8 * 1024 * 1024  # bytes: a file that is somewhat too large is still read, to be refused in words


class BodyLimit:
    """Passes on to `app` what is at most `largest` bytes, and `SLACK` more; answers 413 to the rest."""

    def __init__(self, app: ASGIApp, largest: int) -> None:
        """Keep both."""
        self._app, self._largest = app, largest + SLACK

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _declared(scope) > self._largest:
            await _refusal()(scope, receive, send)
        else:
            await self._serve(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what arrives, for a body may come without its length; past the limit, the sender counts as gone."""
        arrived, is_answered = 0, False

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            return message if arrived <= self._largest else {"type": "http.disconnect"}

        async def noted(message: Message) -> None:
            nonlocal is_answered
            is_answered = True
            await send(message)

        await self._app(scope, counted, noted)
        if arrived > self._largest and not is_answered:
            await _refusal()(scope, receive, send)


def _declared(scope: Scope) -> int:
    """Return the length that the sender tells, in bytes; 0 when it tells none."""
    told = dict(scope["headers"]).get(b"content-length", b"0")
    return int(told) if told.isdigit() else 0


def _refusal() -> JSONResponse:
    body = {"error": "content_too_large", "message": MESSAGES[413]}
    return JSONResponse(body, status_code=413, headers={"Connection": "close"})
