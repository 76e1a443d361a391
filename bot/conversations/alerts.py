"""Tells staff, by e-mail and in a chat of theirs, that something urgent waits too long; nothing personal is in it.

What waits is looked for every minute (tasks.py). Row locks and one row per waiting keep two workers from telling twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from bot.catalogue import catalogue
from bot.conversations import hours
from bot.conversations.models import Alert, Conversation
from bot.conversations.ownership import Owner
from bot.conversations.urgency import priority_label
from bot.events.services import record
from bot.invented import RANGE
from bot.settings import settings
from bot.texts import say

OWNED_TIMES = 3  # as long may wait what an adviser has: they may be on the telephone with the member
MOST_LINES = 20  # of one alert


@dataclass(frozen=True)
class Way:
    """One way to staff; `send` takes a subject and a text, and raises whatever goes wrong."""

    name: str
    is_set_up: Callable[[], bool]
    send: Callable[[str, str], None]


def by_mail(subject: str, text: str) -> None:
    """Send an e-mail to CYBERCARE_ALERT_TO.

    Raises:
        OSError: the mail server does not take it (smtplib's errors are among them).
    """
    EmailMessage(
        subject=subject,
        body=f"{text}\n",
        from_email=settings().mail_from,
        to=settings().alert_to,
        headers={"Auto-Submitted": "auto-generated", "X-Priority": "1"},  # RFC 3834: no out-of-office answers
    ).send(using="default")


_ways = {"email": Way("email", lambda: bool(settings().alert_to), by_mail)}


def register(way: Way) -> None:
    """Let a higher layer tell staff in another way."""
    _ways[way.name] = way


def send(way: str, subject: str, text: str) -> None:
    """Send an alert one way, if that is still set up."""
    if way in _ways and _ways[way].is_set_up():
        _ways[way].send(subject, text)


def try_out() -> dict[str, str]:
    """Send a test one each way that is set up; return by way what went wrong (empty: nothing)."""
    done = {}
    for way in filter(lambda each: each.is_set_up(), _ways.values()):
        try:
            way.send(say("alert_test"), say("alert_test_text", link=_address("desk:home")))
            done[way.name] = ""
        except Exception as error:  # an edge: the operator reads what a mail server or Telegram says
            done[way.name] = f"{type(error).__name__}: {error}"
    return done


def look() -> int:
    """Tell staff of all that waits too long now; return of how many conversations."""
    from bot.conversations.tasks import send_alert  # it imports this module

    ways = [way.name for way in _ways.values() if way.is_set_up()]
    if not ways:
        return 0
    now = timezone.now()
    with transaction.atomic():
        due = [each for each in _waiting_too_long(now) if _is_to_be_told(each, now)]
        if due:
            subject, text = _words(due, now)
            for way in ways:
                send_alert.defer(way=way, subject=subject, text=text)
                record("staff_alerted", channel=way, count=len(due))
    return len(due)


def _waiting_too_long(now: datetime) -> list[Conversation]:
    """Return them locked, the gravest first; out of hours lives in danger only. What is in use is for next time.

    Nobody is called for the demo's conversations.
    """
    told = settings().alert_minutes if hours.is_open(now) else settings().alert_minutes[:1]
    wanted = Q(pk=None)
    for priority, minutes in enumerate(told):
        patience = timedelta(minutes=minutes)
        unowned = Q(owner=Owner.WAITING, waiting_since__lte=now - patience)
        owned = Q(owner=Owner.AGENT, waiting_since__lte=now - OWNED_TIMES * patience)
        wanted |= Q(priority=priority) & (unowned | owned)
    found = (
        Conversation.objects.select_for_update(skip_locked=True, no_key=True).filter(wanted).exclude(pk__range=RANGE)
    )
    return list(found.order_by("priority", "waiting_since"))


def _is_to_be_told(conversation: Conversation, now: datetime) -> bool:
    """Tell whether this waiting is new or graver, or was told long enough and not too often before; note it."""
    alert, is_new = Alert.objects.get_or_create(
        conversation=conversation,
        waiting_since=conversation.waiting_since or now,
        defaults={"priority": conversation.priority, "last_at": now, "times": 1},
    )
    if is_new:
        return True
    is_graver = conversation.priority < alert.priority
    is_long_ago = now - alert.last_at >= timedelta(minutes=settings().alert_repeat_minutes)
    if not is_graver and not (is_long_ago and alert.times <= settings().alert_repeats):
        return False
    alert.priority, alert.last_at = conversation.priority, now
    alert.times = 1 if is_graver else alert.times + 1
    alert.save()
    return True


def _words(due: list[Conversation], now: datetime) -> tuple[str, str]:
    """Return subject and text: for each its gravity, its kind, since when it waits, and where to find it."""
    lines = [_line(each, now) for each in due[:MOST_LINES]]
    if len(due) > MOST_LINES:
        lines.append(say("alert_more", count=len(due) - MOST_LINES))
    gravest = priority_label(due[0].priority)
    subject = say("alert_one", gravest=gravest) if len(due) == 1 else say("alert_many", gravest=gravest, count=len(due))
    return subject, "\n\n".join([f"{subject}.", *lines])


def _line(conversation: Conversation, now: datetime) -> str:
    since = conversation.waiting_since or now
    return say(
        "alert_line",
        gravity=priority_label(conversation.priority),
        kind=catalogue().incident_label(conversation.family, conversation.subtype) or say("alert_unclear"),
        minutes=int((now - since).total_seconds() // 60),
        link=_address("desk:talk", conversation.pk),
    )


def _address(name: str, *args: object) -> str:
    return settings().address + reverse(name, args=args)
