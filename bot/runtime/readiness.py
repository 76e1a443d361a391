"""How a process that listens nowhere tells its supervisor that it works."""

import os
from pathlib import Path

READY_FILE = "CYBERCARE_READY_FILE"


def tell_ready() -> None:
    """Touch the file that the supervisor waits for, if there is a supervisor."""
    if path := os.environ.get(READY_FILE):
        Path(path).touch()
