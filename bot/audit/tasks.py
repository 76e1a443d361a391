"""Jobs of the audit; safe to repeat."""

from procrastinate.contrib.django import app

from bot.audit.services import forget_old


@app.periodic(cron="41 3 * * *")
@app.task(name="forget_old_audit", queue="analytics", queueing_lock="forget_old_audit")
def forget_old_audit(timestamp: int) -> None:  # noqa: ARG001 (of the tick, by procrastinate)
    """Let go of what is older than the audit is kept."""
    forget_old()
