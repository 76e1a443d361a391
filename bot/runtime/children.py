"""The processes of one machine: what each runs, with which environment, and how its health is told."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from bot.runtime import environment
from bot.runtime.readiness import READY_FILE
from bot.settings import ROOT, Settings

ENGINE_PYTHON = ROOT / "engine" / ".venv" / "bin" / "python"
ENGINE = [str(ENGINE_PYTHON), "-m", "engine"]  # Rasa's command line, as we run it
MODEL = ROOT / "models" / "cybercare.tar.gz"
LOOPBACK = "127.0.0.1"
EVERYWHERE = ("*", "0.0.0.0", "::")  # noqa: S104 - what a setting may say, and what is asked over loopback then
PROBE_SECONDS = 2.0
UVICORN = [
    sys.executable,
    "-m",
    "uvicorn",
    "--no-access-log",
    "--log-level",
    "warning",
    "--timeout-graceful-shutdown",
    "3",
]

# Longer than the engine's client keeps a connection: uvicorn's 5 s would close some that are about to be used.
KEPT_OPEN = ["--timeout-keep-alive", "75"]


@dataclass(frozen=True)
class Child:
    """One process to keep running; `is_healthy` may be asked at any time, `port` and `setting` tell what it holds."""

    name: str
    command: list[str]
    env: dict[str, str] = field(repr=False)
    is_healthy: Callable[[], bool]
    host: str = ""
    port: int = 0
    setting: str = ""
    fatal: tuple[str, str] = ("", "")  # what its log says when waiting is in vain, and the sentence to show then


def children(settings: Settings, database_url: str) -> list[Child]:
    """Return the processes that this machine runs; an engine or actions addressed elsewhere are not among them."""
    env = environment.for_bot(settings, database_url)
    chosen = [_web(settings, env), _worker(settings, env)]
    if is_here(settings.actions_address):
        chosen.insert(0, _actions(settings, env))
    if is_here(settings.engine_address):
        chosen.insert(0, _engine(settings, database_url))
    if settings.telegram_token.get_secret_value() and settings.telegram_mode == "poll":
        chosen.append(_ready_by_file(settings, env, "telegram", "bot.channels.telegram.poller"))
    return chosen


def is_here(address: str) -> bool:
    """Return whether an address is this machine's loopback."""
    return urlsplit(address).hostname in ("127.0.0.1", "localhost", "::1")


def page_address(settings: Settings) -> str:
    """Return the address to open in a browser of this machine."""
    host = LOOPBACK if settings.host in EVERYWHERE else settings.host
    return f"http://[{host}]:{settings.port}/" if ":" in host else f"http://{host}:{settings.port}/"


def _engine(settings: Settings, database_url: str) -> Child:
    port = _port(settings.engine_address)
    command = [*ENGINE, "run", "--model", str(MODEL), "-i", LOOPBACK, "-p", str(port)]
    return Child(
        name="engine",
        command=[*command, "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"],
        env=environment.for_engine(settings, database_url),
        is_healthy=lambda: _answers(f"http://{LOOPBACK}:{port}/webhooks/cybercare/health"),
        host=LOOPBACK,
        port=port,
        setting="CYBERCARE_ENGINE_ADDRESS",
        # Rasa 3.6 goes on without a model, and is never healthy then.
        fatal=("Could not load model", f"The model {MODEL} is broken: run `make train`, then start again."),
    )


def _actions(settings: Settings, env: dict[str, str]) -> Child:
    port = _port(settings.actions_address)
    return Child(
        name="actions",
        command=[*UVICORN, *KEPT_OPEN, "--host", LOOPBACK, "--port", str(port), "actions.server:app"],
        env=env,
        is_healthy=lambda: _answers(f"http://{LOOPBACK}:{port}/health"),
        host=LOOPBACK,
        port=port,
        setting="CYBERCARE_ACTIONS_ADDRESS",
    )


def _web(settings: Settings, env: dict[str, str]) -> Child:
    host = "0.0.0.0" if settings.host == "*" else settings.host  # noqa: S104 - the operator's wish
    headers = {"Host": settings.public_hosts[0]} if settings.public_hosts else {}
    return Child(
        name="web",
        command=[*UVICORN, "--host", host, "--port", str(settings.port), "bot.asgi:app"],
        env=env,
        is_healthy=lambda: _answers(page_address(settings), headers),
        host=host,
        port=settings.port,
        setting="CYBERCARE_PORT",
    )


def _worker(settings: Settings, env: dict[str, str]) -> Child:
    return _ready_by_file(settings, env, "worker", "bot.runtime.worker")


def _ready_by_file(settings: Settings, env: dict[str, str], name: str, module: str) -> Child:
    """Return a process that listens nowhere: it touches a file once it works."""
    ready = settings.var.resolve() / "run" / f"{name}.ready"
    return Child(
        name=name,
        command=[sys.executable, "-m", module],
        env={**env, READY_FILE: str(ready)},
        is_healthy=ready.exists,
    )


def ready_file(child: Child) -> Path | None:
    """Return the file that the child touches when it works, to be removed before it starts."""
    path = child.env.get(READY_FILE)
    return Path(path) if path else None


def _port(address: str) -> int:
    return urlsplit(address).port or 80


def _answers(url: str, headers: dict[str, str] | None = None) -> bool:
    parts = urlsplit(url)
    connection = HTTPConnection(str(parts.hostname), parts.port, timeout=PROBE_SECONDS)  # requests would be 8 MB here
    try:
        connection.request("GET", parts.path, headers=headers or {})
        return connection.getresponse().status < 400
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
