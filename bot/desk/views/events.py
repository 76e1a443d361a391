"""The stream of the desk: one for each open tab, whose adviser is present as long as it lasts."""

import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse

from bot.desk import presence
from bot.desk.access import adviser, staff
from bot.desk.hub import hub
from bot.desk.stream import events
from bot.desk.views.given import moment_of


@staff(is_quiet=True)
async def listen(request: HttpRequest) -> StreamingHttpResponse:
    """Stream what changes in the lists and who types, until the browser comes again to show that it may."""
    read_at = moment_of(request.GET.get("since", ""))
    response = StreamingHttpResponse(
        _present(adviser(request).pk, read_at), content_type="text/event-stream; charset=utf-8"
    )
    response["X-Accel-Buffering"] = "no"  # nginx would hold events back
    return response


async def _present(who: UUID, since: float) -> AsyncIterator[bytes]:
    """Yield the events of one tab, and note that somebody is there."""
    tab, noted = await _noting(presence.arrive, who), time.monotonic()
    try:
        async with aclosing(events(hub, who, tab, since)) as stream:
            async for news in stream:
                yield news
                if time.monotonic() - noted > presence.STAYS_EVERY:
                    noted = time.monotonic()
                    await _noting(presence.stay, tab)
    finally:
        await _noting(presence.leave, tab)


async def _noting(note: Any, key: UUID) -> Any:
    """Note it in a thread that is no request's; its connection is given back at once."""

    def noted() -> Any:
        try:
            return note(key)
        finally:
            connection.close()

    return await sync_to_async(noted, thread_sensitive=False)()
