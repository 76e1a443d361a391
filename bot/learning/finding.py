"""Looks through what happened for messages to learn from: corrections by members, misses, little confidence."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from bot.conversations.models import Conversation, Message
from bot.events.models import Event
from bot.learning.labels import label_of, read_label
from bot.learning.models import Example, Mark
from bot.learning.proposing import propose
from bot.learning.telling import guesses, told, written

#: How long a conversation may go on before it is looked at: what it was about shows afterwards, and every transaction
#: that began before has ended.
REST = timedelta(minutes=30)
BATCH = 200  # signs at once
UNSURE = 0.6  # an incident understood with less is worth a look; from .45 (config.yml) the dialogue goes on with it
MISSES = 2  # messages that were not understood in a row
LOOK_BACK = timedelta(minutes=30)  # from the hand-over to the message that was taken for no concern of ours
SIGNS = Q(name__in=["incident_corrected", "straddle_answered", "not_understood", "moved_to_waiting"]) | Q(
    name="message_answered", properties__intent__startswith="report_", properties__confidence__lt=UNSURE
)


def look() -> int:
    """Look at the events since the last time, each once; return how many gave a sign. One process at a time does."""
    Mark.objects.bulk_create([Mark()], ignore_conflicts=True)
    with transaction.atomic():
        mark = Mark.objects.select_for_update(skip_locked=True).filter(pk=1).first()
        if mark is None:
            return 0
        rested = Event.objects.filter(pk__gt=mark.done, at__lt=timezone.now() - REST)
        signs = list(rested.filter(SIGNS).exclude(conversation=None).order_by("pk")[:BATCH])
        for sign in signs:
            _take(sign)
        last = signs[-1].pk if len(signs) == BATCH else rested.aggregate(last=Max("pk"))["last"]
        mark.done = last or mark.done
        mark.save(update_fields=["done"])
    return len(signs)


def _take(sign: Event) -> None:
    """Propose the messages that a sign points to, if its conversation is still there."""
    conversation = Conversation.objects.filter(pk=sign.conversation).first() if sign.conversation else None
    if conversation is None:
        return
    for message, label, why in _found(sign, conversation):
        if message is not None:
            propose(conversation, message, label, why)


def _found(sign: Event, conversation: Conversation) -> list[tuple[Message | None, str, str]]:
    match sign.name:
        case "incident_corrected":
            why = Example.Why.ADVISER if sign.properties.get("adviser") else Example.Why.MEMBER
            return [(told(conversation, sign), _label_in(sign), why)]
        case "straddle_answered":
            return [(told(conversation, sign), _label_in(sign), Example.Why.STRADDLE)]
        case "not_understood":
            return _missed(sign, conversation)
        case "moved_to_waiting":
            return _out_of_scope(sign, conversation)
    message = written(conversation, sign.properties["number"]).first()
    is_it = message is not None and message.number == sign.properties["number"]
    return [(message, _likely(conversation, message), Example.Why.UNSURE)] if is_it else []


def _missed(sign: Event, conversation: Conversation) -> list[tuple[Message | None, str, str]]:
    """Return the message that was not clear; at the second miss both, which one cannot have been."""
    is_second = sign.properties.get("misses") == MISSES
    answered = _answered_before(sign).order_by("-at", "-pk").first()
    if answered is None:
        return []
    messages = written(conversation, answered.properties["number"])[: MISSES if is_second else 1]
    why = Example.Why.MISSED if is_second else Example.Why.UNSURE
    return [(message, _likely(conversation, message), why) for message in messages]


def _out_of_scope(sign: Event, conversation: Conversation) -> list[tuple[Message | None, str, str]]:
    """Return what was taken for no concern of ours shortly before a human was called all the same."""
    lately = _answered_before(sign).filter(at__gt=sign.at - LOOK_BACK, properties__intent="out_of_scope")
    numbers = [event.properties["number"] for event in lately]
    messages = Message.objects.filter(conversation=conversation, number__in=numbers, command="").exclude(text="")
    return [(message, _likely(conversation, message), Example.Why.OUT_OF_SCOPE) for message in messages]


def _answered_before(sign: Event) -> QuerySet[Event]:
    return Event.objects.filter(conversation=sign.conversation, name="message_answered", pk__lt=sign.pk)


def _label_in(sign: Event) -> str:
    place = label_of(str(sign.properties["family"]), str(sign.properties["subtype"]))
    return str(sign.properties.get("label") or place)


def _likely(conversation: Conversation, message: Message | None) -> str:
    """Return what the conversation turned out to be about; else the best guess, for a human to judge."""
    if conversation.family and conversation.subtype:
        return label_of(conversation.family, conversation.subtype)
    for guess in guesses(message) if message else ():
        try:
            return read_label(guess.label)
        except LookupError:
            continue
    return ""
