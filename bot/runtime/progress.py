"""What the person who starts the program sees: one line per step, with its seconds."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

console = Console(highlight=False, soft_wrap=True, file=sys.stdout)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Print `name` and how long the block took (seconds) once it is done; show it meanwhile on a terminal."""
    began = time.monotonic()
    with console.status(f"{name} …"):
        yield
    done(name, time.monotonic() - began)


def done(name: str, seconds: float, note: str = "ready") -> None:
    """Print one finished step."""
    console.print(f"  {name:<12} {note:<34} {seconds:5.1f} s")


def say(text: str) -> None:
    """Print one line."""
    console.print(text)
