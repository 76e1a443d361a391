"""`GET /metrics` for Prometheus: this process, the queues, the business; to this machine or with the token only."""

import hmac
from collections.abc import Iterable

from django.db import connection
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import GC_COLLECTOR, PLATFORM_COLLECTOR, PROCESS_COLLECTOR, CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from bot.analytics.models import Daily, Mark, OpenClaim
from bot.conversations.models import Conversation
from bot.conversations.ownership import Owner
from bot.desk.access import public
from bot.events.models import Event
from bot.settings import settings

LOOPBACK = ("127.0.0.1", "::1")
COUNTED = (
    *("conversation_started", "message_received", "incident_understood", "claim_opened", "moved_to_waiting"),
    *("not_understood", "engine_failed", "answer_failed", "delivery_refused"),
)
#: Events only grow in number; counted from the first of the month, a reset that Prometheus understands.
EVENTS = """
SELECT name, count(*) FROM events_event
WHERE name = ANY(%s) AND at >= date_trunc('month', now()) GROUP BY name
"""
TODAY = ("started", "report", "claim", "handed_off")  # measures


class Business(Collector):
    """Reads the database when it is asked."""

    def collect(self) -> Iterable[Metric]:
        """Yield what operators and supervisors alert on."""
        yield from _totals()
        yield from _today()
        waiting = Conversation.objects.filter(owner=Owner.WAITING)
        oldest = waiting.exclude(waiting_since=None).order_by("waiting_since").values_list("waiting_since", flat=True)
        since = oldest.first()
        now = timezone.now()
        yield _gauge("cybercare_waiting_conversations", "Members waiting for a human.", waiting.count())
        longest = (now - since).total_seconds() if since else 0
        yield _gauge("cybercare_waiting_longest_seconds", "How long the first of them waits.", longest)
        yield _gauge("cybercare_open_claims", "Claims that are not closed.", OpenClaim.objects.count())
        yield from _queue()
        yield _gauge("cybercare_analytics_lag_events", "Events that are not counted yet.", _lag())


@require_safe
@public
def metrics(request: HttpRequest) -> HttpResponse:
    """Give all metrics in Prometheus' text format."""
    if not _may_read(request):
        return HttpResponseForbidden("loopback or CYBERCARE_METRICS_TOKEN")
    own = CollectorRegistry()
    own.register(Business())
    shared = (PROCESS_COLLECTOR, PLATFORM_COLLECTOR, GC_COLLECTOR)
    for collector in shared:
        own.register(collector)
    return HttpResponse(generate_latest(own), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _may_read(request: HttpRequest) -> bool:
    """Let in who has the token; without a token set, this machine, unless a proxy speaks for somebody else."""
    token = settings().metrics_token.get_secret_value()
    if token:
        return hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not forwarded


def _totals() -> Iterable[Metric]:
    metric = CounterMetricFamily("cybercare_events", "Events since the first of the month, by name.", labels=["name"])
    with connection.cursor() as cursor:
        cursor.execute(EVENTS, [list(COUNTED)])
        counts = dict(cursor.fetchall())
    for name in COUNTED:
        metric.add_metric([name], counts.get(name, 0))
    yield metric


def _today() -> Iterable[Metric]:
    labels = ["measure", "channel", "family"]
    metric = GaugeMetricFamily("cybercare_today", "Counted today in Brussels (docs/metrics.md).", labels=labels)
    rows = Daily.objects.filter(measure__in=TODAY, day=timezone.localdate()).values_list(*labels)
    for *values, count in rows.annotate(Sum("count")):
        metric.add_metric(values, count)
    yield metric


def _queue() -> Iterable[Metric]:
    metric = GaugeMetricFamily("cybercare_jobs", "Jobs that wait or failed, by queue.", labels=["queue", "status"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs"
            " WHERE status IN ('todo', 'failed') AND (scheduled_at IS NULL OR scheduled_at <= now()) GROUP BY 1, 2"
        )
        for queue, status, count in cursor.fetchall():
            metric.add_metric([queue, status], count)
    yield metric


def _lag() -> int:
    done = Mark.objects.filter(pk=1).values_list("done", flat=True).first() or 0
    return max(0, (Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) - done)


def _gauge(name: str, help_: str, value: float) -> Metric:
    return GaugeMetricFamily(name, help_, value=value)
