"""Joins the desk to what lies below it."""

import logging

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The advisers' desk."""

    name = "bot.desk"
    verbose_name = "Bureau des conseillers"

    def ready(self) -> None:
        """Keep names and addresses out of the logs (django-axes writes both); erase notes with their conversation."""
        from bot.conversations import erasure
        from bot.desk.models import forget_notes

        logging.getLogger("axes").setLevel(logging.CRITICAL)
        erasure.register(forget_notes)
