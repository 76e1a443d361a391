"""Jobs of the queue; those of one conversation run one after another (their lock is its id)."""

from functools import cache

from procrastinate.contrib.django import app

from bot.conversations.answering import answer
from bot.engine import Engine


@cache
def engine() -> Engine:
    """Return this process's engine client, with its pooled connections."""
    return Engine()


@app.task(name="answer_message", queue="answers", retry=5)
def answer_message(message_id: int) -> None:
    """Answer one stored message."""
    answer(message_id, engine())
