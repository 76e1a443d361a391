"""Jobs of learning; safe to repeat. Nothing here trains anything."""

from procrastinate.contrib.django import app

from bot.learning.finding import look


@app.periodic(cron="*/10 * * * *")
@app.task(name="look_for_examples", queue="analytics", queueing_lock="look_for_examples")
def look_for_examples(timestamp: int) -> None:  # noqa: ARG001 (of the tick, by procrastinate)
    """Propose what happened since the last time to the supervisors."""
    look()
