"""Examples that the model could learn from, and up to where the events were looked through for them."""

import uuid

from django.db import models


class Example(models.Model):
    """One sentence under a label, without personal data.

    Until it is accepted it belongs to its conversation and is erased with it. An accepted one has no way back to it;
    of a discarded one only the digest is left, so that nobody is asked about it twice.
    """

    class Why(models.TextChoices):
        """What made it worth a look, the surest first."""

        ADVISER = "adviser", "corrigé par un conseiller"
        MEMBER = "member", "corrigé par le membre"
        STRADDLE = "straddle", "départagé par le membre"
        MISSED = "missed", "non compris deux fois"
        OUT_OF_SCOPE = "out_of_scope", "hors sujet, puis un conseiller"
        UNSURE = "unsure", "compris avec peu de confiance"

    class State(models.TextChoices):
        """What a supervisor made of it."""

        PROPOSED = "proposed", "À décider"
        ACCEPTED = "accepted", "Accepté"
        DISCARDED = "discarded", "Écarté"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)  # of the words alone: each sentence once
    text = models.TextField(blank=True)
    label = models.CharField(max_length=96, blank=True)  # as in data/nlu: report_<family>/<sub-type>, or an intent
    guess = models.CharField(max_length=96, blank=True)  # what the model took it for
    confidence = models.FloatField(null=True)  # of that guess
    why = models.CharField(max_length=16, choices=Why.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    conversation = models.UUIDField(null=True)
    found_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    exported_at = models.DateTimeField(null=True)

    class Meta:
        """Reviewed from the oldest; forgotten by conversation."""

        indexes = [
            models.Index(fields=["state", "found_at"], name="example_state"),
            models.Index(fields=["conversation"], name="example_conversation"),
        ]


class Mark(models.Model):
    """One row: the last event that was looked at."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    done = models.BigIntegerField(default=0)
