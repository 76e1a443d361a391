"""The reports of the last weeks as vectors and traits, and the waves found among them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from bot.waves.fields import VectorField


class Wave(models.Model):
    """Reports that belong together; members hear of it once a supervisor has confirmed it."""

    class State(models.TextChoices):
        """What a supervisor made of it."""

        FOUND = "found", "À vérifier"
        CONFIRMED = "confirmed", "Confirmée"
        DISMISSED = "dismissed", "Écartée"

    state = models.CharField(max_length=10, choices=State.choices, default=State.FOUND)
    name = models.CharField(max_length=80, blank=True)
    advice = models.CharField(max_length=400, blank=True)  # what members are told besides
    family = models.CharField(max_length=32)  # of most of its reports
    subtype = models.CharField(max_length=48)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    size = models.PositiveIntegerField(default=0)  # conversations, those forgotten since too
    usual = models.FloatField(default=0)  # alike reports that the weeks before let expect in its first days
    vector = VectorField()  # the mean of its first reports
    traits = ArrayField(models.CharField(max_length=80), default=list)  # that most of its reports share
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first."""

        ordering = ["-last_seen"]
        indexes = [models.Index(fields=["state", "-last_seen"], name="wave_state")]


class Report(models.Model):
    """One reported incident; kept for five weeks, and no longer than its message."""

    message = models.BigIntegerField(unique=True)
    conversation = models.UUIDField()
    at = models.DateTimeField()
    family = models.CharField(max_length=32)
    subtype = models.CharField(max_length=48)
    vector = VectorField()
    traits = ArrayField(models.CharField(max_length=80), default=list)  # see traits.py
    words = ArrayField(models.CharField(max_length=4), default=list)  # see wording.py
    wave = models.ForeignKey(Wave, models.SET_NULL, null=True, related_name="reports")

    class Meta:
        """Read by time; forgotten by conversation."""

        indexes = [
            models.Index(fields=["at"], name="report_at"),
            models.Index(fields=["conversation"], name="report_conversation"),
        ]
