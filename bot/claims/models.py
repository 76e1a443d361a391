"""Claim, what belongs to it, and what is told about it. Amounts are in euro cents.

A new incident type or field needs no migration.
"""

import uuid

from django.db import models


class State(models.TextChoices):
    """Where a claim stands; only humans move it on."""

    OPEN = "open", "Ouvert, en attente d'un gestionnaire"
    IN_REVIEW = "in_review", "En cours d'examen"
    DOCUMENTS_MISSING = "documents_missing", "En attente de documents"
    CLOSED = "closed", "Clôturé"


class Outcome(models.TextChoices):
    """How a closed claim ended, as the human who closed it says; members read it on their claim's page."""

    HELPED = "helped", "Aide apportée"
    REFUNDED = "refunded", "Remboursement"
    REFUSED = "refused", "Refus de prise en charge"
    WITHDRAWN = "withdrawn", "Déclaration retirée"
    DUPLICATE = "duplicate", "Double d'un autre dossier"
    NO_CONTACT = "no_contact", "Sans nouvelles"


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
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)  # of a closed one
    opened_at = models.DateTimeField()
    member = models.UUIDField(null=True)  # null: the identity is still to be verified
    email = models.EmailField(blank=True)  # where the member wants to be written to
    psychologist = models.BooleanField(null=True)  # wants to be called back by one; null: not asked

    class Meta:
        """One claim per draft; indexed by conversation."""

        constraints = [models.UniqueConstraint(fields=["conversation", "incident_key"], name="one_claim_per_draft")]
        indexes = [
            models.Index(fields=["conversation", "opened_at"], name="claim_conversation"),
            models.Index(fields=["family", "subtype", "opened_at"], name="claim_incident"),
            models.Index(fields=["member"], name="claim_member"),
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
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)  # of a closing
    by = models.CharField(max_length=64)  # "member", or who among the staff


class Document(models.Model):
    """One piece of the claim's checklist, as the catalogue named it when the claim was opened."""

    class State(models.TextChoices):
        """Where the piece stands, by the member's word or by a file."""

        TO_COME = "to_come", "à venir"
        ATTACHED = "attached", "jointe"
        NONE = "none", "n'existe pas"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="documents")
    number = models.PositiveSmallIntegerField()  # from 1, in the catalogue's order
    name = models.CharField(max_length=160)
    state = models.CharField(max_length=8, choices=State.choices, default=State.TO_COME)
    asked_at = models.DateTimeField(null=True)  # when an adviser asked for it last

    class Meta:
        """In order, each once."""

        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["claim", "number"], name="one_document_per_number")]


class Flag(models.Model):
    """A rule of the contract that a human should look at; never a refusal."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="flags")
    rule = models.CharField(max_length=32)  # see bot/claims/flags.py
    detail = models.JSONField(default=dict)  # figures only
    at = models.DateTimeField()

    class Meta:
        """Each rule once."""

        constraints = [models.UniqueConstraint(fields=["claim", "rule"], name="one_flag_per_rule")]


class SavedDraft(models.Model):
    """A declaration put away before its end, to be offered again."""

    conversation = models.UUIDField()
    incident_key = models.CharField(max_length=64)
    family = models.CharField(max_length=32)
    subtype = models.CharField(max_length=48)
    story = models.TextField(blank=True)  # masked
    values = models.JSONField(default=dict)  # as a draft's
    saved_at = models.DateTimeField()

    class Meta:
        """One per draft; the newest of a conversation is offered."""

        constraints = [models.UniqueConstraint(fields=["conversation", "incident_key"], name="one_row_per_draft")]


class AccessCode(models.Model):
    """A one-time code sent to a claim's e-mail: whoever types it may see the claim's state."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="access_codes")
    conversation = models.UUIDField()
    digest = models.CharField(max_length=64)  # of the code, salted
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)


class Email(models.Model):
    """One e-mail about a claim, sent once; its text is made when it is sent, and kept nowhere."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="emails")
    kind = models.CharField(max_length=24)  # one of mailing.SUBJECTS
    occasion = models.PositiveBigIntegerField()  # of its kind: the round, the state change's id, how many came before
    taken_at = models.DateTimeField(null=True)  # since when a worker is sending it; null: none was, or it was put off
    sent_at = models.DateTimeField(null=True)  # null: still to be sent, or not allowed any more

    class Meta:
        """One per occasion."""

        constraints = [models.UniqueConstraint(fields=["claim", "kind", "occasion"], name="one_email_per_occasion")]


class OutgoingEvent(models.Model):
    """One event for the insurer's own system; its id is the idempotency key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="outgoing")
    name = models.CharField(max_length=48)
    payload = models.JSONField()
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)  # given up: a human must look
    last_error = models.CharField(max_length=200, blank=True)


class Edit(models.Model):
    """One answer as staff changed it; append-only. Null: not known."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="edits")
    at = models.DateTimeField()
    by = models.CharField(max_length=64)  # who among the staff, as StateChange.by
    field = models.CharField(max_length=48)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
