"""The one connection to the Bot API of this process, usable from ordinary, blocking code."""

import asyncio
import logging
import os
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from functools import cache
from typing import Any

from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.settings import settings

# python-telegram-bot 22: durations as timedelta now, instead of a deprecation warning at each 429.
os.environ.setdefault("PTB_TIMEDELTA", "1")
# httpx logs addresses, and those of the Bot API carry the token; the library logs whole updates it cannot read.
for _name, _level in (("httpx", logging.WARNING), ("httpcore", logging.WARNING), ("telegram", logging.CRITICAL + 1)):
    logging.getLogger(_name).setLevel(_level)

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
SENDING_CONNECTIONS = 16
_ONE_AT_A_TIME = threading.Lock()


class Client:
    """A `telegram.Bot` with pooled connections on an event loop of its own; safe to share between threads."""

    def __init__(self) -> None:
        """Start the loop; connect only when called."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="telegram", daemon=True)
        self._thread.start()
        self._requests = _request(1), _request(SENDING_CONNECTIONS)
        self.bot = _bot(*self._requests)

    def begin[T](self, call: Coroutine[Any, Any, T]) -> Future[T]:
        """Start a call of the Bot API and return its future; cancelling that cancels the call."""
        return asyncio.run_coroutine_threadsafe(call, self._loop)

    def call[T](self, call: Coroutine[Any, Any, T]) -> T:
        """Return the answer of the Bot API.

        Raises:
            telegram.error.TelegramError: Telegram refused, or is out of reach.
        """
        return self.begin(call).result()

    def try_call(self, call: Coroutine[Any, Any, object]) -> bool:
        """Return whether a call that may fail without harm went well."""
        try:
            self.call(call)
        except TelegramError:
            return False
        return True

    def close(self) -> None:
        """Close connections and loop."""
        self.call(self._disconnect())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _disconnect(self) -> None:
        """Close the connections; `Bot.shutdown` would only do so after `Bot.initialize`, which asks Telegram."""
        for request in self._requests:
            await request.shutdown()
        await asyncio.sleep(0)  # the loop closes the sockets in its next round


@cache
def _the_client() -> Client:
    return Client()


def client() -> Client:
    """Return this process's client; several threads may ask for the first time at once."""
    with _ONE_AT_A_TIME:
        return _the_client()


def close_client() -> None:
    """Close this process's client, if there is one."""
    if _the_client.cache_info().currsize:
        _the_client().close()
        _the_client.cache_clear()


def _bot(for_updates: HTTPXRequest, for_all_else: HTTPXRequest) -> Bot:
    chosen = settings()
    return Bot(
        chosen.telegram_token.get_secret_value(),
        base_url=f"{chosen.telegram_api}/bot",
        base_file_url=f"{chosen.telegram_api}/file/bot",
        request=for_all_else,
        get_updates_request=for_updates,
    )


def _request(connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        write_timeout=READ_SECONDS,
        pool_timeout=READ_SECONDS,
    )
