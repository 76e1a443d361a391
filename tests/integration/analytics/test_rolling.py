"""Counting on a real PostgreSQL: once, in any order of commits, late, on days that have 23 or 25 hours."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from bot.analytics import rolling
from bot.analytics.models import Daily, Fact, Hourly, Mark, OpenClaim, Subject
from bot.events.models import Event
from tests.web_server import database_url

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def happen(
    name: str, conversation: UUID | None = None, at: datetime = NOON, claim: UUID | None = None, **told: Any
) -> None:
    Event.objects.create(at=at, name=name, conversation=conversation, claim=claim, properties=told)


def settle() -> int:
    """Count all there is: the mark is made to have rested."""
    counted = rolling.roll_up()
    Mark.objects.update(seen_at=timezone.now() - rolling.REST)
    return counted + rolling.roll_up()


def daily(measure: str, **where: Any) -> int:
    return sum(Daily.objects.filter(measure=measure, **where).values_list("count", flat=True))


@contextmanager
def other_transaction() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database_url()) as other:
        yield other


def insert(other: psycopg.Connection[Any]) -> None:
    row = "INSERT INTO events_event (at, name, properties, conversation) VALUES (%s, 'message_received', '{}', %s)"
    other.execute(row, [NOON, uuid4()])


def test_events_are_counted_once_however_often_it_runs():
    for _ in range(3):
        happen("message_received", uuid4())
    assert [settle(), settle()] == [3, 0]
    assert daily("message") == 3


def test_an_event_whose_transaction_ends_late_is_not_lost():
    with other_transaction() as other:
        insert(other)  # its number is given out, but not committed
        happen("message_received", uuid4())
        assert settle() == 0  # nothing is certain yet
        other.commit()
    assert settle() + settle() == 2
    assert daily("message") == 2


def test_an_event_whose_transaction_is_taken_back_holds_nothing_up():
    with other_transaction() as other:
        insert(other)
        happen("message_received", uuid4())
        other.rollback()
    assert settle() == 1


def test_a_mark_must_rest_before_it_is_counted_up_to():
    happen("message_received", uuid4())
    assert [rolling.roll_up(), rolling.roll_up()] == [0, 0]


def test_an_event_that_arrives_late_is_counted_on_its_own_day():
    happen("message_received", uuid4(), at=NOON)
    settle()
    happen("message_received", uuid4(), at=NOON - timedelta(days=40))
    settle()
    assert daily("message", day=date(2026, 10, 14)) == 1


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 2), 24)])
def test_a_day_in_brussels_has_the_hours_that_it_has(day, hours):
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=6)
    for half_hour in range(72):
        happen("message_received", uuid4(), at=start + timedelta(minutes=30 * half_hour))
    settle()
    assert daily("message", day=day) == 2 * hours
    brussels = "SELECT count(*) FROM analytics_hourly WHERE (hour AT TIME ZONE 'Europe/Brussels')::date = %s"
    with connection.cursor() as cursor:
        cursor.execute(brussels, [day])
        assert cursor.fetchone()[0] == hours


def test_a_rebuild_gives_the_same_counts():
    _a_whole_story()
    settle()
    before = _everything()
    assert rolling.rebuild() == Event.objects.count()
    assert _everything() == before
    assert daily("claim") == 1


def test_batches_change_nothing(monkeypatch):
    _a_whole_story()
    settle()
    before = _everything()
    monkeypatch.setattr(rolling, "BATCH", 3)
    rolling.rebuild()
    assert _everything() == before


def test_a_forgotten_member_leaves_counts_and_no_trace():
    conversation = _a_whole_story()
    settle()
    happen("conversation_erased", conversation)
    settle()
    assert (daily("report"), daily("claim")) == (1, 1)
    assert not Fact.objects.filter(conversation=conversation).exists()
    assert not Fact.objects.exclude(claim=None).exists()
    assert Subject.objects.get(pk=conversation).memory["subtype"] == ""
    rolling.rebuild()
    assert (daily("report"), Fact.objects.exclude(conversation=None).count()) == (1, 0)


def test_a_corrected_report_is_one_fact_under_its_right_kind():
    conversation = uuid4()
    happen("incident_understood", conversation, family="fraud", subtype="fake_shop")
    settle()
    happen("incident_corrected", conversation, at=NOON + timedelta(days=1), family="insults", subtype="threats")
    settle()
    assert daily("report", subtype="fake_shop") == 0
    assert daily("report", subtype="threats", day=NOON.date()) == 1
    assert [fact.subtype for fact in Fact.objects.filter(measure="report")] == ["threats"]


def test_open_claims_are_kept_until_they_are_closed():
    conversation, claim = uuid4(), uuid4()
    happen("conversation_started", conversation, channel="web")
    happen("claim_opened", conversation, claim=claim, family="fraud", subtype="fake_shop")
    happen("incident_understood", conversation, family="insults", subtype="threats")
    settle()
    assert OpenClaim.objects.get(pk=claim).subtype == "fake_shop"
    closed_at = NOON + timedelta(days=2)
    happen("state_changed", conversation, closed_at, claim, before="open", state="closed")
    settle()
    assert not OpenClaim.objects.exists()
    closed = Fact.objects.get(measure="claim_closed")
    assert (closed.family, closed.channel) == ("fraud", "web")
    assert Daily.objects.get(measure="claim_age").total == 2 * 86_400


def _a_whole_story() -> UUID:
    conversation, claim = uuid4(), uuid4()
    happen("conversation_started", conversation, channel="web")
    happen("message_received", conversation)
    happen("message_answered", conversation, safety="fresh_money", seconds=0.5, intent="report_fraud", confidence=0.9)
    happen("incident_understood", conversation, family="fraud", subtype="fake_shop", confidence=0.9)
    happen("question_asked", conversation, field="amount_cents")
    happen("question_answered", conversation, field="amount_cents", known=True)
    happen("recap_shown", conversation)
    told = {"family": "fraud", "subtype": "fake_shop", "amount_cents": 12_500, "victim": "self"}
    happen("claim_opened", conversation, NOON + timedelta(minutes=4), claim, **told)
    happen("moved_to_waiting", conversation, before="bot", reason="asked")
    return conversation


def _everything() -> list[list[tuple[Any, ...]]]:
    plain = [sorted(model.objects.values_list(*_names(model))) for model in (Daily, Hourly)]
    facts = Fact.objects.order_by("measure", "at", "key").values_list("measure", "at", "key", "value", "conversation")
    return [
        *plain,
        list(facts),
        list(Subject.objects.values_list("pk", "memory")),
        list(OpenClaim.objects.values_list()),
    ]


def _names(model: type[Daily] | type[Hourly]) -> list[str]:
    return [field.name for field in model._meta.fields if field.name != "pk"]
