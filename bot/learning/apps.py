"""Joins learning to the conversations, which know nothing of it."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Examples to learn from."""

    name = "bot.learning"
    verbose_name = "Exemples"

    def ready(self) -> None:
        """Forget what is not accepted with its conversation."""
        from bot.conversations import erasure
        from bot.learning.reviewing import forget

        erasure.register(forget)
