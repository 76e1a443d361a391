"""Starts a server in its own session, waits until it answers, tells its memory, ends it with all its children."""

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil
import requests

from bench.problems import BenchProblem
from bot.runtime import records

START_SECONDS = 240.0  # until a server must answer
STOP_SECONDS = 30.0
LOOK_SECONDS = 0.1
MEGABYTE = 1_000_000


class Server:
    """One process that runs until `stop`; its output goes to `log`."""

    def __init__(self, command: list[str], env: dict[str, str], cwd: Path, log: Path) -> None:
        """Start it."""
        log.parent.mkdir(parents=True, exist_ok=True)
        self._log, self._began = log, time.monotonic()
        with log.open("wb") as file:
            self._process = subprocess.Popen(
                command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True
            )
        self.pid = self._process.pid

    def wait_until(self, ready: Callable[[], bool]) -> float:
        """Return the seconds from the start until `ready` says so.

        Raises:
            BenchProblem: it ended, or is not ready in time.
        """
        while not ready():
            if self._process.poll() is not None:
                raise BenchProblem(f"{self._log.stem} ended by itself: read the end of {self._log}.")
            if time.monotonic() - self._began > START_SECONDS:
                raise BenchProblem(f"{self._log.stem} is not ready after {START_SECONDS:.0f} s: read {self._log}.")
            time.sleep(LOOK_SECONDS)
        return time.monotonic() - self._began

    def says(self, words: str) -> bool:
        """Return whether its output holds these words."""
        return words in self._log.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """Ask it to stop, then end what is left of it and its children."""
        with contextlib.suppress(psutil.NoSuchProcess):
            family = [psutil.Process(self.pid), *psutil.Process(self.pid).children(recursive=True)]
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
            for member in family:
                if member.is_running():
                    records.end(member)


def run_to_end(command: list[str], env: dict[str, str], cwd: Path, log: Path, seconds: float) -> float:
    """Run a command and return how long it took, in seconds.

    Raises:
        BenchProblem: it fails, or takes longer than `seconds`.
    """
    server = Server(command, env, cwd, log)
    began = time.monotonic()
    try:
        code = server._process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise BenchProblem(f"{log.stem} takes longer than {seconds:.0f} s: use --examples-per-label.") from error
    finally:
        server.stop()
    if code:
        raise BenchProblem(f"{log.stem} failed: read the end of {log}.")
    return time.monotonic() - began


def answers(url: str) -> bool:
    """Return whether a GET of this address succeeds at once."""
    try:
        return requests.get(url, timeout=2).status_code == 200
    except requests.RequestException:
        return False


def free_port() -> int:
    """Return a port of the loopback that nobody holds at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def trees(pids: Iterable[int]) -> dict[int, psutil.Process]:
    """Return these processes and all that they started, by process id."""
    found: dict[int, psutil.Process] = {}
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(pid)
            found |= {each.pid: each for each in (process, *process.children(recursive=True))}
    return found


def resident(processes: Iterable[psutil.Process]) -> float:
    """Return the sum of the resident sets, in megabytes."""
    return sum(_bytes(process, shared_once=False) for process in processes) / MEGABYTE


def proportional(processes: Iterable[psutil.Process]) -> float:
    """Return the memory, in megabytes, with shared pages counted once; elsewhere than on Linux, the resident sets."""
    return sum(_bytes(process, shared_once=True) for process in processes) / MEGABYTE


def own_environment(**variables: str) -> dict[str, str]:
    """Return this process' environment with some variables set."""
    return {**os.environ, **variables}


def _bytes(process: psutil.Process, *, shared_once: bool) -> int:
    with contextlib.suppress(psutil.NoSuchProcess):
        if shared_once:
            full = process.memory_full_info()
            return int(getattr(full, "pss", full.rss))
        return int(process.memory_info().rss)
    return 0
