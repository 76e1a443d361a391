"""Trains the model where data or configuration changed; Rasa's own words go to `var/logs/train.log`."""

import json
import re
import subprocess
import time
from pathlib import Path

from bot.errors import StartupProblem
from bot.runtime import environment, progress, records
from bot.runtime.checks import check_engine_environment, check_room
from bot.runtime.children import ENGINE_PYTHON, MODEL
from bot.runtime.fingerprint import file_digest, fingerprint
from bot.settings import ROOT, Settings

NOTE = MODEL.with_suffix("").with_suffix(".json")  # models/cybercare.json
STAGE = re.compile(r"Starting to train component '(?P<name>\w+)'|Restored component '(?P<restored>\w+)' from cache")
COMMAND = [str(ENGINE_PYTHON), "-m", "rasa", "train", "--fixed-model-name", MODEL.name.removesuffix(".tar.gz")]


def train_if_needed(settings: Settings) -> None:
    """Train unless the present model was trained on the present data and configuration.

    Raises:
        StartupProblem: training fails, or the model's file is not what training wrote.
    """
    note = _note()
    if not MODEL.exists() or note.get("fingerprint") != fingerprint(ROOT):
        train(settings)
    elif note.get("model") != file_digest(MODEL):
        raise StartupProblem(f"The model {MODEL} is broken (not what training wrote): run `make train`.")


def train(settings: Settings) -> None:
    """Train anew and remember on what.

    Raises:
        StartupProblem: training fails; the message names the log.
    """
    check_engine_environment(ENGINE_PYTHON)
    check_room(ROOT)
    began, trained_on = time.monotonic(), fingerprint(ROOT)
    log = settings.var / "logs" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    NOTE.unlink(missing_ok=True)
    if _run_rasa(settings, log) != 0 or not MODEL.exists():
        raise StartupProblem(_why_it_failed(log))
    NOTE.write_text(json.dumps({"fingerprint": trained_on, "model": file_digest(MODEL)}))
    progress.done("model", time.monotonic() - began, "trained")


def _run_rasa(settings: Settings, log: Path) -> int:
    """Run the training, show its stages as they begin; return the exit code."""
    run = settings.var / "run"
    with log.open("w") as file, progress.console.status("training the model …") as status:
        process = subprocess.Popen(
            [*COMMAND, "--out", str(MODEL.parent)],
            cwd=ROOT,
            env=environment.for_rasa(settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        records.remember(run, "train", process.pid)
        try:
            began = time.monotonic()
            for line in process.stdout or ():
                file.write(line)
                if stage := STAGE.search(line):
                    name = stage["name"] or f"{stage['restored']} (unchanged)"
                    status.update(f"training the model: {name} …")
                    progress.done("training", time.monotonic() - began, name)
            return process.wait()
        finally:
            records.end_recorded(run, "train")


def _why_it_failed(log: Path) -> str:
    text = log.read_text(errors="replace")
    if "No space left" in text:
        return f"The disk of {ROOT} is full: free some space, then run `make train`."
    return f"Training failed: read the end of {log}, correct the file it names, then run `make train`."


def _note() -> dict[str, str]:
    try:
        return dict(json.loads(NOTE.read_text()))
    except (OSError, ValueError):
        return {}
