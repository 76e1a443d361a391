"""Trains what understands messages where data or configuration changed; Rasa's own words go to `var/logs/train.log`."""

import json
import re
import shutil
import subprocess
import time
from pathlib import Path

from bot.errors import StartupProblem
from bot.runtime import environment, progress, reading, records
from bot.runtime.checks import check_engine_environment, check_room
from bot.runtime.children import ENGINE, ENGINE_PYTHON, MODEL
from bot.runtime.fingerprint import file_digest, fingerprint
from bot.settings import ROOT, Settings

NOTE = MODEL.with_suffix("").with_suffix(".json")  # models/cybercare.json
STAGE = re.compile(r"(?P<event>Starting to train|Finished training|Restored) component '(?P<name>\w+)'")
COMMAND = [*ENGINE, "train"]
NAMED = ["--fixed-model-name", MODEL.name.removesuffix(".tar.gz")]


def train_if_needed(settings: Settings) -> None:
    """Train unless the present model was trained on the present data and configuration.

    Raises:
        StartupProblem: training fails, or the model's file is not what training wrote.
    """
    reading.train_if_needed()
    note = _note()
    if not MODEL.exists() or note.get("fingerprint") != fingerprint(ROOT):
        _train_model(settings)
    elif note.get("model") != file_digest(MODEL):
        raise StartupProblem(f"The model {MODEL} is broken (not what training wrote): run `make train`.")


def train(settings: Settings) -> None:
    """Train anew, what reads the fields of a story too, and remember on what.

    Raises:
        StartupProblem: training fails; the message names the log.
    """
    reading.train()
    _train_model(settings)


def _train_model(settings: Settings) -> None:
    check_engine_environment(ENGINE_PYTHON)
    check_room(ROOT)
    began, trained_on = time.monotonic(), fingerprint(ROOT)
    log = settings.var / "logs" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    trained = settings.var / "training" / MODEL.name
    if _run_rasa(settings, log, trained.parent) != 0 or not trained.exists():
        raise StartupProblem(_why_it_failed(log))
    _put_in_place(trained, trained_on)
    progress.done("model", time.monotonic() - began, "trained")


def _put_in_place(trained: Path, trained_on: str) -> None:
    """Replace the model as a whole: an engine that starts meanwhile finds the old one or the new one."""
    draft = MODEL.with_name("new.tar.gz")
    MODEL.parent.mkdir(exist_ok=True)
    shutil.move(trained, draft)
    note = {"fingerprint": trained_on, "model": file_digest(draft)}
    draft.replace(MODEL)
    NOTE.write_text(json.dumps(note))


def _run_rasa(settings: Settings, log: Path, out: Path) -> int:
    """Run the training, show its stages as they begin; return the exit code."""
    run = settings.var / "run"
    with log.open("w") as file, progress.stages("training", "reading the data") as enter:
        process = subprocess.Popen(
            [*COMMAND, *NAMED, "--out", str(out.resolve())],
            cwd=ROOT,
            env=environment.for_rasa(settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        records.remember(run, "train", process.pid)
        try:
            for line in process.stdout or ():
                file.write(line)
                if stage := STAGE.search(line):
                    enter(stage["name"] if stage["event"].startswith("Starting") else "encoding the examples")
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
