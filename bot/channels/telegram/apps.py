"""Makes the Telegram channel known to the deliveries."""

from django.apps import AppConfig


class TelegramConfig(AppConfig):
    """The Telegram channel."""

    name = "bot.channels.telegram"

    def ready(self) -> None:
        """Take every message for a member on Telegram."""
        from bot.channels.telegram.tasks import deliver_later, show_typing_later
        from bot.conversations.delivery import register

        register("telegram", deliver_later, show_typing_later)
