"""One table, one row per thing that happened; never updated, never deleted."""

from django.db import models


class Event(models.Model):
    """What happened, when (UTC), to which conversation or claim. Properties hold no personal data."""

    at = models.DateTimeField()
    name = models.CharField(max_length=64)
    conversation = models.UUIDField(null=True)
    claim = models.UUIDField(null=True)
    properties = models.JSONField(default=dict)

    class Meta:
        """Indexed for one name over time, and for one conversation."""

        indexes = [
            models.Index(fields=["name", "at"], name="event_name_at"),
            models.Index(fields=["conversation", "at"], name="event_conversation_at"),
        ]
