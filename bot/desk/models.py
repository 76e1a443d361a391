"""Who works at the desk, in which team, and what they note for each other."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class Role(models.TextChoices):
    """What somebody may do; one role each."""

    ADVISER = "adviser", "Conseiller"
    SUPERVISOR = "supervisor", "Superviseur"
    ANALYST = "analyst", "Analyste"
    ADMINISTRATOR = "administrator", "Administrateur"


class Team(models.Model):
    """A group that conversations may be transferred to."""

    slug = models.SlugField(primary_key=True, max_length=32)
    name = models.CharField("nom", max_length=60)

    class Meta:
        """In the order of the alphabet."""

        ordering = ["name"]
        verbose_name, verbose_name_plural = "équipe", "équipes"

    def __str__(self) -> str:
        return self.name


class Advisers(BaseUserManager["Adviser"]):
    """Finds and makes accounts; an account without a password cannot sign in."""

    def create_user(self, email: str, name: str, role: str, password: str | None = None) -> "Adviser":
        """Return a new account."""
        adviser = self.model(email=email.strip().lower(), name=name.strip(), role=role)
        adviser.set_password(password)
        adviser.save(using=self._db)
        return adviser

    def get_by_natural_key(self, username: str | None) -> "Adviser":
        """Return the account with this e-mail address, however it is capitalised."""
        return self.get(email__iexact=username)


class Adviser(AbstractBaseUser):
    """One member of staff; signs in with an e-mail address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("adresse e-mail", unique=True)
    name = models.CharField("nom", max_length=80)
    role = models.CharField("rôle", max_length=16, choices=Role.choices, default=Role.ADVISER)
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, verbose_name="équipe")
    is_active = models.BooleanField("actif", default=True)
    joined_at = models.DateTimeField("créé le", auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = Advisers()

    class Meta:
        """One account per address, however it is capitalised."""

        ordering = ["name"]
        verbose_name, verbose_name_plural = "compte", "comptes"
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """Return what members may read of the name."""
        return self.name.split(" ")[0]

    @property
    def is_staff(self) -> bool:
        """Tell Django's admin who may enter."""
        return self.role == Role.ADMINISTRATOR

    def has_perm(self, _permission: str, _object: Any = None) -> bool:
        """Tell Django's admin who may do what: administrators everything, nobody else anything."""
        return self.is_active and self.role == Role.ADMINISTRATOR

    def has_module_perms(self, _app: str) -> bool:
        """Tell Django's admin what to list."""
        return self.has_perm("")


class Note(models.Model):
    """What advisers write for each other beside a conversation; members never see it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.UUIDField()
    after = models.PositiveIntegerField()  # number of the message it stands behind
    author = models.ForeignKey(Adviser, models.PROTECT, related_name="notes")
    text = models.TextField(max_length=4000)
    about = models.CharField(max_length=80, blank=True)  # such as to whom it was transferred; blank: a plain note
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Read with the messages they stand among."""

        indexes = [models.Index(fields=["conversation", "after"], name="note_conversation")]


def forget_notes(conversation: uuid.UUID) -> None:
    """Erase what advisers noted beside a conversation whose member had it erased."""
    Note.objects.filter(conversation=conversation).delete()
