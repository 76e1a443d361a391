"""The insured people."""

import uuid

from django.db import models


class Member(models.Model):
    """One insured person as the insurer's list has them; a household shares one contract."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.CharField(max_length=32)  # the insurer's contract number
    household = models.CharField(max_length=32)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)  # E.164
    active = models.BooleanField(default=True)  # false once the insurer's list no longer has them
    imported_at = models.DateTimeField()

    class Meta:
        """One row per person and contract."""

        constraints = [
            models.UniqueConstraint(fields=["contract", "first_name", "last_name"], name="one_row_per_person")
        ]
        indexes = [models.Index(fields=["household"], name="member_household")]
