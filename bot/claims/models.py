"""Claim, answer, change of state. Amounts are in euro cents; a new incident type or field needs no migration."""

import uuid

from django.db import models


class State(models.TextChoices):
    """Where a claim stands; only humans move it on."""

    OPEN = "open", "Ouvert, en attente d'un gestionnaire"
    IN_REVIEW = "in_review", "En cours d'examen"
    DOCUMENTS_MISSING = "documents_missing", "En attente de documents"
    CLOSED = "closed", "Clôturé"


class Claim(models.Model):
    """One incident as a member confirmed it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=24, unique=True)
    conversation = models.UUIDField()
    incident_key = models.CharField(max_length=64)  # of the draft it came from: opening twice gives the same claim
    family = models.CharField(max_length=32)
    subtype = models.CharField(max_length=48)
    story = models.TextField(blank=True)  # masked, as the member told it
    state = models.CharField(max_length=24, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()

    class Meta:
        """One claim per draft; indexed by conversation."""

        constraints = [models.UniqueConstraint(fields=["conversation", "incident_key"], name="one_claim_per_draft")]
        indexes = [
            models.Index(fields=["conversation", "opened_at"], name="claim_conversation"),
            models.Index(fields=["family", "subtype", "opened_at"], name="claim_incident"),
        ]


class Answer(models.Model):
    """One field of a claim; `value` is null when the member did not know."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="answers")
    field = models.CharField(max_length=48)
    value = models.JSONField(null=True)

    class Meta:
        """One answer per field."""

        constraints = [models.UniqueConstraint(fields=["claim", "field"], name="one_answer_per_field")]


class StateChange(models.Model):
    """One step of a claim's history; append-only."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="history")
    at = models.DateTimeField()
    state = models.CharField(max_length=24, choices=State.choices)
    by = models.CharField(max_length=64)  # "member", or who among the staff
