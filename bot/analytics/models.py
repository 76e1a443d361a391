"""What the figures are read from: counts by hour and by day, and what is needed to keep them up to date.

Everything here can be made anew from the events (`cybercare rebuild-analytics`).
"""

from django.db import models


class Cell(models.Model):
    """One count under one combination of dimensions; "" where a dimension was not known when it was counted.

    `key` splits a measure (a question, a reason); `bucket` is where an amount or a duration lies (see buckets.py).
    """

    measure = models.CharField(max_length=24)
    key = models.CharField(max_length=64, default="")
    bucket = models.SmallIntegerField(default=0)
    channel = models.CharField(max_length=16, default="")
    family = models.CharField(max_length=32, default="")
    subtype = models.CharField(max_length=48, default="")
    safety = models.CharField(max_length=12, default="")
    count = models.BigIntegerField(default=0)
    total = models.FloatField(default=0)  # of what is measured: euro cents, seconds, a confidence

    class Meta:
        """Columns of both tables."""

        abstract = True


class Daily(Cell):
    """Counts of one day in Brussels, which has 23, 24 or 25 hours."""

    pk = models.CompositePrimaryKey("measure", "day", "key", "bucket", "channel", "family", "subtype", "safety")
    day = models.DateField()


class Hourly(Cell):
    """Counts of one hour (UTC: Brussels is whole hours away), of the measures that are shown by hour."""

    pk = models.CompositePrimaryKey("measure", "hour", "key", "bucket", "channel", "family", "subtype", "safety")
    hour = models.DateTimeField()


class Monthly(Cell):
    """Counts of one month in Brussels, from its first day: long periods are read from these."""

    pk = models.CompositePrimaryKey("measure", "month", "key", "bucket", "channel", "family", "subtype", "safety")
    month = models.DateField()


class BroadDaily(Cell):
    """As Daily, under the family alone: what most pages ask for, from a hundredth of the rows."""

    pk = models.CompositePrimaryKey("measure", "day", "key", "bucket", "channel", "family", "subtype", "safety")
    day = models.DateField()


class BroadMonthly(Cell):
    """As Monthly, under the family alone."""

    pk = models.CompositePrimaryKey("measure", "month", "key", "bucket", "channel", "family", "subtype", "safety")
    month = models.DateField()


class Fact(models.Model):
    """One thing that was counted, to lead from a figure to the conversations behind it.

    Once a member is forgotten, `conversation` and `claim` are null: the counts stay, the trace does not.
    """

    at = models.DateTimeField()
    measure = models.CharField(max_length=24)
    key = models.CharField(max_length=64, default="")
    value = models.FloatField(default=0)  # seconds of an interval that ended at `at`, cents, a confidence
    began = models.DateTimeField(null=True)  # of an interval
    channel = models.CharField(max_length=16, default="")
    family = models.CharField(max_length=32, default="")
    subtype = models.CharField(max_length=48, default="")
    safety = models.CharField(max_length=12, default="")
    conversation = models.UUIDField(null=True)
    claim = models.UUIDField(null=True)

    class Meta:
        """Read by measure, the newest first; forgotten by conversation."""

        indexes = [
            models.Index(fields=["measure", "-at"], name="fact_recent"),
            models.Index(fields=["measure", "family", "subtype", "-at"], name="fact_incident"),
            models.Index(fields=["conversation"], name="fact_conversation"),
        ]


class Subject(models.Model):
    """What must be remembered of one conversation to count its next event (see folding.py)."""

    conversation = models.UUIDField(primary_key=True)
    memory = models.JSONField(default=dict)
    pending = models.CharField(max_length=48, default="")  # the question that was asked and not answered yet
    asked_at = models.DateTimeField(null=True)  # when

    class Meta:
        """Read by the question people stopped at."""

        indexes = [
            models.Index(fields=["pending", "-asked_at"], condition=~models.Q(pending=""), name="subject_pending")
        ]


class OpenClaim(models.Model):
    """A claim that is not closed yet, under its dimensions; the row goes when it is closed."""

    claim = models.UUIDField(primary_key=True)
    conversation = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=24)
    channel = models.CharField(max_length=16, default="")
    family = models.CharField(max_length=32, default="")
    subtype = models.CharField(max_length=48, default="")
    safety = models.CharField(max_length=12, default="")


class Mark(models.Model):
    """One row: up to which event everything is counted, and where it is safe to count up to next (see rolling.py)."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    done = models.BigIntegerField(default=0)  # id of the last event that is counted
    goal = models.BigIntegerField(default=0)  # the last id that was given out at `seen_at`
    horizon = models.BigIntegerField(default=0)  # transactions below this one may have written ids up to `goal`
    seen_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)  # when events were counted last
