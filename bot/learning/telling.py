"""Which of the member's messages told what, and what the model took it for."""

from dataclasses import dataclass

from django.db.models import QuerySet

from bot.conversations.models import Author, Conversation, Message
from bot.events.models import Event
from bot.learning.labels import REPORT

UNDERSTOOD, ANSWERED = "incident_understood", "message_answered"  # events


@dataclass(frozen=True)
class Guess:
    """What the model took a message for, and how sure it was (0 to 1)."""

    label: str
    confidence: float


def told(conversation: Conversation, before: Event | None = None) -> Message | None:
    """Return the message from which the conversation's incident was understood, or else the last that was read.

    `before` limits what is looked at to what had happened then.
    """
    events = Event.objects.filter(conversation=conversation.pk)
    if before:
        events = events.filter(pk__lt=before.pk)
    understood = events.filter(name=UNDERSTOOD).order_by("-at", "-pk").first()
    answered = events.filter(name=ANSWERED)
    if understood:
        answered = answered.filter(pk__lt=understood.pk)  # written just before, in the same transaction
    last = answered.order_by("-at", "-pk").first()
    return written(conversation, last.properties["number"]).first() if last else None


def written(conversation: Conversation, up_to: int) -> QuerySet[Message]:
    """Return what the member wrote in words up to a message's number, the newest first; what was tapped is left out."""
    mine = Message.objects.filter(conversation=conversation, author=Author.MEMBER, command="", number__lte=up_to)
    return mine.exclude(text="").filter(understood__isnull=False).order_by("-number")


def guesses(message: Message) -> list[Guess]:
    """Return what the model took a message for, the likeliest first; an intent where it reports no incident."""
    read = message.understood or {}
    incidents = [
        Guess(f"{each.get('intent', '')}/{each.get('subtype', '')}", float(each.get("confidence") or 0))
        for each in read.get("incident") or []
    ]
    others = [
        Guess(str(each.get("name", "")), float(each.get("confidence") or 0))
        for each in read.get("ranking") or []
        if not str(each.get("name", "")).startswith((REPORT, "nlu_"))
    ]
    return sorted([*incidents, *others], key=lambda guess: -guess.confidence)
