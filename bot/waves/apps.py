"""Joins waves to the conversations, which know nothing of them."""

from django.apps import AppConfig


class WavesConfig(AppConfig):
    """Waves of alike reports."""

    name = "bot.waves"
    verbose_name = "Vagues"

    def ready(self) -> None:
        """Hear of each report, tell members of a known wave, forget who is forgotten."""
        from bot.conversations import enriching, erasure
        from bot.waves import services

        enriching.register(services.enrich)
        erasure.register(services.forget)
