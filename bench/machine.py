"""What the numbers are taken on: the machine, without its name, and the model that ships."""

import json
import os
import platform
import subprocess
from typing import Any

import psutil

from bench.problems import BenchProblem
from bot.runtime.children import ENGINE_PYTHON
from bot.runtime.fingerprint import fingerprint
from bot.runtime.training import NOTE
from bot.settings import ROOT

ASK = "import platform; from importlib.metadata import version as v; print(platform.python_version(), v('rasa'))"


def machine() -> dict[str, Any]:
    """Return cores, memory in GB, versions, and how busy the machine was before the bench began."""
    asked = subprocess.run([str(ENGINE_PYTHON), "-c", ASK], capture_output=True, text=True, check=True)
    engine_python, rasa = asked.stdout.split()
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "engine_python": engine_python,
        "rasa": rasa,
        "load_before": round(psutil.getloadavg()[0], 1),
    }


def check_model() -> None:
    """Make sure that the product has its model: else its start would be timed with a training in it.

    Raises:
        BenchProblem: it must be trained first.
    """
    known = json.loads(NOTE.read_text()).get("fingerprint") if NOTE.exists() else None
    if known != fingerprint(ROOT):
        raise BenchProblem("The model is not that of the present data: run `make train` first.")
