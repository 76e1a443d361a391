"""A whole running installation for tests: its own `var` folder, its own free ports, the project's model."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import psutil
import psycopg
from psycopg.rows import dict_row

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 280  # a first training included
STOP_SECONDS = 60
SHORT = 12  # characters; a shorter text may stand in a log by chance


@dataclass
class Stack:
    """`cybercare run` in a folder of its own; `env` are further settings of the installation."""

    var: Path
    env: dict[str, str] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    supervisor: subprocess.Popen[bytes] | None = None
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=30), repr=False)
    database: psycopg.Connection[dict[str, Any]] | None = None
    said: set[str] = field(default_factory=set)  # what members wrote to it: none of it may be in a log

    def __post_init__(self) -> None:
        """Choose free ports."""
        self.ports = self.ports or dict(zip(("web", "engine", "actions"), free_ports(3), strict=True))

    @property
    def url(self) -> str:
        """Return the page's address, without a slash at the end."""
        return f"http://127.0.0.1:{self.ports['web']}"

    @property
    def database_url(self) -> str:
        """Return the URL of the installation's embedded PostgreSQL."""
        lines = (self.var / "postgres" / "postmaster.pid").read_text().splitlines()
        return f"postgresql://postgres@/cybercare?host={quote(lines[4].strip(), safe='')}"

    @property
    def output(self) -> str:
        """Return what the supervisor has printed so far."""
        path = self.var / "output.txt"
        return path.read_text() if path.exists() else ""

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """Return what a query of the installation's database finds, or nothing for a command."""
        if self.database is None or self.database.closed:
            self.database = psycopg.connect(self.database_url, row_factory=dict_row, autocommit=True)
        found = self.database.execute(query.encode(), values)
        return found.fetchall() if found.description else []

    def leaks(self) -> list[str]:
        """Return the logs in which something stands that a member wrote."""
        logs = [*(self.var / "logs").iterdir(), self.var / "postgres" / "log", self.var / "output.txt"]
        texts = [text for text in self.said if len(text) > SHORT]
        return [str(log) for log in logs if any(text in log.read_text(errors="replace") for text in texts)]

    def secret(self, name: str) -> str:
        """Return one of the installation's generated secrets."""
        lines = (self.var / "secrets.env").read_text().splitlines()
        return next(line.partition("=")[2] for line in lines if line.startswith(f"{name}="))

    def pid(self, name: str) -> int:
        """Return the present process id of "engine", "actions", "worker", "web" or "telegram"."""
        return int(json.loads((self.var / "run" / f"{name}.json").read_text())["pid"])

    def start(self) -> "Stack":
        """Start and wait until the page's address is printed."""
        self.launch()
        wait_until(lambda: "Open http" in self.output or self.has_ended(), READY_SECONDS)
        assert "Open http" in self.output, self.output
        return self

    def launch(self) -> None:
        """Start without waiting."""
        self.var.mkdir(parents=True, exist_ok=True)
        with (self.var / "output.txt").open("wb") as output:
            self.supervisor = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "run"],
                cwd=ROOT,
                env=self.environment(),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def environment(self) -> dict[str, str]:
        """Return the environment of the installation's commands."""
        secrets = ("CYBERCARE_SECRET_KEY", "CYBERCARE_ENGINE_TOKEN", "DATABASE_URL")
        return {
            **{name: value for name, value in os.environ.items() if name not in secrets},
            "CYBERCARE_VAR": str(self.var),
            "CYBERCARE_PORT": str(self.ports["web"]),
            "CYBERCARE_ENGINE_ADDRESS": f"http://127.0.0.1:{self.ports['engine']}",
            "CYBERCARE_ACTIONS_ADDRESS": f"http://127.0.0.1:{self.ports['actions']}",
            "CYBERCARE_SESSIONS_PER_MINUTE": "10000",
            "CYBERCARE_MESSAGES_PER_MINUTE": "10000",
            **self.env,
        }

    def has_ended(self) -> bool:
        """Return whether the supervisor is gone."""
        return self.supervisor is None or self.supervisor.poll() is not None

    def kill(self, name: str) -> int:
        """Kill one process at once (SIGKILL), "supervisor" included; return the id it had."""
        pid = self.signal(name, signal.SIGKILL)
        if name == "supervisor" and self.supervisor:
            self.supervisor.wait()
        return pid

    def signal(self, name: str, number: signal.Signals) -> int:
        """Send a signal to one process; return its id."""
        pid = self.supervisor.pid if name == "supervisor" and self.supervisor else self.pid(name)
        os.kill(pid, number)
        return pid

    def is_healthy(self) -> bool:
        """Return whether page, engine and actions answer."""
        places = {"web": "/health", "engine": "/webhooks/cybercare/health", "actions": "/health"}
        return all(_answers(f"http://127.0.0.1:{self.ports[name]}{path}") for name, path in places.items())

    def stop(self) -> int:
        """Stop as Ctrl-C does; return the exit code."""
        self.http.close()
        if self.database:
            self.database.close()
        if self.supervisor is None:
            return 0
        if self.supervisor.poll() is None:
            self.supervisor.send_signal(signal.SIGINT)
        return self.supervisor.wait(STOP_SECONDS)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def free_ports(count: int) -> list[int]:
    """Return ports that nothing listens on now."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def wait_until(condition, seconds: float, pause: float = 0.1) -> None:  # type: ignore[no-untyped-def]
    """Return once `condition()` is true; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not so after {seconds} s"
        time.sleep(pause)


def is_running(pid: int) -> bool:
    """Return whether a process is there and is no zombie."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
