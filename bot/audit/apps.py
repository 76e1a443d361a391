"""The audit as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who saw and did what."""

    name = "bot.audit"
    verbose_name = "Journal d'accès"
