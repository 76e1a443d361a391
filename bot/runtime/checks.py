"""What is checked before anything starts: ports, room on the disk, the engine's environment."""

import fcntl
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import StartupProblem

ROOM_BYTES = 500_000_000  # a model is 50 MB, a new database 50 MB; the rest is for growth


@contextmanager
def only_one(var: Path) -> Iterator[None]:
    """Hold the folder for this process; the system lets it go by itself however the process ends.

    Raises:
        StartupProblem: another process holds it.
    """
    var.mkdir(parents=True, exist_ok=True)
    with (var / "supervisor.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise StartupProblem(
                f"Cyber Care already runs in {var} (process {file.read().strip() or 'unknown'}): stop that one first."
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def check_port(host: str, port: int, setting: str) -> None:
    """Make sure that a server could listen there.

    Raises:
        StartupProblem: something else does, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StartupProblem(
                f"Port {port} on {host} cannot be used ({error.strerror}): "
                f"stop the program that holds it, or set {setting} to a free one."
            ) from error


def check_room(folder: Path) -> None:
    """Make sure that the disk has room for a model, a database and logs.

    Raises:
        StartupProblem: less than 500 MB are left.
    """
    free = shutil.disk_usage(folder).free
    if free < ROOM_BYTES:
        raise StartupProblem(
            f"The disk of {folder} is full ({free // 1_000_000} MB left, {ROOM_BYTES // 1_000_000} MB needed): "
            "free some space, or set CYBERCARE_VAR to a folder on another disk."
        )


def check_engine_environment(python: Path) -> None:
    """Make sure that the engine's own interpreter is there.

    Raises:
        StartupProblem: it is not.
    """
    if not os.access(python, os.X_OK):
        raise StartupProblem(f"The engine's interpreter {python} is missing: run `make setup`.")
