"""The worker process: runs the queue's jobs, and takes up those that a killed worker left behind.

Answers have places of their own: downloads, deliveries and e-mails wait for each other, never members for them.
"""

import asyncio
import os
import signal
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.django_config")

import django
import uvloop
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.utils import connector_params

from bot import logs
from bot.runtime.leaving import close_pool
from bot.runtime.pooling import queue_pool
from bot.runtime.readiness import tell_ready
from bot.settings import settings

HEARTBEAT_SECONDS = 1.0
DEAD_AFTER_SECONDS = 5.0  # without a heartbeat; then its conversations go on
POLL_SECONDS = 1.0  # for jobs that are tried again at a set time; all others are announced
OTHER_JOBS = 4  # run at the same time beside the answers
SPARE_THREADS = 4  # for what else asks for a thread, such as looking up host names
STOP_SECONDS = 4.0  # what running jobs get when the worker is asked to stop

log = logs.logger("bot.runtime.worker")


def main() -> None:
    """Run until asked to stop (SIGTERM, SIGINT)."""
    logs.configure()
    django.setup()
    from bot.conversations.tasks import engine  # its models need Django's apps

    engine()  # made before several jobs ask for it at once
    try:
        asyncio.run(_work(), loop_factory=uvloop.new_event_loop)
    finally:
        close_pool()


async def _work() -> None:
    # Jobs run in asyncio's default threads, of which there would be only four more than processors.
    answers, loop = settings().worker_concurrency, asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(answers + OTHER_JOBS + SPARE_THREADS))
    from bot.conversations.tasks import QUEUE

    connector = PsycopgConnector(kwargs=connector_params(), pool_factory=queue_pool)
    # Not `replace_connector`: jobs that a task defers would leave its transaction, and run before there is a message.
    app = django_app.with_connector(connector)
    async with app.open_async():
        others = {task.queue for task in app.tasks.values()} - {QUEUE}
        await _until_stopped(_keep_rescuing(app), _run_jobs(app, {QUEUE}, answers), _run_jobs(app, others, OTHER_JOBS))


async def _run_jobs(app: App, queues: set[str], at_once: int) -> None:
    await app.run_worker_async(
        queues=sorted(queues),
        concurrency=at_once,
        delete_jobs="successful",
        fetch_job_polling_interval=POLL_SECONDS,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=DEAD_AFTER_SECONDS,
        shutdown_graceful_timeout=STOP_SECONDS,
        install_signal_handlers=False,  # those of two would replace each other
    )


async def _until_stopped(*works: Coroutine[Any, Any, object]) -> None:
    """Run all until a signal to stop, or until one of them fails; cancelled, procrastinate lets running jobs end."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    tasks = [asyncio.create_task(work) for work in (*works, stopped.wait())]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception):
            raise outcome


async def _keep_rescuing(app: App) -> None:
    """Put back what dead workers left, now and every second; a database that is away is tried again."""
    while True:
        try:
            await rescue_jobs(app)
            tell_ready()
        except Exception as error:  # an edge: this loop must outlive any failure
            log.warning("rescue_failed", exc_info=error)
        await asyncio.sleep(HEARTBEAT_SECONDS)


async def rescue_jobs(app: App) -> int:
    """Put back the jobs whose worker gave no sign of life for 5 seconds; return how many.

    Two workers may put back the same job: every job is safe to repeat.
    """
    await app.job_manager.prune_stalled_workers(seconds_since_heartbeat=DEAD_AFTER_SECONDS)
    jobs = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS))
    for job in jobs:
        await app.job_manager.retry_job(job)
        log.info("job_rescued", job=job.id, task=job.task_name)
    return len(jobs)


if __name__ == "__main__":
    main()
