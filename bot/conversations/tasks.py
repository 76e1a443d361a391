"""Jobs of the queue; those of one conversation run one after another (their lock is its id)."""

from functools import cache

import structlog
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

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
