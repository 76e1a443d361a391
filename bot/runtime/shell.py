"""`rasa shell` with the running actions; its conversations live in memory and are gone with it."""

import socket
import subprocess

import requests
import yaml

from bot.errors import StartupProblem
from bot.runtime import environment
from bot.runtime.checks import check_engine_environment
from bot.runtime.children import ENGINE, ENGINE_PYTHON, MODEL
from bot.runtime.running import load_settings
from bot.settings import ROOT, Settings


def shell(nlu: bool) -> int:
    """Open the shell and return its exit code.

    Raises:
        StartupProblem: there is no model, or the actions do not run.
    """
    chosen = load_settings()
    check_engine_environment(ENGINE_PYTHON)
    if not MODEL.exists():
        raise StartupProblem(f"There is no model {MODEL}: run `make train`.")
    command = [*ENGINE, "shell"]
    if nlu:
        command += ["nlu", "--model", str(MODEL)]
    else:
        _check_actions(chosen)
        command += ["--model", str(MODEL), "--endpoints", _endpoints(chosen), "--credentials", "credentials.yml"]
        # The shell starts a server of its own: beside the running engine's, and like it for this machine only.
        command += ["--interface", "127.0.0.1", "--port", str(_free_port())]
    env = environment.for_rasa(chosen) | {"LOG_LEVEL": "ERROR"}
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _check_actions(chosen: Settings) -> None:
    try:
        requests.get(f"{chosen.actions_address}/health", timeout=2).raise_for_status()
    except requests.RequestException as error:
        raise StartupProblem("The actions do not run: start `make run` in another terminal first.") from error


def _endpoints(chosen: Settings) -> str:
    path = chosen.var / "run" / "shell-endpoints.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"action_endpoint": {"url": f"{chosen.actions_address}/webhook", "enable_selective_domain": True}}
    path.write_text(yaml.safe_dump(content))
    return str(path)
