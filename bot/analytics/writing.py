"""Collects what one batch of events counts for, and adds it to the tables."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from bot.analytics.buckets import bucket_of
from bot.analytics.counting import Count, Dims, Happened
from bot.analytics.models import Fact

BRUSSELS = ZoneInfo("Europe/Brussels")
#: Measures whose single cases lead to their conversations.
TRACED = frozenset(
    {
        *("report", "claim", "recap", "cancelled", "declined", "resumed", "claim_closed"),
        *("handed_off", "waiting", "first_reply", "handling", "reopened", "gave_up_waiting", "satisfaction"),
        *("not_understood", "out_of_scope", "corrected"),
    }
)
#: Measures that are shown by hour.
BY_HOUR = frozenset(["started", "message", "report", "claim", "handed_off", "waiting"])
#: Measures whose busy hours of the week are shown, whatever the period.
BY_HOUR_OF_WEEK = frozenset({"report", "handed_off"})
#: Tables of counts: their column of time and its type.
TABLES = {
    "daily": ("day", "date"),
    "monthly": ("month", "date"),
    "broaddaily": ("day", "date"),
    "broadmonthly": ("month", "date"),
    "hourly": ("hour", "timestamptz"),
}
COLUMNS = ("measure", "key", "bucket", "channel", "family", "subtype", "safety")

Cell = tuple[str, str, int, Dims]  # measure, key, bucket
Sums = defaultdict[tuple[date | datetime, Cell], list[float]]  # of each: count, total


class Batch:
    """Sums by day and hour, and the single facts."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._sums: dict[str, Sums] = {table: defaultdict(lambda: [0, 0.0]) for table in TABLES}
        self._facts: list[Fact] = []

    def add(self, each: Count, event: Happened) -> None:
        """Add one count."""
        local = each.at.astimezone(BRUSSELS)
        self._add_day(local.date(), (each.measure, each.key, bucket_of(each.value) if each.bucketed else 0), each)
        if each.measure in BY_HOUR:
            hour = each.at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
            _sum(self._sums["hourly"][hour, (each.measure, each.key, 0, each.dims)], each)
        if each.measure in BY_HOUR_OF_WEEK:
            self._add_day(local.date(), (f"{each.measure}_hour", f"{local.weekday()}-{local.hour}", 0), each)
        if each.measure in TRACED:
            self._trace(each, event)

    def _add_day(self, day: date, cell: tuple[str, str, int], each: Count) -> None:
        month, broad = day.replace(day=1), Dims(family=each.dims.family)
        for dims, tables in ((each.dims, ("daily", "monthly")), (broad, ("broaddaily", "broadmonthly"))):
            for table, moment in zip(tables, (day, month), strict=True):
                _sum(self._sums[table][moment, (*cell, dims)], each)

    def forget(self, conversation: UUID) -> None:
        """Cut the facts of a conversation from it, those already stored too."""
        for fact in self._facts:
            if fact.conversation == conversation:
                fact.conversation = fact.claim = None
        Fact.objects.filter(conversation=conversation).update(conversation=None, claim=None)

    def store(self) -> None:
        """Write everything, in the caller's transaction."""
        for table, (when, kind) in TABLES.items():
            _upsert(f"analytics_{table}", when, kind, self._sums[table])
        Fact.objects.bulk_create(self._facts, batch_size=2_000)

    def _trace(self, each: Count, event: Happened) -> None:
        if each.sign < 0:
            self._untrace(each, event)
            return
        dims = vars(each.dims)
        self._facts.append(
            Fact(
                at=each.at,
                measure=each.measure,
                key=each.key,
                value=each.value,
                began=each.began,
                conversation=event.conversation,
                claim=event.claim,
                **dims,
            )  # fmt: skip
        )

    def _untrace(self, each: Count, event: Happened) -> None:
        """Remove the fact that is taken back, whether it was stored before or is of this batch."""
        same = [
            f for f in self._facts if (f.measure, f.at, f.conversation) == (each.measure, each.at, event.conversation)
        ]
        if same:
            self._facts.remove(same[-1])
        else:
            Fact.objects.filter(measure=each.measure, at=each.at, conversation=event.conversation).delete()


def _sum(sums: list[float], each: Count) -> None:
    sums[0] += each.sign
    sums[1] += each.sign * each.value


def _upsert(table: str, when: str, kind: str, sums: Mapping[tuple[date | datetime, Cell], list[float]]) -> None:
    """Add the sums to the table's rows; in one order, so that two writers could not wait for each other."""
    rows = sorted(
        (moment, measure, key, bucket, *vars(dims).values(), *numbers)
        for (moment, (measure, key, bucket, dims)), numbers in sums.items()
        if any(numbers)
    )
    if not rows:
        return
    names = (when, *COLUMNS, "count", "total")
    kinds = (kind, "text", "text", "int", "text", "text", "text", "text", "bigint", "float8")
    unnested = ", ".join(f"%s::{kind_}[]" for kind_ in kinds)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT * FROM unnest({unnested})"  # noqa: S608 (our own names)
            f" ON CONFLICT ({', '.join(('measure', when, *COLUMNS[1:]))}) DO UPDATE"
            f" SET count = {table}.count + excluded.count, total = {table}.total + excluded.total",
            [list(column) for column in zip(*rows, strict=True)],
        )
