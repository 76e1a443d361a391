"""Trains what reads a story's fields: finds the candidates in labelled stories, has the engine's Python weigh them."""

import json
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.catalogue import catalogue
from bot.errors import StartupProblem
from bot.runtime import progress
from bot.runtime.checks import check_engine_environment
from bot.runtime.children import ENGINE_PYTHON
from bot.runtime.fingerprint import fingerprint
from bot.settings import ROOT
from bot.understanding import mask
from bot.understanding.fields import candidates_of, is_same
from bot.understanding.judge import WEIGHTS, judge

LABELLED = ROOT / "data" / "reading.jsonl"
COMMAND = [str(ENGINE_PYTHON), "-m", "engine.judging"]
READ = ("data/reading.jsonl", "bot/understanding/*", "bot/runtime/reading.py", "engine/judging.py")


def train_if_needed() -> None:
    """Train unless the present weights were fitted to the present stories by the present rules.

    Raises:
        StartupProblem: training fails.
    """
    if not WEIGHTS.exists() or json.loads(WEIGHTS.read_text(encoding="utf-8")).get("of") != fingerprint(ROOT, READ):
        train()


def train() -> None:
    """Fit the weights anew and put them in their place as a whole.

    Raises:
        StartupProblem: the engine's environment is missing, or fitting fails.
    """
    check_engine_environment(ENGINE_PYTHON)
    began, digest = time.monotonic(), fingerprint(ROOT, READ)
    examples = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in _examples(LABELLED))
    done = subprocess.run(COMMAND, cwd=ROOT, input=examples, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StartupProblem(f"Training on {LABELLED} failed: {done.stderr.strip().splitlines()[-1:]}")
    draft = WEIGHTS.with_suffix(".new")
    draft.parent.mkdir(exist_ok=True)
    draft.write_text(json.dumps({"of": digest, **json.loads(done.stdout)}, ensure_ascii=False), encoding="utf-8")
    draft.replace(WEIGHTS)
    judge.cache_clear()
    progress.done("reading", time.monotonic() - began, "trained")


def _examples(path: Path) -> Iterator[dict[str, Any]]:
    """Yield each candidate of each labelled story, and whether it is right: once as if its sub-type were unknown.

    A field that two readers see differently (`unsure`) teaches nothing.
    """
    subtypes = {subtype.id: subtype for family in catalogue().families.values() for subtype in family.subtypes.values()}
    for line in path.read_text(encoding="utf-8").splitlines():
        story = json.loads(line)
        text, now = mask(story["text"]).text, datetime.fromisoformat(story["now"])
        for subtype in (None, subtypes[story["subtype"]]):
            for candidate in candidates_of(text, now, subtype):
                if candidate.field not in story["unsure"]:
                    right = is_same(candidate.value, story["fields"].get(candidate.field))
                    yield {"field": candidate.field, "cues": sorted(candidate.cues), "right": right}
