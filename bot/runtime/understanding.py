"""`cybercare understand`: what the whole pipeline makes of messages, line by line, without any server."""

import json
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from bot.errors import StartupProblem
from bot.runtime import environment
from bot.runtime.checks import check_engine_environment
from bot.runtime.children import ENGINE_PYTHON, MODEL
from bot.runtime.running import load_settings
from bot.settings import ROOT
from bot.understanding import mask, read_fields, read_safety

BRUSSELS = ZoneInfo("Europe/Brussels")
FURTHER_HARM = 0.4  # confidence from which a second family in one message is taken for a second harm


@dataclass(frozen=True)
class Line:
    """One readable line of the input: the masked text, and when it was sent."""

    text: str
    now: datetime


def understand(source: Iterable[str], out: TextIO, complain: TextIO) -> int:
    """Write one JSON line for each readable line of `source`; name the others by number; return how many were bad.

    Raises:
        StartupProblem: there is no model or no engine environment.
    """
    lines, bad = [], 0
    for number, raw in enumerate(source, 1):
        try:
            lines.append(_read(raw))
        except (ValueError, TypeError, KeyError) as error:
            bad += 1
            print(f"line {number}: {type(error).__name__}: {error}", file=complain)
    for line, parsed in zip(lines, _parsed_by_engine(lines), strict=True):
        print(json.dumps(_result(line, parsed), ensure_ascii=False), file=out, flush=True)
    return bad


def _read(raw: str) -> Line:
    given = json.loads(raw)
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise TypeError('expected {"text": "…", "now"?: "ISO date and time"}')
    now = datetime.fromisoformat(given["now"]) if given.get("now") else datetime.now(BRUSSELS)
    return Line(mask(given["text"]).text, now if now.tzinfo else now.replace(tzinfo=BRUSSELS))


def _parsed_by_engine(lines: list[Line]) -> Iterator[dict[str, Any]]:
    chosen = load_settings()
    check_engine_environment(ENGINE_PYTHON)
    if not MODEL.exists():
        raise StartupProblem(f"There is no model {MODEL}: run `make train`.")
    command = [str(ENGINE_PYTHON), "-m", "engine.parsing", str(MODEL)]
    env = environment.for_rasa(chosen) | {"LOG_LEVEL": "ERROR"}
    asked = "".join(json.dumps({"text": line.text}) + "\n" for line in lines)
    done = subprocess.run(command, cwd=ROOT, env=env, input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StartupProblem("The model cannot be loaded: run `make train`.")
    for answer in done.stdout.splitlines():
        yield json.loads(answer)


def _result(line: Line, parsed: dict[str, Any]) -> dict[str, Any]:
    ranking = [(intent["name"].removeprefix("report_"), intent["confidence"]) for intent in parsed["ranking"]]
    best, confidence = ranking[0] if ranking else ("out_of_scope", 0.0)
    families = {guess["intent"].removeprefix("report_") for guess in parsed["incident"]}
    also = [name for name, share in ranking[1:] if name in families and share >= FURTHER_HARM and best in families]
    subtype = next((g["subtype"] for g in parsed["incident"] if g["intent"] == f"report_{best}"), None)
    return {
        "family" if best in families else "intent": best,
        "label": "multi" if also else best,
        "subtype": subtype if best in families else None,
        "confidence": round(confidence, 4),
        "second": ranking[1][0] if len(ranking) > 1 else None,
        "also": also,
        "safety": read_safety(line.text, line.now).level,
        "fields": read_fields(line.text, line.now),
        "masked_text": line.text,
    }
