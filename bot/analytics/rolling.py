"""Keeps the counts up to date: each event is counted exactly once, in batches, however late it arrives.

Numbers of events are given out before their transactions commit, so a lower one may appear after a higher one. Counting
therefore goes only up to a mark: the last number given out at some moment, once every transaction that was under way at
that moment has ended. Batch, counts and mark are stored in one transaction.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from bot.analytics.counting import Happened, Memory
from bot.analytics.folding import count
from bot.analytics.models import BroadDaily, BroadMonthly, Daily, Fact, Hourly, Mark, Monthly, OpenClaim, Subject
from bot.analytics.writing import Batch
from bot.events.models import Event

BATCH = 10_000  # events
#: A transaction takes an event's number some microseconds before it gets its own: the mark rests this long.
REST = timedelta(seconds=1)
ERASED = "conversation_erased"


def roll_up() -> int:
    """Count the events that are certain by now, then set the next mark; return how many were counted.

    Nothing is done while another process counts.
    """
    Mark.objects.bulk_create([Mark()], ignore_conflicts=True)
    counted = 0
    while True:
        with transaction.atomic():
            mark = Mark.objects.select_for_update(skip_locked=True).filter(pk=1).first()
            if mark is None:
                return counted
            done = _count_up_to(mark, mark.goal) if _is_certain(mark) else 0
            counted += done
            if done < BATCH:
                _look(mark)
                return counted


def rebuild(tell: Callable[[int], None] = lambda _done: None) -> int:
    """Make all counts anew, in one transaction: readers see the old ones until it ends. `tell` hears of progress."""
    with transaction.atomic():
        Mark.objects.bulk_create([Mark()], ignore_conflicts=True)
        mark = Mark.objects.select_for_update().get(pk=1)
        goal, counted = mark.done, 0
        for model in (Daily, Monthly, BroadDaily, BroadMonthly, Hourly, Fact, Subject, OpenClaim):
            with connection.cursor() as cursor:  # not TRUNCATE: readers would have to wait
                cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 (our own names)
        mark.done = 0
        while done := _count_up_to(mark, goal):
            counted += done
            tell(counted)
    return counted


def _is_certain(mark: Mark) -> bool:
    """Tell whether every transaction that could have written up to the mark's goal has ended."""
    if mark.seen_at is None or timezone.now() - mark.seen_at < REST:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0]) >= mark.horizon


def _look(mark: Mark) -> None:
    """Note the last number given out now, and the first transaction that cannot have it."""
    if mark.goal > mark.done and mark.seen_at is not None and not _is_certain(mark):
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('events_event', 'id')), 0)")
        mark.goal = int(cursor.fetchone()[0])
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        mark.horizon = int(cursor.fetchone()[0])
    mark.seen_at = timezone.now()
    mark.save(update_fields=["goal", "horizon", "seen_at"])


def _count_up_to(mark: Mark, goal: int) -> int:
    """Count at most one batch of events after the mark and up to `goal`; return how many there were."""
    if mark.done >= goal:
        return 0
    rows = Event.objects.filter(pk__gt=mark.done, pk__lte=goal).order_by("pk")
    events = [
        Happened(*row) for row in rows.values_list("id", "at", "name", "conversation", "claim", "properties")[:BATCH]
    ]
    count_events(events)
    mark.done = events[-1].id if len(events) == BATCH else goal
    mark.updated_at = timezone.now()
    mark.save(update_fields=["done", "updated_at"])
    return len(events)


def count_events(events: list[Happened]) -> None:
    """Add what these events count for; the caller sees to it that none comes twice."""
    conversations = {event.conversation for event in events if event.conversation}
    memories = {row.conversation: Memory.of(row.memory) for row in Subject.objects.filter(pk__in=conversations)}
    claims = {event.claim for event in events if event.claim}
    open_claims = {row.claim: row for row in OpenClaim.objects.filter(pk__in=claims)}
    batch = Batch()
    for event in events:
        memory = memories.setdefault(event.conversation, Memory()) if event.conversation else Memory()
        if event.name == ERASED and event.conversation:
            memories[event.conversation] = Memory(channel=memory.channel)
            batch.forget(event.conversation)
            _forget(event.conversation, open_claims)
            continue
        of_claim = _of_claim(event, open_claims) if event.name == "state_changed" else None
        for each in count(event, of_claim or memory):
            batch.add(each, event)
        _note_claim(event, memory, open_claims)
    batch.store()
    _store_memories(memories)
    _store_claims(claims, open_claims)


def _forget(conversation: UUID, open_claims: dict[UUID, OpenClaim]) -> None:
    OpenClaim.objects.filter(conversation=conversation).update(conversation=None)
    for row in open_claims.values():
        if row.conversation == conversation:
            row.conversation = None


def _of_claim(event: Happened, open_claims: dict[UUID, OpenClaim]) -> Memory | None:
    """Return the dimensions of the event's claim: its conversation may speak of another incident by now."""
    row = open_claims.get(event.claim) if event.claim else None
    if row is None:
        return None
    opened = row.opened_at.isoformat()
    return Memory(row.channel, row.family, row.subtype, row.safety, reported_at=opened)


def _note_claim(event: Happened, memory: Memory, open_claims: dict[UUID, OpenClaim]) -> None:
    """Bring the list of open claims up to date; one that is reopened has its age counted from then on."""
    if event.name == "incident_corrected" and (row := open_claims.get(event.claim) if event.claim else None):
        row.family, row.subtype = str(event.properties["family"]), str(event.properties["subtype"])
    if event.claim is None or event.name not in ("claim_opened", "state_changed"):
        return
    state = str(event.properties.get("state", "open"))
    if state == "closed":
        open_claims.pop(event.claim, None)
        return
    dims = memory.dims
    new = OpenClaim(
        event.claim, event.conversation, event.at, state, dims.channel, dims.family, dims.subtype, dims.safety
    )
    open_claims.setdefault(event.claim, new).state = state


def _store_memories(memories: dict[UUID, Memory]) -> None:
    rows = [
        Subject(conversation, vars(memory), memory.pending, memory.asked_at or None)
        for conversation, memory in memories.items()
    ]
    Subject.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["conversation"], update_fields=["memory", "pending", "asked_at"]
    )


def _store_claims(seen: set[UUID], open_claims: dict[UUID, OpenClaim]) -> None:
    OpenClaim.objects.filter(pk__in=seen - open_claims.keys()).delete()
    OpenClaim.objects.bulk_create(
        open_claims.values(),
        update_conflicts=True,
        unique_fields=["claim"],
        update_fields=["state", "conversation", "family", "subtype"],
    )
