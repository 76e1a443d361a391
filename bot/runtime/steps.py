"""Steps before the start that need much memory: each in a process of its own, which gives it back."""

import os
import subprocess
import sys

import psutil

from bot.errors import StartupProblem
from bot.runtime import records
from bot.settings import ROOT, settings


def take(*command: str, is_shown: bool = False) -> str:
    """Run Python with these arguments and return what it prints, unless `is_shown` lets people read it at once.

    Raises:
        StartupProblem: it failed, with what it said about that in one sentence.
    """
    env = {**os.environ, "CYBERCARE_VAR": str(settings().var.resolve())}
    out = None if is_shown else subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=env, stdout=out, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            told, problem = process.communicate()
        except BaseException:  # we are asked to stop
            records.end(psutil.Process(process.pid))
            process.wait()
            raise
    if process.returncode:
        raise StartupProblem(problem.strip().removeprefix("Error: "))
    return told or ""
