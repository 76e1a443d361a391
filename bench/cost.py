"""Processor time of a running product, by process: unlike seconds, little changed by what else the machine does."""

import contextlib
from collections.abc import Iterable, Mapping

import psutil

from bench.our_bot import RunningProduct

NAMES = ("engine", "actions", "worker", "web")


def used_so_far(product: RunningProduct) -> dict[str, float]:
    """Return seconds of processor time by process; `database` is all of PostgreSQL, `client` the bench itself."""
    used = {name: _seconds(product.processes(name)) for name in NAMES}
    database = product.database()
    ended = database[0].cpu_times()  # connections that were closed meanwhile count with the postmaster
    used["database"] = _seconds(database) + ended.children_user + ended.children_system
    used["client"] = _seconds([psutil.Process()])
    return used


def per_message(before: Mapping[str, float], after: Mapping[str, float], messages: int) -> dict[str, float]:
    """Return milliseconds of processor time for one message: `cost_<process>_ms` of each, and `cost_ms` of all."""
    spent = {name: 1000 * (after[name] - before[name]) / messages if messages else float("nan") for name in before}
    return {"cost_ms": sum(spent.values()), **{f"cost_{name}_ms": value for name, value in spent.items()}}


def _seconds(processes: Iterable[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    return total
