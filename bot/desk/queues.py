"""The desk's lists: which conversations, in which order, page by page without counting what lies before."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from bot.claims.models import Claim
from bot.conversations.models import Author, Conversation
from bot.conversations.ownership import Owner
from bot.desk.models import Adviser, Tagging
from bot.desk.search import matching

PAGE = 30  # rows
LIVE = timedelta(hours=24)  # since the last message of a conversation that the bot leads
ZONE = ZoneInfo("Europe/Brussels")
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
CURSOR = re.compile(r"(?:\d_)?\d{1,12}\.\d{6}_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: Queues in which the gravest and longest waiting come first; in the others, the latest.
RANKED = ("waiting", "mine", "open")
QUEUES = {
    "waiting": "En attente",
    "mine": "À moi",
    "open": "Ouvertes",
    "bot": "Assistant",
    "closed": "Terminées",
    "all": "Toutes",
}
#: A join of what has no foreign key; as Django's subqueries it takes thirty times as long.
UNREAD = """
SELECT talk.adviser, count(*)
FROM conversations_conversation talk
LEFT JOIN desk_reading read ON read.conversation = talk.id AND read.adviser_id = talk.adviser
WHERE talk.owner = %s AND talk.last_number > coalesce(read.number, 0) AND EXISTS (
    SELECT FROM conversations_message message
    WHERE message.conversation_id = talk.id AND message.author = %s AND message.number > coalesce(read.number, 0)
)
GROUP BY talk.adviser
"""


@dataclass(frozen=True)
class Wanted:
    """What an adviser asked to see; blank values do not filter."""

    queue: str = "waiting"
    words: str = ""
    family: str = ""
    subtype: str = ""
    channel: str = ""
    state: str = ""
    team: str = ""
    tag: str = ""  # a key of `Tag`
    since: date | None = None
    until: date | None = None

    @property
    def is_ranked(self) -> bool:
        """Tell whether the gravest come first; what is searched for comes latest first."""
        return self.queue in RANKED and not self.words

    @property
    def is_filtered(self) -> bool:
        """Tell whether the list shows less than its queue."""
        return self != Wanted(self.queue)


@dataclass(frozen=True)
class Page:
    """Some conversations in order, and where the next ones begin ("" at the end)."""

    conversations: list[Conversation]
    next: str


@dataclass(frozen=True)
class Counters:
    """How many wait, are open, are live with the bot; how many each adviser has, and has not read."""

    waiting: int
    open: int
    bot: int
    grave: int  # of those who wait, with a life in danger
    mine: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)


def listed(who: Adviser, wanted: Wanted, after: str = "") -> Page:
    """Return one page of what is wanted, after the cursor of the page before."""
    found = _filtered(_of_queue(who, wanted), wanted)
    found = _ranked(found, after) if wanted.is_ranked else _recent(found, after)
    rows = list(found[: PAGE + 1])
    more = _cursor(rows[PAGE - 1], wanted) if len(rows) > PAGE else ""
    return Page(rows[:PAGE], more)


def counters() -> Counters:
    """Count all queues, for everybody at once."""
    live = timezone.now() - LIVE
    is_grave = Count("pk", filter=Q(priority=0))
    waiting = Conversation.objects.filter(owner=Owner.WAITING).aggregate(all=Count("pk"), grave=is_grave)
    agents = Conversation.objects.filter(owner=Owner.AGENT).values_list("adviser").annotate(Count("pk"))
    mine = {str(adviser): count for adviser, count in agents}
    return Counters(
        waiting=waiting["all"],
        open=waiting["all"] + sum(mine.values()),
        bot=Conversation.objects.filter(owner=Owner.BOT, last_message_at__gt=live).count(),
        grave=waiting["grave"],
        mine=mine,
        unread=_unread(),
    )


def _unread() -> dict[str, int]:
    """Count, for each adviser, their conversations with something of the member's that they have not read."""
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, [Owner.AGENT, Author.MEMBER])
        return {str(adviser): count for adviser, count in cursor.fetchall()}


def _of_queue(who: Adviser, wanted: Wanted) -> QuerySet[Conversation]:
    every = Conversation.objects.all()
    match wanted.queue:
        case "waiting":
            return every.filter(owner=Owner.WAITING)
        case "mine":
            return every.filter(owner=Owner.AGENT, adviser=who.pk)
        case "open":
            return every.filter(owner__in=[Owner.WAITING, Owner.AGENT])
        case "bot":
            return every.filter(owner=Owner.BOT, last_message_at__gt=timezone.now() - LIVE)
        case "closed":
            return every.filter(owner=Owner.CLOSED)
    return every.filter(last_message_at__isnull=False)


def _filtered(found: QuerySet[Conversation], wanted: Wanted) -> QuerySet[Conversation]:
    exact = {"family": wanted.family, "subtype": wanted.subtype, "channel": wanted.channel, "team": wanted.team}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if wanted.state:
        found = found.filter(Exists(Claim.objects.filter(conversation=OuterRef("pk"), state=wanted.state)))
    if wanted.tag:
        tagged = Tagging.objects.filter(conversation=OuterRef("pk"), tag=int(wanted.tag))
        found = found.filter(Exists(tagged))
    if wanted.since:
        found = found.filter(last_message_at__gte=datetime.combine(wanted.since, time.min, ZONE))
    if wanted.until:
        found = found.filter(last_message_at__lt=datetime.combine(wanted.until + timedelta(days=1), time.min, ZONE))
    return found.filter(matching(wanted.words)) if wanted.words else found


def _ranked(found: QuerySet[Conversation], after: str) -> QuerySet[Conversation]:
    found = found.annotate(rank_at=Coalesce(F("waiting_since"), Value(NEVER)))
    if place := _read_cursor(after, parts=3):
        priority, at, key = int(place[0]), _moment(place[1]), place[2]
        same = Q(priority=priority)
        found = found.filter(Q(priority__gt=priority) | same & Q(rank_at__gt=at) | same & Q(rank_at=at, pk__gt=key))
    return found.order_by("priority", "rank_at", "pk")


def _recent(found: QuerySet[Conversation], after: str) -> QuerySet[Conversation]:
    if place := _read_cursor(after, parts=2):
        at, key = _moment(place[0]), place[1]
        found = found.filter(last_message_at__lte=at).exclude(last_message_at=at, pk__gte=key)
    return found.order_by("-last_message_at", "-pk")


def _cursor(last: Any, wanted: Wanted) -> str:
    if wanted.is_ranked:
        return f"{last.priority}_{last.rank_at.timestamp():.6f}_{last.pk}"
    return f"{last.last_message_at.timestamp():.6f}_{last.pk}"


def _read_cursor(text: str, parts: int) -> list[str] | None:
    """Return the parts of a cursor; None when there is none, or it is not one of ours."""
    place = text.split("_") if CURSOR.fullmatch(text) else []
    return place if len(place) == parts else None


def _moment(text: str) -> datetime:
    return datetime.fromtimestamp(float(text), UTC)
