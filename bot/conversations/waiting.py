"""What a waiting member may know: their place in the queue, an honest waiting time, or when somebody is there."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import quantiles

from babel.dates import format_datetime
from django.db.models import Q
from django.utils import timezone

from bot.conversations import hours
from bot.conversations.models import Conversation
from bot.conversations.ownership import Owner
from bot.events.models import Event
from bot.invented import RANGE, is_invented
from bot.texts import say

TAKEN = "member_taken_over"  # an event; its properties hold `seconds` waited and the `place` at the beginning
LOOK_BACK = timedelta(hours=3)
ENOUGH, MOST = 5, 30  # hand-overs to estimate from
ROUNDED_TO = 5  # minutes: more would pretend to know
CALL_BACK = "callback"  # a command


@dataclass(frozen=True)
class Standing:
    """How a waiting conversation stands; `place` counts from 1, `minutes` is None when nobody can know."""

    place: int
    minutes: int | None
    is_late: bool
    is_open: bool
    is_grave: bool  # a life is in danger: no word of places and minutes
    opens_at: datetime | None


def standing(conversation: Conversation) -> Standing:
    """Return how a waiting conversation stands now."""
    now = timezone.now()
    here = place(conversation)
    minutes = _minutes(here, now)
    waited = (now - (conversation.waiting_since or now)).total_seconds() / 60
    entry = _minutes(conversation.queue_place, now) if conversation.queue_place else minutes
    is_late = entry is not None and waited > entry
    is_open = hours.is_open(now)
    opens_at = None if is_open else hours.opens_next(now)
    return Standing(here, minutes, is_late, is_open, conversation.priority == 0, opens_at)


def place(conversation: Conversation) -> int:
    """Return the place in the queue, from 1: graver ones go first, then those who wait longer.

    Nobody real stands behind the demo's invented ones, who wait for ever.
    """
    since = conversation.waiting_since or timezone.now()
    before = Q(priority__lt=conversation.priority) | Q(priority=conversation.priority, waiting_since__lt=since)
    ahead = Conversation.objects.filter(before, owner=Owner.WAITING).exclude(pk=conversation.pk)
    if not is_invented(conversation.pk):
        ahead = ahead.exclude(pk__range=RANGE)
    return ahead.count() + 1


def told(standing_: Standing) -> tuple[str, list[dict[str, str]]]:
    """Return what the member reads, in the messages' markup, and the buttons under it."""
    if not standing_.is_open:
        return _closed(standing_.opens_at), [{"title": say("callback_button"), "payload": CALL_BACK}]
    if standing_.is_grave:
        return say("waiting_life"), []
    ahead = standing_.place - 1
    lines = [say("waiting_next") if ahead == 0 else say("waiting_ahead", count=ahead)]
    if standing_.is_late:
        lines.append(say("waiting_late"))
    elif standing_.minutes is None:
        lines.append(say("waiting_unknown"))
    else:
        lines.append(say("waiting_minutes", minutes=standing_.minutes))
    return "\n".join(lines), []


def shown(conversation: Conversation) -> str | None:
    """Return the one line that stays on the member's screen while they wait; None when they do not."""
    if conversation.owner != Owner.WAITING:
        return None
    now = standing(conversation)
    if not now.is_open:
        return say("waiting_closed_line", when=_when(now.opens_at))
    return told(now)[0].replace("\n", " ").replace("**", "")


def _minutes(at_place: int, now: datetime) -> int | None:
    """Return the minutes that somebody at this place waits: what three of four waited lately, place by place.

    Hand-overs of the demo tell nothing about the real desk.
    """
    lately = Event.objects.filter(name=TAKEN, at__gt=now - LOOK_BACK)
    events = lately.exclude(conversation__range=RANGE).order_by("-at")
    known = [row["seconds"] / max(1, row["place"]) for row in events.values_list("properties", flat=True)[:MOST]]
    if len(known) < ENOUGH:
        return None
    seconds: float = quantiles(known, n=4)[2] * at_place
    return max(ROUNDED_TO, math.ceil(seconds / 60 / ROUNDED_TO) * ROUNDED_TO)


def _closed(opens_at: datetime | None) -> str:
    return say("waiting_closed", when=_when(opens_at))


def _when(opens_at: datetime | None) -> str:
    if opens_at is None:
        return say("waiting_soon")
    return str(format_datetime(opens_at, "EEEE d MMMM 'à' HH 'h' mm", locale="fr_BE", tzinfo=hours.ZONE))
