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


class Availability(models.TextChoices):
    """Whether colleagues may count on somebody, as they say themselves."""

    AVAILABLE = "available", "Disponible"
    BUSY = "busy", "Occupé"
    AWAY = "away", "Absent"


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
    availability = models.CharField(max_length=9, choices=Availability.choices, default=Availability.AVAILABLE)
    has_sound = models.BooleanField("un son", default=False)
    has_notifications = models.BooleanField("une notification du bureau", default=False)
    shows_text = models.BooleanField("le début du message dans la notification", default=False)
    has_single_keys = models.BooleanField("les raccourcis d’une touche", default=True)

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


class Tab(models.Model):
    """One open page of the desk: who looks at what, and writes; a row lives as long as the page's stream."""

    id = models.UUIDField(primary_key=True)  # chosen by the page
    adviser = models.ForeignKey(Adviser, models.CASCADE, related_name="tabs")
    conversation = models.UUIDField(null=True)
    seen_at = models.DateTimeField()
    wrote_at = models.DateTimeField(null=True)  # an answer, in that conversation

    class Meta:
        """Asked for by what is looked at."""

        indexes = [models.Index(fields=["conversation"], name="tab_conversation")]


class Reading(models.Model):
    """Up to which message an adviser has read a conversation."""

    conversation = models.UUIDField()
    adviser = models.ForeignKey(Adviser, models.CASCADE, related_name="readings")
    number = models.PositiveIntegerField()

    class Meta:
        """One per adviser and conversation."""

        constraints = [models.UniqueConstraint(fields=["conversation", "adviser"], name="one_reading_per_adviser")]


class Tag(models.Model):
    """A word that supervisors offer, to sort conversations by."""

    name = models.CharField("nom", max_length=32)

    class Meta:
        """In the order of the alphabet; one of each, however it is capitalised."""

        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_tag_per_name")]

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    """One tag of one conversation."""

    conversation = models.UUIDField()
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings")

    class Meta:
        """Each tag once."""

        constraints = [models.UniqueConstraint(fields=["conversation", "tag"], name="one_tagging_per_tag")]


class Draft(models.Model):
    """What an adviser has typed in a conversation and not sent."""

    adviser = models.ForeignKey(Adviser, models.CASCADE, related_name="drafts")
    conversation = models.UUIDField()
    text = models.TextField(max_length=4000)
    is_note = models.BooleanField(default=False)
    pieces = models.JSONField(default=list)  # ids of the claim's documents that the text asks for
    at = models.DateTimeField(auto_now=True)

    class Meta:
        """One per adviser and conversation."""

        constraints = [models.UniqueConstraint(fields=["adviser", "conversation"], name="one_draft_per_adviser")]
        indexes = [models.Index(fields=["conversation"], name="draft_conversation")]


class CannedReply(models.Model):
    """A ready answer; its text may hold placeholders (bot/desk/placeholders.py) and contacts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shortcut = models.SlugField("raccourci", max_length=24, unique=True)
    title = models.CharField("titre", max_length=80)
    text = models.TextField("texte", max_length=2000)

    class Meta:
        """In the order of the alphabet."""

        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
