"""Joins the desk to what lies below it."""

import logging

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The advisers' desk."""

    name = "bot.desk"
    verbose_name = "Bureau des conseillers"

    def ready(self) -> None:
        """Keep names and addresses out of the logs (django-axes writes both); erase notes with their conversation.

        Supervisors' rules are tried last, on the turn as all others leave it.
        """
        from bot.conversations import enriching, erasure, rules
        from bot.desk import tags
        from bot.desk.forgetting import forget

        logging.getLogger("axes").setLevel(logging.CRITICAL)
        erasure.register(forget)
        rules.register(tags.add)
        enriching.register(rules.enrich)
