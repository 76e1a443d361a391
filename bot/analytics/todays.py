"""Today so far, beside what is usual by this hour."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from bot.analytics import reading
from bot.analytics.filters import Filters
from bot.analytics.models import Mark
from bot.analytics.writing import BRUSSELS
from bot.conversations.models import Conversation
from bot.conversations.ownership import Owner

WEEKS = 4  # of the same weekday that "usual" is the mean of
NAMES = {"report": "Signalements", "claim": "Dossiers ouverts", "handed_off": "Passages à un conseiller"}


@dataclass(frozen=True)
class Now:
    """One number of today; `usual` is the mean of the last four same weekdays up to this hour, None if unknown."""

    name: str
    count: int
    usual: float | None

    @property
    def is_high(self) -> bool:
        """Tell whether it is clearly above the usual: half more, and three more."""
        return self.usual is not None and self.count >= max(1.5 * self.usual, self.usual + 3)


@dataclass(frozen=True)
class Strip:
    """Today's numbers, who waits now, the reports of each hour, and when this was counted."""

    numbers: list[Now]
    waiting: int
    hours: list[tuple[int, int, int]]  # hour, count, height in tenths
    counted_at: datetime | None


def strip() -> Strip:
    """Return today's strip."""
    now = timezone.now().astimezone(BRUSSELS)
    found = {back: _of_day(now - timedelta(days=7 * back)) for back in range(WEEKS + 1)}
    numbers = [_number(found, name) for name in NAMES]
    hours = _hours(now)
    mark = Mark.objects.filter(pk=1).first()
    waiting = Conversation.objects.filter(owner=Owner.WAITING).count()
    return Strip(numbers, waiting, hours, mark.updated_at if mark else None)


def _of_day(moment: datetime) -> dict[str, int]:
    """Return the counts of one day up to the same hour; an hour that has just begun counts as a part of itself."""
    day = Filters(moment.date(), moment.date())
    part = moment.minute / 60
    counts = {}
    for measure, hours in reading.by_hour(day, *NAMES).items():
        local = {hour.astimezone(BRUSSELS): count for hour, count in hours.items()}
        whole = sum(count for hour, count in local.items() if hour.hour < moment.hour)
        last = sum(count for hour, count in local.items() if hour.hour == moment.hour)
        counts[measure] = round(whole + last * (1 if moment.date() == timezone.localdate() else part), 1)
    return counts  # type: ignore[return-value]


def _number(found: dict[int, dict[str, int]], measure: str) -> Now:
    before = [found[back][measure] for back in range(1, WEEKS + 1)]
    return Now(NAMES[measure], int(found[0][measure]), sum(before) / WEEKS if any(before) else None)


def _hours(now: datetime) -> list[tuple[int, int, int]]:
    counts = dict.fromkeys(range(now.hour + 1), 0)
    for moment, count in reading.by_hour(Filters(now.date(), now.date()), "report")["report"].items():
        counts[moment.replace(tzinfo=UTC).astimezone(BRUSSELS).hour] += count
    largest = max(counts.values()) or 1
    return [(hour, count, round(20 * count / largest)) for hour, count in counts.items()]
