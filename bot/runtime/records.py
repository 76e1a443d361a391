"""Remembers which processes were started, so that what a killed supervisor left behind is found and ended."""

import contextlib
import json
import os
import signal
from pathlib import Path

import psutil

GRACE_SECONDS = 6.0  # from the request to stop until the process is killed
SAME_SECONDS = 0.05  # a process' start time is kept by the kernel in hundredths of a second


def remember(folder: Path, name: str, pid: int) -> None:
    """Write down a process that was just started."""
    folder.mkdir(parents=True, exist_ok=True)
    record = {"pid": pid, "created": psutil.Process(pid).create_time()}
    draft = folder / f"{name}.new"
    draft.write_text(json.dumps(record))
    draft.replace(folder / f"{name}.json")


def forget(folder: Path, name: str) -> None:
    """Remove the record of a process that ended."""
    (folder / f"{name}.json").unlink(missing_ok=True)


def end_orphans(folder: Path) -> list[str]:
    """End every recorded process that still runs, with its children; return the names of those that did."""
    return [path.stem for path in sorted(folder.glob("*.json")) if end_recorded(folder, path.stem)]


def end_recorded(folder: Path, name: str) -> bool:
    """End one recorded process if it still runs; return whether it did."""
    process = recorded(folder / f"{name}.json")
    if process:
        end(process)
    forget(folder, name)
    return process is not None


def recorded(path: Path) -> psutil.Process | None:
    """Return the recorded process if it still runs; a later process under the same number is not the recorded one."""
    try:
        record = json.loads(path.read_text())
        process = psutil.Process(int(record["pid"]))
        same = abs(process.create_time() - float(record["created"])) < SAME_SECONDS
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        return None
    return process if same and process.status() != psutil.STATUS_ZOMBIE else None


def end(process: psutil.Process, grace: float = GRACE_SECONDS) -> None:
    """Ask a process and its children to stop, then kill what is left after `grace` seconds."""
    with contextlib.suppress(psutil.NoSuchProcess):
        family = [process, *process.children(recursive=True)]
        for member in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.terminate()
        _, alive = psutil.wait_procs(family, timeout=grace)
        for member in alive:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.kill()
        psutil.wait_procs(alive, timeout=grace)


def signal_group(pid: int, number: signal.Signals) -> None:
    """Send a signal to a child that leads its own group, and to all of the group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)
