"""Jobs of the queue; those of one conversation run one after another (their lock is its id)."""

from functools import cache

import structlog
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from bot.conversations import alerts, overhearing, sweeping
from bot.conversations.answering import answer, give_up
from bot.engine import Engine

QUEUE = "answers"  # has places of its own in the worker: nothing slow may keep a member waiting
ATTEMPTS = 4  # with pauses of 1, 2 and 3 seconds: a database that restarts is back by then
log = structlog.get_logger(__name__)


@cache
def engine() -> Engine:
    """Return this process's engine client, with its pooled connections."""
    return Engine()


@app.task(name="answer_message", queue=QUEUE, retry=RetryStrategy(wait=1, linear_wait=1), pass_context=True)
def answer_message(context: JobContext, message_id: int) -> None:
    """Answer one stored message; where that fails again and again, tell the member and call a human."""
    try:
        answer(message_id, engine())
    except Exception as error:  # an edge: a member never meets silence
        if context.job.attempts + 1 < ATTEMPTS:
            raise
        log.error("answer_given_up", message_id=message_id, exc_info=error)
        give_up(message_id)


@app.task(name="hear_danger", queue=QUEUE, retry=RetryStrategy(max_attempts=ATTEMPTS, wait=1, linear_wait=1))
def hear_danger(message_id: int) -> None:
    """Have the engine listen for a danger in a message that the bot does not answer."""
    overhearing.hear(message_id, engine())


@app.periodic(cron="* * * * *")
@app.task(name="look_for_alerts", queue="alerts", queueing_lock="look_for_alerts", lock="look_for_alerts")
def look_for_alerts(timestamp: int) -> None:  # noqa: ARG001 (of the tick, by procrastinate)
    """Tell staff of what is urgent and waits too long."""
    alerts.look()


@app.task(name="send_alert", queue="alerts", retry=RetryStrategy(max_attempts=6, exponential_wait=4))
def send_alert(way: str, subject: str, text: str) -> None:
    """Send one alert; a server that is away gets it again for about twenty minutes, then the next repeat does."""
    alerts.send(way, subject, text)


@app.periodic(cron="41 3 * * *")
@app.task(name="sweep_evidence", queue="evidence", lock="sweep_evidence")
def sweep_evidence(timestamp: int) -> None:  # noqa: ARG001 (of the tick, by procrastinate)
    """Take stored files away that no row names."""
    sweeping.sweep()
