"""One table, one row per thing that somebody of the staff did or looked at; the database refuses to change one."""

from django.db import models
from django.db.models.functions import Now


class Entry(models.Model):
    """Who did what to which object, when (UTC, by the database's clock); never what was written or read there."""

    at = models.DateTimeField(db_default=Now())
    who = models.UUIDField(null=True)  # the account; null: the command line, or nobody who could sign in
    act = models.CharField(max_length=48)  # an address of the web by its name, such as "desk:take"; see acts.yml
    conversation = models.UUIDField(null=True)
    object = models.CharField(max_length=64, blank=True)  # the id of whatever else it was done to
    details = models.JSONField(default=dict)  # ids and short words of ours

    class Meta:
        """Read from its end, by person, act or conversation."""

        indexes = [
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["who", "-id"], name="audit_who"),
            models.Index(fields=["act", "-id"], name="audit_act"),
            models.Index(fields=["conversation", "-id"], name="audit_conversation"),
        ]
