"""Tells Telegram to call us: `python -m bot.channels.telegram.webhook https://our.address/telegram/webhook`."""

import sys

from telegram import BotCommand
from telegram.error import TelegramError

from bot.channels.telegram.client import client
from bot.channels.telegram.updates import MENU, WANTED
from bot.settings import settings


def register(address: str) -> None:
    """Have updates sent to `address`, with our secret; those that wait are kept.

    Raises:
        telegram.error.TelegramError: Telegram refused the address or the token.
    """
    api = client()
    secret = settings().telegram_webhook_secret.get_secret_value()
    api.call(api.bot.set_webhook(address, secret_token=secret, allowed_updates=WANTED, drop_pending_updates=False))
    api.call(api.bot.set_my_commands([BotCommand(name, description) for name, description in MENU.items()]))


def main() -> int:
    """Return 0 when Telegram agreed."""
    if len(sys.argv) != 2 or settings().telegram_mode != "webhook":
        print("Set CYBERCARE_TELEGRAM_MODE=webhook and give the public https address of /telegram/webhook.")
        return 2
    try:
        register(sys.argv[1])
    except TelegramError as error:
        print(f"Telegram refused: {error.message}")
        return 1
    print("Telegram now calls this address.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
