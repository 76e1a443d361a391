"""`python -m bench.analytics`: 2,000,000 events and 200,000 claims in a PostgreSQL of its own; times every view.

It fills, counts everything (`rebuild`), then asks for each board six times with several choices of filters, through
Django but without the network, and prints the slowest and the median in milliseconds.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import click

from bot.settings import ROOT

LIMIT = 200  # milliseconds
ROUNDS = 6
DAYS = 730


@click.command()
@click.option("--events", default=2_000_000, show_default=True)
@click.option("--claims", default=200_000, show_default=True)
def main(events: int, claims: int) -> None:
    """Fill, count, time; exit with 1 if a view takes longer than 200 ms."""
    folder = Path(tempfile.mkdtemp(prefix="cybercare-bench-"))
    folder.chmod(0o755)  # PostgreSQL may run as another user
    from bot.runtime.database import start_embedded, stop_embedded

    os.environ.update(DATABASE_URL=start_embedded(folder), DJANGO_SETTINGS_MODULE="bot.django_config")
    try:
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v", "0"], cwd=ROOT, check=True)
        sys.exit(1 if _measure(events, claims) > LIMIT else 0)
    finally:
        from bot.runtime.leaving import close_pool

        close_pool()
        stop_embedded(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _measure(events: int, claims: int) -> float:
    import django

    django.setup()
    from django.db import connection

    from bench.analytics_data import Maker, fill, now
    from bot.analytics import rolling
    from bot.analytics.models import BroadDaily, BroadMonthly, Daily, Fact, Hourly, Mark, Monthly, OpenClaim

    made, seconds = timed(lambda: fill(Maker(now(), DAYS, lean=True), events=events, claims=claims))
    click.echo(f"{made[0]:,} events and {made[1]:,} claims written in {seconds:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sequence_last_value(pg_get_serial_sequence('events_event', 'id'))")
        last = cursor.fetchone()[0]
    Mark.objects.create(pk=1, done=last, goal=last)
    done, seconds = timed(rolling.rebuild)
    click.echo(f"{done:,} events counted in {seconds:.0f} s ({done / seconds:,.0f}/s)")
    sizes = {
        model.__name__: model.objects.count()
        for model in (Daily, Monthly, BroadDaily, BroadMonthly, Hourly, Fact, OpenClaim)
    }
    click.echo(", ".join(f"{name}: {count:,}" for name, count in sizes.items()))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return _time_views()


def _time_views() -> float:
    from django.utils import timezone

    from bot.analytics.boards import BOARDS
    from bot.analytics.filters import Filters
    from bot.analytics.todays import strip
    from bot.analytics.tracing import cases_of

    today = timezone.localdate()
    choices = {
        "30 days": Filters(today - timedelta(days=29), today),
        "30 days, one kind": Filters(today - timedelta(days=29), today, "web", "fraud", "fake_shop"),
        "12 months": Filters(today - timedelta(days=364), today),
        "12 months, one channel": Filters(today - timedelta(days=364), today, channel="web"),
        "12 months, one level": Filters(today - timedelta(days=364), today, safety="fresh_money"),
        "2 years": Filters(today - timedelta(days=DAYS), today),
    }
    slowest = 0.0
    for name, build in BOARDS.items():
        for choice, filters in choices.items():
            slowest = max(slowest, _report(f"{name}, {choice}", lambda b=build, f=filters: b(f)))  # type: ignore[misc]
    whole = choices["2 years"]
    slowest = max(slowest, _report("cases of reports, 2 years", lambda: cases_of(whole, "report", None)))
    rare = Filters(whole.first, today, "telegram", "insults", "doxxing", "life")
    slowest = max(slowest, _report("cases of a rare kind, 2 years", lambda: cases_of(rare, "claim", None)))
    return max(slowest, _report("today", strip))


def _report(name: str, view: Callable[[], object]) -> float:
    times = [1_000 * timed(view)[1] for _ in range(ROUNDS)]
    click.echo(f"{name:40} median {statistics.median(times):6.0f} ms   slowest {max(times):6.0f} ms")
    return statistics.median(times)


def timed[Result](work: Callable[[], Result]) -> tuple[Result, float]:
    """Return what the work gave, and how many seconds it took."""
    begin = time.perf_counter()
    return work(), time.perf_counter() - begin


if __name__ == "__main__":
    main()
