"""Jobs of analytics; each is safe to repeat."""

from datetime import UTC, datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bot.analytics import rolling
from bot.analytics.writing import BRUSSELS

EVERY_TEN_SECONDS = "* * * * * */10"  # the sixth column is seconds (croniter)
MONDAYS = "30 5,6 * * 1"  # UTC: one of both is half past seven in Brussels
HOUR = 7


@app.periodic(cron=EVERY_TEN_SECONDS)
@app.task(name="roll_up", queue="analytics", queueing_lock="roll_up", lock="roll_up")
def roll_up(timestamp: int) -> None:  # noqa: ARG001 (of the tick, by procrastinate)
    """Count what happened since the last time."""
    rolling.roll_up()


@app.periodic(cron=MONDAYS)
@app.task(
    name="send_weekly_report", queue="emails", lock="weekly", retry=RetryStrategy(max_attempts=8, exponential_wait=5)
)
def send_weekly_report(timestamp: int) -> None:
    """Send the report of last week, on Monday morning in Brussels."""
    from bot.analytics import weekly  # the pictures of once a week would keep 3 MB in three processes

    moment = datetime.fromtimestamp(timestamp, UTC).astimezone(BRUSSELS)
    if moment.hour == HOUR:
        weekly.send(weekly.week_before(moment.date()))
