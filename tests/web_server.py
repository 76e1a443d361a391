"""The real web process for tests: uvicorn as an own process, on a free port of this machine."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
from django.db import connection

from bot.settings import ROOT

START_WITHIN = STOP_WITHIN = 60.0  # seconds


@dataclass(frozen=True)
class WebServer:
    """A running web process."""

    address: str
    process: subprocess.Popen[bytes]

    def stop(self) -> float:
        """Ask it to stop as a supervisor does; return how many seconds that took."""
        begin = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(STOP_WITHIN)
        return time.monotonic() - begin


@contextmanager
def running_web(log: Path, **variables: str) -> Iterator[WebServer]:
    """Start the web process on Django's present database, stop it in the end."""
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "bot.asgi:app", "--port", str(port), "--log-level", "warning"]
    limits = {"CYBERCARE_SESSIONS_PER_MINUTE": "100000", "CYBERCARE_MESSAGES_PER_MINUTE": "100000"}
    own = {"DATABASE_URL": database_url(), "CYBERCARE_VAR": str(log.parent / "var")}
    environment = {**os.environ, **limits, **own, **variables}
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    server = WebServer(f"http://127.0.0.1:{port}", process)
    try:
        _wait_until_healthy(server, log)
        yield server
    finally:
        if process.poll() is None:
            server.stop()


def database_url() -> str:
    """Return the URL of Django's present database."""
    known = {key: str(value) for key, value in connection.settings_dict.items()}
    user = ":".join(quote(part, safe="") for part in (known["USER"], known["PASSWORD"]) if part)
    if known["HOST"].startswith("/"):
        return f"postgresql://{user}@/{known['NAME']}?host={quote(known['HOST'], safe='')}"
    return f"postgresql://{user}@{known['HOST']}:{known['PORT'] or 5432}/{known['NAME']}"


def _wait_until_healthy(server: WebServer, log: Path) -> None:
    end = time.monotonic() + START_WITHIN
    seen = "nothing"
    while time.monotonic() < end and server.process.poll() is None:
        try:
            response = httpx.get(f"{server.address}/health", timeout=5)
            if response.status_code == 200:
                return
            seen = f"{response.status_code} {response.text}"
        except httpx.TransportError as error:
            seen = type(error).__name__
        time.sleep(0.1)
    raise AssertionError(f"the web process did not start: {seen}\n{log.read_text()[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
