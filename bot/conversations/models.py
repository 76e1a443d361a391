"""Conversation, message, evidence."""

import uuid

from django.db import models

from bot.conversations.ownership import Owner


class Conversation(models.Model):
    """One member's conversation on one channel."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(max_length=16)
    address = models.CharField(max_length=64, null=True)  # where the channel delivers to; null: the web page
    owner = models.CharField(max_length=8, choices=Owner.choices, default=Owner.BOT)
    owner_reason = models.CharField(max_length=32, blank=True)  # why it is with its owner
    priority = models.PositiveSmallIntegerField(default=3)  # 0 life, 1 ongoing, 2 fresh money, 3 rest
    created_at = models.DateTimeField(auto_now_add=True)
    last_message_at = models.DateTimeField(null=True)
    last_number = models.PositiveIntegerField(default=0)  # of its messages
    episode = models.PositiveIntegerField(default=1)  # a new one gives the engine an empty memory
    reachable = models.BooleanField(default=True)  # false once the member blocked us
    member = models.UUIDField(null=True)  # who writes, proven by a signed identity; null: not known
    claim = models.UUIDField(null=True)  # the one opened last: what is sent now belongs to it
    family = models.CharField(max_length=32, blank=True)  # what it is about, by the claim or else as understood
    subtype = models.CharField(max_length=48, blank=True)
    adviser = models.UUIDField(null=True)  # whose it is, while a human owns it
    team = models.CharField(max_length=32, blank=True)  # for whom it waits; blank: for anybody
    waiting_since = models.DateTimeField(null=True)  # for a human's first or next answer
    queue_place = models.PositiveSmallIntegerField(default=0)  # it had when it was put into the queue, from 1
    rule = models.ForeignKey("Rule", models.SET_NULL, null=True, related_name="+")  # that put it into the queue last

    class Meta:
        """One conversation per address; indexed for the desk's queues."""

        constraints = [models.UniqueConstraint(fields=["channel", "address"], name="one_conversation_per_address")]
        indexes = [
            models.Index(fields=["owner", "priority", "last_message_at"], name="conversation_queue"),
            models.Index(fields=["owner", "-last_message_at", "-id"], name="conversation_recent"),
            models.Index(fields=["-last_message_at", "-id"], name="conversation_all_recent"),
            models.Index(fields=["family", "subtype", "-last_message_at"], name="conversation_incident"),
            models.Index(fields=["member"], name="conversation_member"),
        ]

    @property
    def engine_id(self) -> str:
        """Return the id under which the engine remembers this conversation's present episode."""
        return f"{self.id}:{self.episode}"


class Author(models.TextChoices):
    """Who wrote a message."""

    MEMBER = "member"
    BOT = "bot"
    ADVISER = "adviser"
    SYSTEM = "system"


class Message(models.Model):
    """One message; `number` counts up without gaps within its conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    author = models.CharField(max_length=8, choices=Author.choices)
    text = models.TextField(blank=True)  # masked; the member's is plain, ours is markup (see docs/messages.md)
    buttons = models.JSONField(default=list)  # of ours: [{"title", "payload"}]
    card = models.JSONField(null=True)  # of ours: structured content, such as the recap
    command = models.CharField(max_length=256, blank=True)  # of the member's: a tapped payload or a command
    external_id = models.CharField(max_length=64, null=True)  # the channel's id of what came in
    sent_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)  # of the member's: replies are stored
    answers = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replies")
    masked = models.JSONField(default=list)  # kinds of secrets that were masked
    understood = models.JSONField(null=True)  # intent, ranking and incident as the engine saw them
    safety = models.CharField(max_length=12, blank=True)
    delivered_at = models.DateTimeField(null=True)
    delivery_id = models.CharField(max_length=64, blank=True)  # the channel's id of what went out
    adviser = models.UUIDField(null=True)  # who wrote it, of an adviser's

    class Meta:
        """A redelivered message is the same row; numbers give one order to all readers."""

        constraints = [
            models.UniqueConstraint(fields=["conversation", "external_id"], name="one_message_per_external_id"),
            models.UniqueConstraint(fields=["conversation", "number"], name="one_message_per_number"),
        ]


class Evidence(models.Model):
    """A photo or document a member gave; the bytes are in the evidence storage under `key`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="evidence")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="evidence")
    claim = models.UUIDField(null=True)
    document = models.UUIDField(null=True)  # which of the claim's documents it is, as the member says
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    key = models.CharField(max_length=200)
    received_at = models.DateTimeField(auto_now_add=True)


class SentFile(models.Model):
    """A picture or document that an adviser gave; its bytes are in the evidence storage under `key`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="sent_files")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="sent_files")
    claim = models.UUIDField(null=True)  # the conversation's when it was sent
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    key = models.CharField(max_length=200)
    sent_at = models.DateTimeField(auto_now_add=True)


class CallBack(models.Model):
    """A member who could not wait, and the telephone number at which they want to be called."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="call_backs")
    phone = models.CharField(max_length=20)  # E.164
    asked_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)

    class Meta:
        """One open request per conversation."""

        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(done_at=None), name="one_open_call_back"
            )
        ]


class Rating(models.Model):
    """How a member liked the help, asked once when an adviser closed; `score` from 1 to 5, null: not answered."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="ratings")
    episode = models.PositiveIntegerField()  # that the closing began
    adviser = models.UUIDField()  # who closed
    asked_at = models.DateTimeField(auto_now_add=True)
    score = models.PositiveSmallIntegerField(null=True)
    rated_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)  # masked, as its message is
    is_done = models.BooleanField(default=False)  # words were given or refused

    class Meta:
        """One per closing."""

        constraints = [models.UniqueConstraint(fields=["conversation", "episode"], name="one_rating_per_closing")]


class Alert(models.Model):
    """How often staff was told that a conversation waits, since when it does."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="alerts")
    waiting_since = models.DateTimeField()
    priority = models.PositiveSmallIntegerField()  # it had then: a graver one is told anew
    times = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        """One per waiting."""

        constraints = [models.UniqueConstraint(fields=["conversation", "waiting_since"], name="one_alert_per_waiting")]


class Rule(models.Model):
    """A supervisor's rule: all its conditions must hold (see rules.py); one that is left empty is none."""

    class Action(models.TextChoices):
        """What happens then."""

        HAND_OFF = "hand_off", "un conseiller tout de suite"
        ADVISE = "advise", "les conseils, puis un conseiller"
        TAG = "tag", "une étiquette seulement"

    name = models.CharField(max_length=60)  # as advisers read it
    position = models.PositiveIntegerField()  # in which they are tried, from 1
    is_active = models.BooleanField(default=True)
    family = models.CharField(max_length=32, blank=True)
    subtype = models.CharField(max_length=48, blank=True)
    amount_cents = models.PositiveBigIntegerField(null=True)  # at least
    is_child = models.BooleanField(default=False)  # the victim, or who writes
    safety = models.CharField(max_length=12, blank=True)  # this level or a graver one
    words = models.CharField(max_length=300, blank=True)  # one of these, separated by commas
    is_known = models.BooleanField(null=True)  # whether the member's identity is proven
    action = models.CharField(max_length=8, choices=Action.choices, default=Action.ADVISE)
    team = models.CharField(max_length=32, blank=True)  # for whom the conversation waits; blank: for anybody
    priority = models.PositiveSmallIntegerField(default=3)  # at least as grave
    tag = models.CharField(max_length=32, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.UUIDField()

    class Meta:
        """In the order in which they are tried."""

        ordering = ["position", "pk"]
