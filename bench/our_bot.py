"""Our bot under measurement: trained on any examples, served alone for its understanding, or run as a product."""

import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.examples import Example, write_examples
from bench.processes import Server, answers, free_port, own_environment, run_to_end, trees
from bench.stock_bot import LOOPBACK, QUIET
from bot.runtime import records
from bot.runtime.children import ENGINE
from bot.settings import ROOT

TRAIN_SECONDS = 900.0
MODEL = "ours"
NO_LIMIT = "1000000"  # the limits against floods would stop the bench
ENGINE_ENV = {
    **QUIET,
    "CYBERCARE_ENGINE_TOKEN": "unused",
    "CYBERCARE_ACTIONS_ADDRESS": "http://unused",
    "CYBERCARE_ENGINE_DATABASE_URL": "unused",
}


@dataclass(frozen=True)
class RunningProduct:
    """All processes of `cybercare run`; `started` in seconds until the page's address was printed."""

    engine: str
    web: str
    token: str
    started: float
    pid: int
    var: Path

    def engine_and_actions(self) -> list[psutil.Process]:
        """Return what a stock bot has too."""
        return [process for name in ("engine", "actions") for process in self.processes(name)]

    def engine_alone(self) -> list[psutil.Process]:
        """Return the engine's processes."""
        return self.processes("engine")

    def others(self) -> list[psutil.Process]:
        """Return all but the engine and PostgreSQL."""
        engine = {process.pid for process in self.engine_alone()}
        database = {process.pid for process in self.database()}
        return [process for pid, process in trees([self.pid]).items() if pid not in engine | database]

    def database(self) -> list[psutil.Process]:
        """Return PostgreSQL's processes, which share most of their memory."""
        postmaster = (self.var / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0]
        return list(trees([int(postmaster)]).values())

    def processes(self, name: str) -> list[psutil.Process]:
        """Return the processes of "engine", "actions", "worker" or "web"."""
        process = records.recorded(self.var / "run" / f"{name}.json")
        return list(trees([process.pid]).values()) if process else []


def train(folder: Path, examples: Iterable[Example]) -> float:
    """Train on these examples into `folder`; return how long it took, in seconds.

    Raises:
        BenchProblem: the training fails.
    """
    for part in ("rules", "stories"):
        shutil.copytree(ROOT / "data" / part, folder / "data" / part, dirs_exist_ok=True)
    write_examples(examples, folder / "data" / "nlu.yml")
    command = [*ENGINE, "train", "--force", "--fixed-model-name", MODEL]
    command += ["--data", str(folder / "data"), "--out", str(folder / "models")]
    env = own_environment(**ENGINE_ENV, RASA_CACHE_DIRECTORY=str(folder / "cache"))
    return run_to_end(command, env, ROOT, folder / "logs" / "our-training.log", TRAIN_SECONDS)


@contextmanager
def understanding(folder: Path) -> Iterator[tuple[str, float]]:
    """Serve the model of `folder` alone, with Rasa's own interface; give its address and seconds to ready.

    Raises:
        BenchProblem: it does not start.
    """
    port = free_port()
    model = ["--model", str(folder / "models" / f"{MODEL}.tar.gz"), "--enable-api", "-i", LOOPBACK, "-p", str(port)]
    files = {name: folder / name for name in ("endpoints.yml", "credentials.yml")}
    for path in files.values():
        path.write_text("{}\n")
    extra = ["--endpoints", str(files["endpoints.yml"]), "--credentials", str(files["credentials.yml"])]
    command = [*ENGINE, "run", *model, *extra]
    server = Server(command, own_environment(**ENGINE_ENV), ROOT, folder / "logs" / "our-engine.log")
    address = f"http://{LOOPBACK}:{port}"
    try:
        yield address, server.wait_until(lambda: answers(f"{address}/status"))
    finally:
        server.stop()


@contextmanager
def product(folder: Path, python: str, starts: int) -> Iterator[RunningProduct]:
    """Run `cybercare run` with ports and data of its own, so many times; the last start is timed and stays.

    Raises:
        BenchProblem: it does not start.
    """
    var, token = folder / "var", secrets.token_hex()
    engine, actions, web = (free_port() for _ in range(3))
    env = own_environment(
        CYBERCARE_MODE="local",
        CYBERCARE_VAR=str(var),
        CYBERCARE_HOST=LOOPBACK,
        CYBERCARE_PORT=str(web),
        CYBERCARE_ENGINE_ADDRESS=f"http://{LOOPBACK}:{engine}",
        CYBERCARE_ACTIONS_ADDRESS=f"http://{LOOPBACK}:{actions}",
        CYBERCARE_ENGINE_TOKEN=token,
        CYBERCARE_SECRET_KEY=secrets.token_hex(),
        CYBERCARE_SESSIONS_PER_MINUTE=NO_LIMIT,
        CYBERCARE_MESSAGES_PER_MINUTE=NO_LIMIT,
        DATABASE_URL="",
        CYBERCARE_TELEGRAM_TOKEN="",
        PYTHONUNBUFFERED="1",
    )
    command = [python, "-m", "bot.cli", "run"]
    for start in range(starts):
        server = Server(command, env, ROOT, folder / "logs" / f"our-product-{start + 1}.log")
        try:
            started = server.wait_until(lambda: server.says("Open http"))  # noqa: B023 - called at once
            if start + 1 == starts:
                yield RunningProduct(
                    f"http://{LOOPBACK}:{engine}", f"http://{LOOPBACK}:{web}", token, started, server.pid, var
                )
        finally:
            server.stop()
