"""Jobs of waves; each is safe to repeat."""

from procrastinate.contrib.django import app

from bot.waves import finding
from bot.waves.models import Report


@app.task(name="look_for_wave", queue="analytics")
def look_for_wave(report_id: int) -> None:
    """Look whether a new report belongs to a wave, or makes one."""
    report = Report.objects.filter(pk=report_id).first()
    if report:
        finding.look(report)


@app.periodic(cron="17 4 * * *")
@app.task(name="forget_old_reports", queue="analytics")
def forget_old_reports(timestamp: int) -> None:  # noqa: ARG001 (of the tick, by procrastinate)
    """Forget the reports that no wave needs any more."""
    from bot.waves.services import forget_old  # it defers the job above

    forget_old()
