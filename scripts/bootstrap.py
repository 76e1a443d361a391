"""Installs both environments from their lock files; standard library only, so that any Python 3.8 or newer runs it.

python3 scripts/bootstrap.py            what is needed to run
python3 scripts/bootstrap.py --dev      and to test and check
python3 scripts/bootstrap.py --lock     compile the lock files again
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import interpreters

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
LOG = TOOLS / "setup.log"
UV = "uv==0.13.9"
ENGINE_VERSIONS, MAIN_VERSIONS = ["3.10"], ["3.13", "3.12", "3.14"]
ROOM_GIGABYTES = 5  # both environments and their download cache, measured 4.1
LOCKS = [  # folder and name of the requirements, oldest Python they must install on
    ("requirements", "3.12"),
    ("requirements-dev", "3.12"),
    ("engine/requirements", "3.10"),
]


class SetupError(Exception):
    """Setting up cannot go on; the message is one sentence that says what to do."""


class Environment:
    """One virtual environment, kept in step with its lock file."""

    def __init__(self, folder: Path, versions: list[str], lock: str, covers: tuple[str, ...] = ()) -> None:
        """Name the environment; `covers` are lock files that `lock` is a superset of."""
        self.folder, self.versions, self.lock, self.covers = folder, versions, lock, covers
        self.python = folder / "bin" / "python"
        self.stamp = folder / ".installed.json"

    def is_current(self) -> bool:
        """Return whether the lock file, as it is now, was installed and the interpreter still starts."""
        try:
            installed = json.loads(self.stamp.read_text())
        except (OSError, ValueError):
            return False
        if installed.get(self.lock) != _digest(ROOT / self.lock):
            return False
        version = self._version()
        return version is not None and version == installed.get("python")

    def install(self, uv: str) -> None:
        """Make the folder an environment that holds exactly what the lock file says.

        Raises:
            SetupError: no interpreter, no network or no room.
        """
        if self._version() is None:
            base = interpreters.find(self.versions) or _download_python(uv, self.versions[0])
            _run([uv, "venv", "--clear", "--no-project", "--python", base, str(self.folder)], f"creating {self.folder}")
        self.stamp.unlink(missing_ok=True)
        pip = ["--python", str(self.python), "--require-hashes", self.lock]
        # Compiled once here: where Python may not write, each start of the engine would compile for ten seconds.
        _run([uv, "pip", "sync", "--compile-bytecode", *pip], f"installing {self.lock}")

    def seal(self) -> None:
        """Write down what is installed now."""
        done = {lock: _digest(ROOT / lock) for lock in (self.lock, *self.covers)}
        self.stamp.write_text(json.dumps({**done, "python": self._version()}))

    def _version(self) -> str | None:
        return next((version for version in self.versions if interpreters.works(str(self.python), version)), None)


def main(arguments: list[str]) -> int:
    """Set up, or compile the lock files; return the exit code."""
    TOOLS.mkdir(exist_ok=True)
    try:
        with (TOOLS / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # two `make` at once: the second waits
            compile_locks() if "--lock" in arguments else set_up("--dev" in arguments)
    except (SetupError, OSError) as problem:
        print(f"Setup stopped: {_sentence(problem)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def set_up(dev: bool) -> None:
    """Install both environments where they are missing or out of date, and the `cybercare` command."""
    dev = dev or (ROOT / ".venv" / "bin" / "pytest").exists()  # `make run` takes no tool away from a developer
    lock, covers = ("requirements-dev.txt", ("requirements.txt",)) if dev else ("requirements.txt", ())
    main_environment = Environment(ROOT / ".venv", MAIN_VERSIONS, lock, covers)
    engine = Environment(ROOT / "engine" / ".venv", ENGINE_VERSIONS, "engine/requirements.txt")
    command = ROOT / ".venv" / "bin" / "cybercare"
    if main_environment.is_current() and engine.is_current() and command.exists():
        return
    uv = find_uv()
    if not engine.python.exists() and shutil.disk_usage(ROOT).free < ROOM_GIGABYTES * 1e9:
        raise SetupError(f"the disk has less than {ROOM_GIGABYTES} GB left: free some space, then run it again.")
    if not main_environment.is_current() or not command.exists():
        main_environment.install(uv)
        project = ["--python", str(main_environment.python), "--no-build-isolation", "--no-deps", "--editable", "."]
        _run([uv, "pip", "install", *project], "installing the `cybercare` command")
        main_environment.seal()
    if not engine.is_current():
        engine.install(uv)
        engine.seal()


def compile_locks() -> None:
    """Resolve all requirement files again, with hashes and without the name of any download host."""
    uv = find_uv()
    options = ["--universal", "--generate-hashes", "--no-emit-index-url", "--upgrade", "--quiet"]
    header = ["--custom-compile-command", "make lock"]
    for name, python in LOCKS:
        files = [f"{name}.in", "--output-file", f"{name}.txt"]
        _run([uv, "pip", "compile", *options, *header, "--python-version", python, *files], f"resolving {name}.in")


def find_uv() -> str:
    """Return uv's path: on PATH, in `.tools/`, or newly installed there.

    Raises:
        SetupError: it can be neither found nor installed.
    """
    own = TOOLS / "venv" / "bin" / "uv"
    for candidate in (shutil.which("uv"), str(own)):
        if candidate and _answers([candidate, "--version"]):
            return candidate
    _run([sys.executable, "-m", "venv", "--clear", str(TOOLS / "venv")], "preparing .tools (Debian: python3-venv)")
    _run([str(TOOLS / "venv" / "bin" / "python"), "-m", "pip", "install", "--quiet", UV], "installing uv")
    return str(own)


def _download_python(uv: str, version: str) -> str:
    _run([uv, "python", "install", "--no-bin", version], f"downloading Python {version}")
    found = subprocess.run(
        [uv, "python", "find", "--managed-python", "--no-project", version], stdout=subprocess.PIPE, check=False
    )
    python = found.stdout.decode().strip()
    if not interpreters.works(python, version):
        raise SetupError(f"no working python{version} was found: install it, then run it again.")
    return python


def _run(command: list[str], doing: str) -> None:
    """Run one step, its output into the log; say what is done and how long it took (seconds)."""
    began = time.monotonic()
    print(f"  {doing} …", end="", flush=True)
    clean = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONHOME")}
    with LOG.open("ab") as log:
        log.write((" ".join(command) + "\n").encode())
        log.flush()
        done = subprocess.run(command, cwd=ROOT, env=clean, stdout=log, stderr=subprocess.STDOUT, check=False)
    print(f" {time.monotonic() - began:.0f} s", flush=True)
    if done.returncode:
        raise SetupError(f"{doing} failed; check the network and the disk, read {LOG}, then run it again.")


def _answers(command: list[str]) -> bool:
    try:
        return (
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0
        )
    except OSError:
        return False


def _sentence(problem: Exception) -> str:
    if isinstance(problem, OSError):
        return f"{problem.strerror or problem} ({problem.filename or ROOT}); repair that, then run it again."
    return str(problem)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
