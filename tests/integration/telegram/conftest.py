"""The Telegram channel on a real PostgreSQL and a local Bot API, with an engine that repeats what it hears."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from bot.turn import Question, Reading, Reply, Turn
from tests.telegram_peer import TOKEN, TelegramPeer

SECRET = "webhook-secret"


async def _do_jobs() -> None:
    """Work as bot/runtime/worker.py does: jobs that a task defers stay in its transaction."""
    from procrastinate.contrib.django import app

    worker = app.with_connector(app.connector.get_worker_connector())
    async with worker.open_async():
        await worker.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False, concurrency=2)
    await sync_to_async(connections.close_all)()  # of the thread that defers periodic jobs


@dataclass
class EchoEngine:
    """Implements the engine's port; `script` has turns for texts and commands that want another answer."""

    script: dict[str, Turn] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)

    def take_turn(self, question: Question) -> Turn:
        """Answer with the script, or with what was said."""
        self.questions.append(question)
        said = question.command or question.text
        return self.script.get(said) or Turn([Reply(f"vous dites : {said}")])

    def read(self, _text: str) -> Reading:
        """Hear no danger in anything."""
        return Reading("", 0.0, 0.0)


@dataclass
class Bench:
    """One channel under test."""

    peer: TelegramPeer
    engine: EchoEngine
    environment: dict[str, str]
    processes: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def arrive(self) -> None:
        """Let everything that Telegram holds arrive in this process."""
        from bot.channels.telegram.inbox import accept

        for update in self.peer.unacknowledged:
            accept(update)
            self.peer._updates.remove(update)

    def work(self, seconds: float = 60) -> None:
        """Do all jobs, also those that are tried again."""
        from procrastinate.contrib.django.models import ProcrastinateJob

        deadline = time.monotonic() + seconds
        open_jobs = ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).exclude(task_name="remind_documents")
        while open_jobs.exists():
            assert time.monotonic() < deadline, list(open_jobs.values("task_name", "attempts", "status"))
            asyncio.run(_do_jobs())
            if open_jobs.exists():
                time.sleep(0.1)

    def exchange(self) -> list[str]:
        """Let everything arrive, do all jobs, and return what the member sees."""
        self.arrive()
        self.work()
        return self.peer.texts()

    def start_poller(self) -> "subprocess.Popen[bytes]":
        """Start the real poller as a process of its own."""
        environment = {**os.environ, **self.environment, "CYBERCARE_TELEGRAM_MODE": "poll"}
        command = [sys.executable, "-m", "bot.channels.telegram.poller"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.processes.append(process)
        return process

    def stop_all(self) -> None:
        """Leave no process behind a failed test."""
        for process in self.processes:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()


@pytest.fixture
def telegram(
    telegram_peer: TelegramPeer, transactional_db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Bench]:
    """Point settings, client, evidence and engine to the bench, and forget them afterwards."""
    from bot.channels.telegram.client import close_client
    from bot.conversations import evidence, tasks
    from bot.settings import settings

    environment = {
        "CYBERCARE_TELEGRAM_TOKEN": TOKEN,
        "CYBERCARE_TELEGRAM_API": telegram_peer.address,
        "CYBERCARE_TELEGRAM_MODE": "webhook",
        "CYBERCARE_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "CYBERCARE_VAR": str(tmp_path),
        "DATABASE_URL": _database_url(),
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    engine = EchoEngine()
    monkeypatch.setattr(tasks, "engine", lambda: engine)
    caches: tuple[Any, ...] = (settings, evidence.store)
    for cached in caches:
        cached.cache_clear()
    bench = Bench(telegram_peer, engine, environment)
    yield bench
    bench.stop_all()
    close_client()
    for cached in caches:
        cached.cache_clear()


@pytest.fixture
def eventually() -> Callable[[Callable[[], Any]], None]:
    """Return a function that waits until a condition holds, at most a minute."""

    def wait(condition: Callable[[], Any]) -> None:
        deadline = time.monotonic() + 60
        while not condition():
            assert time.monotonic() < deadline, "it never happened"
            time.sleep(0.05)

    return wait


def _database_url() -> str:
    from django.db import connection

    chosen = connection.settings_dict
    host = quote(str(chosen["HOST"]), safe="")
    port = f"&port={chosen['PORT']}" if chosen["PORT"] else ""
    return f"postgresql://{chosen['USER']}:{quote(chosen['PASSWORD'])}@/{chosen['NAME']}?host={host}{port}"
