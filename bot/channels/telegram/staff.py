"""Tells a chat of the staff, by setting, that something urgent waits; what is written there is nothing for the bot."""

from telegram import LinkPreviewOptions

from bot.channels.telegram.client import client
from bot.conversations.alerts import Way
from bot.settings import settings


def is_staff_chat(chat: int) -> bool:
    """Tell whether this is the chat that alerts go to."""
    return str(chat) == settings().alert_chat


def tell_staff(_subject: str, text: str) -> None:
    """Say an alert, which begins with its subject.

    Raises:
        telegram.error.TelegramError: Telegram refused, or is out of reach.
    """
    quiet = LinkPreviewOptions(is_disabled=True)
    client().call(client().bot.send_message(settings().alert_chat, text, link_preview_options=quiet))


WAY = Way("telegram", lambda: bool(settings().alert_chat), tell_staff)
