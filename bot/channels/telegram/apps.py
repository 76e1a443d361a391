"""Makes the Telegram channel known to the deliveries."""

from django.apps import AppConfig


class TelegramConfig(AppConfig):
    """The Telegram channel."""

    name = "bot.channels.telegram"

    def ready(self) -> None:
        """Take every message for a member on Telegram, and alerts for a chat of the staff."""
        from bot.channels.telegram.staff import WAY
        from bot.channels.telegram.tasks import deliver_later, show_typing_later
        from bot.conversations import alerts
        from bot.conversations.delivery import register

        register("telegram", deliver_later, show_typing_later)
        alerts.register(WAY)
