"""Jobs of the desk; each is safe to repeat."""

from procrastinate.contrib.django import app

from bot.desk import forgetting

EVERY_NIGHT = "41 3 * * *"  # UTC


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="forget_what_is_over", queue="analytics", queueing_lock="forget_what_is_over")
def forget_what_is_over(timestamp: int) -> None:  # noqa: ARG001 (of the tick, by procrastinate)
    """Delete sessions, codes and marks of the desk that serve nobody any more."""
    forgetting.forget_what_is_over()
