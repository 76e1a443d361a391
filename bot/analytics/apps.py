"""Joins analytics to what lies below it."""

from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    """The figures."""

    name = "bot.analytics"
    verbose_name = "Chiffres"
