"""Starts the processes together, waits until each is healthy, restarts what dies or hangs, stops all in the end."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from bot.errors import StartupProblem
from bot.runtime import progress, records
from bot.runtime.checks import check_port
from bot.runtime.children import Child, ready_file
from bot.settings import ROOT

PATIENCE_SECONDS = 180.0  # from the start until all are healthy; a first start on a slow disk took 60
STEADY_SECONDS = 60.0  # a process that ran this long is restarted at once
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0  # seconds before a restart; doubled each time
TRIES = 3  # deaths of one process before it was ever healthy
LOOK_SECONDS = 0.2
ASK_SECONDS = 10.0  # between two questions whether a process that listens still answers
HANG_SECONDS = 60.0  # of no answer, from one that answered before
LOG_BYTES = 20_000_000


class Kept:
    """One child that is kept running."""

    def __init__(self, child: Child, var: Path) -> None:
        """Start nothing yet."""
        self.child, self.log, self.run = child, var / "logs" / f"{child.name}.log", var / "run"
        self.process: subprocess.Popen[bytes] | None = None
        self.healthy, self.deaths, self.pause = False, 0, FIRST_PAUSE
        self.started_at = self.next_start = self.asked_at = self.answered_at = 0.0

    def start(self) -> None:
        """Start it as the leader of its own group, so that a Ctrl-C reaches only the supervisor."""
        if path := ready_file(self.child):
            path.unlink(missing_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.child.command,
                cwd=ROOT,
                env=self.child.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        records.remember(self.run, self.child.name, self.process.pid)
        self.started_at = time.monotonic()

    def tend(self) -> None:
        """Notice a death, and start again once the pause is over."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.next_start:
                self.start()
        elif (code := self.process.poll()) is not None:
            self._bury(code, now)

    def watch(self) -> None:
        """Kill the process if it listens but has not answered for a minute (`tend` starts it again)."""
        now = time.monotonic()
        if self.process is None or not self.child.port or now - self.asked_at < ASK_SECONDS:
            return
        self.asked_at = now
        if self.child.is_healthy():
            self.answered_at = now
            return
        patience = HANG_SECONDS if self.answered_at > self.started_at else PATIENCE_SECONDS
        if now - max(self.answered_at, self.started_at) > patience:
            progress.say(f"  {self.child.name} does not answer any more")
            records.signal_group(self.process.pid, signal.SIGKILL)

    def _bury(self, code: int, now: float) -> None:
        assert self.process is not None
        records.signal_group(self.process.pid, signal.SIGKILL)  # what it may have started itself
        records.forget(self.run, self.child.name)
        self.deaths += 1
        self.pause = FIRST_PAUSE if now - self.started_at > STEADY_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
        self.process, self.next_start = None, now + self.pause
        progress.say(f"  {self.child.name} ended (code {code}); starting it again in {self.pause:.1f} s")


class Supervisor:
    """Keeps the children of one `var` folder running."""

    def __init__(self, children: list[Child], var: Path, tend_database: Callable[[], None]) -> None:
        """Start nothing yet; `tend_database` is called about once a second."""
        self._var, self._tend_database = var, tend_database
        self._kept = [Kept(child, var) for child in children]
        self._looked_at = 0.0

    def start(self, *names: str) -> None:
        """Start those named, or all that do not run yet.

        Raises:
            StartupProblem: a port is taken.
        """
        for kept in self._kept:
            if kept.process is None and (not names or kept.child.name in names):
                if kept.child.port:
                    check_port(kept.child.host, kept.child.port, kept.child.setting)
                put_log_away(kept.log)
                kept.start()

    def wait_until_healthy(self) -> None:
        """Return once every process is; print a line for each.

        Raises:
            StartupProblem: one of them keeps dying, or takes too long.
        """
        began = time.monotonic()
        with progress.console.status("starting …"):
            while waiting := [kept for kept in self._kept if not kept.healthy]:
                for kept in waiting:
                    self._look_at(kept, began)
                time.sleep(LOOK_SECONDS)

    def keep_running(self) -> None:
        """Restart what dies, until the process is interrupted."""
        while True:
            for kept in self._kept:
                kept.tend()
                kept.watch()
            if time.monotonic() - self._looked_at > 1.0:
                self._looked_at = time.monotonic()
                self._tend_database()
                for kept in self._kept:
                    cut_log(kept.log)
            time.sleep(LOOK_SECONDS)

    def stop(self) -> None:
        """Ask all to stop at once, kill after a few seconds what does not."""
        running = [kept.process for kept in self._kept if kept.process]
        for process in running:
            records.signal_group(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + records.GRACE_SECONDS
        while time.monotonic() < deadline and any(process.poll() is None for process in running):
            time.sleep(0.05)
        for process in running:
            records.signal_group(process.pid, signal.SIGKILL)
            process.wait()
        for kept in self._kept:
            records.forget(kept.run, kept.child.name)

    def _look_at(self, kept: Kept, began: float) -> None:
        kept.tend()
        name, elapsed = kept.child.name, time.monotonic() - began
        sign, remedy = kept.child.fatal
        if sign and sign in kept.log.read_text(errors="replace"):
            raise StartupProblem(remedy)
        if kept.deaths >= TRIES or elapsed > PATIENCE_SECONDS:
            what = "keeps ending" if kept.deaths >= TRIES else f"is not healthy after {PATIENCE_SECONDS:.0f} s"
            raise StartupProblem(f"The {name} process {what}: read the end of {kept.log}, then start again.")
        if kept.process and kept.child.is_healthy():
            kept.healthy = True
            progress.done(name, elapsed)


def put_log_away(log: Path) -> None:
    """Keep the last run's log as `.1` and begin a new one."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists():
        log.replace(log.with_suffix(".log.1"))


def cut_log(log: Path) -> None:
    """Move a log of more than 20 MB to `.1`; its writer appends, so it goes on at the beginning of the file."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        shutil.copyfile(log, log.with_suffix(".log.1"))
        os.truncate(log, 0)
