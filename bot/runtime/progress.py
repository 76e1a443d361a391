"""What the person who starts the program sees: one line per step, with its seconds."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

console = Console(highlight=False, soft_wrap=True, file=sys.stdout)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Print `name` and how long the block took (seconds) once it is done; show it meanwhile on a terminal."""
    began = time.monotonic()
    with console.status(f"{name} …"):
        yield
    done(name, time.monotonic() - began)


@contextmanager
def stages(name: str, first: str) -> Iterator[Callable[[str], None]]:
    """Show the stages of one long piece of work; call what is given when the next one begins.

    A terminal shows the present stage with its running seconds; elsewhere each is printed once it is over.
    """
    stage, began = first, time.monotonic()
    columns = (SpinnerColumn(), TextColumn(f"{name}: {{task.description}}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as display:
        task = display.add_task(first, total=None)

        def enter(following: str) -> None:
            nonlocal stage, began
            if following != stage:
                done(name, time.monotonic() - began, stage)
                stage, began = following, time.monotonic()
                display.update(task, description=following)

        yield enter
        done(name, time.monotonic() - began, stage)


def done(name: str, seconds: float, note: str = "ready") -> None:
    """Print one finished step."""
    console.print(f"  {name:<12} {note:<34} {seconds:5.1f} s")


def say(text: str) -> None:
    """Print one line."""
    console.print(text)
