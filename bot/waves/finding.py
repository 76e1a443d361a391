"""Finds a wave when a report comes: alike reports within days, far more than the weeks before let expect."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from bot.invented import FIRST, LAST, RANGE, is_invented
from bot.waves.fields import literal
from bot.waves.models import Report, Wave
from bot.waves.traits import is_strong
from bot.waves.wording import likeness

WINDOW = timedelta(days=3)
BEFORE = timedelta(days=28)  # the usual is counted in these weeks before the window
KNOWN_ENOUGH = timedelta(days=7)  # of history; below, only a shared site, sender or number makes a wave
#: Cosine of the meaning and likeness of the words, added: from here on two reports tell the same. This and the next
#: numbers are measured in tests/nlu/test_waves.py.
ALIKE = 0.80
NEAR = 0.40  # cosine below which no words make two reports alike
FEWEST = 4  # conversations
CHANCE = 5e-5  # of so many alike reports, were everything as usual
MOST, SOME = 0.5, 0.2  # of the alike reports in a wave: this one joins it; those found in rounds make no second wave
ROUNDS, ENOUGH = 3, 2  # how often those alike to the alike ones are asked for too, and of how many reports
LASTS = timedelta(days=10)  # a wave goes on while alike reports come within this time

# One row per report that may be alike: its age tells window from usual. The demo's are alike to each other only.
NEIGHBOURS = """
SELECT id, conversation, at, wave_id, words, cosine, is_same FROM (
    SELECT id, conversation, at, wave_id, words, 1 - (vector <=> %(vector)s::vector) AS cosine,
        traits && %(strong)s::varchar[] AS is_same
    FROM waves_report WHERE at > %(since)s AND at <= %(until)s AND id <> %(id)s AND conversation <> %(conversation)s
        AND (conversation BETWEEN %(first)s AND %(last)s) = %(is_invented)s
) near
WHERE is_same OR cosine >= %(near)s
"""


@dataclass(frozen=True)
class Neighbour:
    """One report that is alike."""

    id: int
    conversation: UUID
    at: datetime
    wave: int | None


@dataclass(frozen=True)
class Burst:
    """Alike reports within the window that are too many to be chance; `usual` is how many would be usual."""

    reports: list[Neighbour]
    usual: float


def look(report: Report) -> Wave | None:
    """Join the report to the wave it belongs to, a new one where it makes the number full; None: it stands alone."""
    with transaction.atomic():
        with connection.cursor() as cursor:  # one report at a time: two must not found the same wave twice
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('waves'))")
        report.refresh_from_db()
        if report.wave:
            return report.wave
        near = _neighbours(report, report.at)
        if wave := _running(report, _recent(report, near)):
            return _join(wave, report)
        burst = _burst(report, near)
        if burst is None:
            return None
        wave = _running(report, burst.reports, SOME)
        return _join(wave, report) if wave else _found(report, burst)


def chance(count: int, usual: float) -> float:
    """Return the probability of `count` or more where `usual` are expected (Poisson)."""
    below = sum(math.exp(-usual + k * math.log(usual) - math.lgamma(k + 1)) for k in range(count)) if usual else 1.0
    return max(0.0, 1.0 - below)


def _burst(report: Report, near: list[Neighbour]) -> Burst | None:
    """Return the alike reports that are too many; where they are not, those alike to them are asked for, thrice."""
    if burst := _too_many(report, _recent(report, near), near):
        return burst
    found, asked = {each.id: each for each in near}, {report.pk}
    for _ in range(ROUNDS):
        cluster = _recent(report, found.values())
        if len(cluster) < ENOUGH:
            return None
        for each in Report.objects.filter(pk__in={each.id for each in cluster} - asked):
            asked.add(each.pk)
            found |= {
                other.id: other for other in _neighbours(each, report.at) if other.conversation != report.conversation
            }
        if burst := _too_many(report, cluster, list(found.values())):
            return burst
    return None


def _too_many(report: Report, recent: list[Neighbour], near: list[Neighbour]) -> Burst | None:
    usual = _usual(report, near)
    size = len({each.conversation for each in recent}) + 1
    if usual is None or size < FEWEST or chance(size, usual) >= CHANCE:
        return None
    return Burst(recent, usual)


def _recent(report: Report, near: Iterable[Neighbour]) -> list[Neighbour]:
    return [each for each in near if each.at > report.at - WINDOW]


def _neighbours(report: Report, until: datetime) -> list[Neighbour]:
    """Return the reports alike to this one that came in the weeks before a moment."""
    values: dict[str, Any] = {
        "id": report.pk,
        "vector": literal(report.vector),
        "strong": [trait for trait in report.traits if is_strong(trait)],
        "since": until - WINDOW - BEFORE,
        "until": until,
        "conversation": report.conversation,
        "is_invented": is_invented(report.conversation),
        "first": FIRST,
        "last": LAST,
        "near": NEAR,
    }
    with connection.cursor() as cursor:
        cursor.execute(NEIGHBOURS, values)
        return [
            Neighbour(*row)
            for *row, words, cosine, is_same in cursor.fetchall()
            if is_same or cosine + likeness(report.words, words) >= ALIKE
        ]


def _usual(report: Report, near: list[Neighbour]) -> float | None:
    """Return how many alike conversations the window would have as usual; None where too little is known."""
    invented = Q(conversation__range=RANGE)
    same_world = Report.objects.filter(invented if is_invented(report.conversation) else ~invented)
    first = same_world.order_by("at").values_list("at", flat=True).first() or report.at
    history = min(BEFORE, max(timedelta(), report.at - WINDOW - first))
    if history < KNOWN_ENOUGH:
        return 0.5 * (WINDOW / KNOWN_ENOUGH) if any(map(is_strong, report.traits)) else None
    before = len({each.conversation for each in near if each.at <= report.at - WINDOW})
    return (before + 0.5) * (WINDOW / history)  # half a report more: nothing is not never


def _running(report: Report, recent: list[Neighbour], share: float = MOST) -> Wave | None:
    """Return the wave of this share of the alike reports, if there is one and it goes on."""
    waves = Counter(each.wave for each in recent if each.wave)
    if not waves:
        return None
    wave, count = waves.most_common(1)[0]
    if count < share * len(recent):
        return None
    return Wave.objects.filter(pk=wave, last_seen__gt=report.at - LASTS).first()


def _join(wave: Wave, report: Report) -> Wave:
    is_new = not wave.reports.filter(conversation=report.conversation).exists()
    report.wave, wave.last_seen = wave, max(wave.last_seen, report.at)
    wave.size += is_new
    report.save(update_fields=["wave"])
    wave.save(update_fields=["last_seen", "size"])
    return wave


def _found(report: Report, burst: Burst) -> Wave:
    members = list(Report.objects.filter(pk__in=[each.id for each in burst.reports], wave=None)) + [report]
    family, subtype = Counter((each.family, each.subtype) for each in members).most_common(1)[0][0]
    traits = Counter(trait for each in members for trait in set(each.traits))
    wave = Wave.objects.create(
        family=family,
        subtype=subtype,
        first_seen=min(each.at for each in members),
        last_seen=report.at,
        size=len({each.conversation for each in members}),
        usual=burst.usual,
        vector=[sum(column) / len(members) for column in zip(*(each.vector for each in members), strict=True)],
        traits=[trait for trait, count in traits.most_common() if 2 * count > len(members)],
    )
    Report.objects.filter(pk__in=[each.pk for each in members]).update(wave=wave)
    report.wave = wave
    return wave
