"""Asks Telegram for updates (`python -m bot.channels.telegram.poller`); each is stored before it is acknowledged."""

import os
import signal
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any

from django.db import close_old_connections, connection
from telegram import BotCommand
from telegram.error import RetryAfter, TelegramError

from bot import logs
from bot.channels.telegram.client import Client, client, close_client
from bot.channels.telegram.updates import MENU, WANTED
from bot.runtime.leaving import close_pool
from bot.runtime.readiness import tell_ready

LONG_POLL = 25  # seconds that Telegram holds a request without news
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 60.0  # seconds between attempts while Telegram or the database is away
log = logs.logger(__name__)


class Poller:
    """Takes updates one by one. The offset advances only over stored ones, so a crash at any point loses none."""

    def __init__(self, api: Client) -> None:
        """Ask nothing yet."""
        self._api = api
        self._offset: int | None = None  # the first update Telegram still owes us; None: its oldest
        self._stopped = threading.Event()
        self._waiting: Future[Any] | None = None
        self._pause = 0.0

    def run(self) -> None:
        """Poll until stopped; nothing that Telegram, the network or the database does ends it."""
        while not self._stopped.is_set() and not self._patiently(self._prepare):
            pass
        while not self._stopped.is_set():
            self._patiently(self._step)

    def stop(self) -> None:
        """End the polling at once; an update being stored is stored to its end."""
        self._stopped.set()
        if self._waiting:
            self._waiting.cancel()

    def _patiently(self, step: Callable[[], None]) -> bool:
        """Return whether a step went well; after one that did not, wait, longer each time."""
        from bot.channels.telegram.inbox import DATABASE_TROUBLE

        try:
            step()
        except CancelledError:
            return False
        except (TelegramError, *DATABASE_TROUBLE) as error:
            connection.close()
            self._pause = _pause_after(error, self._pause)
            log.warning("telegram_poll_failed", error=type(error).__name__, pause=self._pause)
            self._stopped.wait(self._pause)
            return False
        self._pause = 0.0
        return True

    def _prepare(self) -> None:
        """Leave the webhook mode, keeping what waits there, and show our commands in the menu."""
        self._api.call(self._api.bot.delete_webhook(drop_pending_updates=False))
        menu = [BotCommand(name, description) for name, description in MENU.items()]
        self._api.call(self._api.bot.set_my_commands(menu))
        log.info("telegram_polling")

    def _step(self) -> None:
        """Take what Telegram has, in order."""
        from bot.channels.telegram.inbox import accept
        from bot.channels.telegram.sending import show_typing

        for raw in self._get_updates():
            close_old_connections()
            chat = accept(raw)
            self._offset = raw["update_id"] + 1
            if chat is not None:
                show_typing(chat)
            if self._stopped.is_set():
                return

    def _get_updates(self) -> list[dict[str, Any]]:
        """Return raw updates: `Bot.get_updates` fails as a whole when one of them cannot be read."""
        asked = {"offset": self._offset, "timeout": LONG_POLL, "allowed_updates": WANTED}
        call = self._api.bot.do_api_request("getUpdates", api_kwargs=asked, read_timeout=LONG_POLL + 10)
        self._waiting = self._api.begin(call)
        if self._stopped.is_set():  # between the check and the call
            self._waiting.cancel()
        updates: list[dict[str, Any]] = self._waiting.result()
        return updates


def main() -> None:
    """Poll until SIGTERM or Ctrl-C."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.django_config")
    import django

    logs.configure()
    django.setup()
    # The library recommends the method of its own that `_get_updates` avoids.
    warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'")
    poller = Poller(client())
    for number in (signal.SIGTERM, signal.SIGINT):
        # In a thread: cancelling a future from a handler inside the very wait for it can lose the wake-up.
        signal.signal(number, lambda *_: threading.Thread(target=poller.stop).start())
    tell_ready()  # also while Telegram is away: the web must not wait for it
    poller.run()
    close_client()
    close_pool()


def _pause_after(error: Exception, pause: float) -> float:
    from bot.channels.telegram.sending import seconds_to_wait

    if isinstance(error, RetryAfter):
        return float(seconds_to_wait(error))
    return min(max(SHORTEST_PAUSE, pause * 2), LONGEST_PAUSE)


if __name__ == "__main__":
    main()
