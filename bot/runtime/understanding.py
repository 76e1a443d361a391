"""`cybercare understand`: what the whole pipeline makes of messages, line by line, without any server."""

import json
import subprocess
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from threading import Thread
from typing import IO, Any, TextIO
from zoneinfo import ZoneInfo

from bot.catalogue import catalogue
from bot.errors import StartupProblem
from bot.runtime import environment
from bot.runtime.checks import check_engine_environment
from bot.runtime.children import ENGINE, ENGINE_PYTHON, MODEL
from bot.runtime.running import load_settings
from bot.settings import ROOT
from bot.understanding import mask, read_fields, read_safety
from bot.understanding.safety import LIFE_TOLD

BRUSSELS = ZoneInfo("Europe/Brussels")
LONGEST_TEXT = 20_000  # characters; a longer one is no message
EARLIEST, LATEST = 2000, 2100  # years in which a message may have been sent
DISTRESS, LIFE = "distress", "life"
LABELS = frozenset(
    ("fraud", "suspicious_behaviour", "failed_delivery", "insults", "out_of_scope", "greet", "thank", "affirm", "deny")
    + ("ask_human", "ask_status", "ask_cover")
)
CLOSEST = {  # our further intents by the label that says most of them; those left out take the likeliest of LABELS
    "goodbye": "thank",
    "ask_bot": "ask_human",
    "start_over": "greet",
    "cancel": "deny",
    "correct": "deny",
    "dont_know": "deny",
    "skip": "deny",
    "other_language": "out_of_scope",
}
type Parsed = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One readable line of the input: the masked text, and when it was sent."""

    text: str
    now: datetime


def understand(source: Iterable[bytes], out: TextIO, complain: TextIO) -> int:
    """Write one JSON line for each readable line of `source`, as soon as the engine answers; return how many were bad.

    Bad lines (not UTF-8, not JSON, no text, too long) are named by number on `complain`; the others go on.

    Raises:
        StartupProblem: there is no model or no engine environment.
    """
    lines, bad = [], 0
    for number, raw in enumerate(source, 1):
        try:
            lines.append(read_line(raw))
        except (ValueError, TypeError, RecursionError) as error:
            bad += 1
            print(f"line {number}: {error}", file=complain, flush=True)
    for line, parsed in zip(lines, _parsed_by_engine(lines), strict=True):
        print(json.dumps(result(line, parsed), ensure_ascii=False), file=out, flush=True)
    return bad


def read_line(raw: bytes) -> Line:
    """Read one line of the input; a time without zone is one of Brussels, no time is the present.

    Raises:
        ValueError: it is not UTF-8 or not JSON, its text is empty, too long or broken, or its time is none.
        TypeError: it is JSON of another shape.
    """
    given = json.loads(raw.decode("utf-8"))
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise TypeError('expected {"text": "…", "now"?: "ISO date and time"}')
    text = given["text"]
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise ValueError(f"the text has {len(text)} characters: expected 1 to {LONGEST_TEXT}, not all blank")
    text.encode("utf-8")  # refuses half of a surrogate pair, which no output could carry
    return Line(mask(text).text, _moment(given.get("now")))


def _moment(stated: Any) -> datetime:
    if stated is None:
        return datetime.now(BRUSSELS)
    if not isinstance(stated, str):
        raise TypeError('"now" must be an ISO date and time')
    now = datetime.fromisoformat(stated)
    if not EARLIEST <= now.year <= LATEST:
        raise ValueError(f'"now" is in the year {now.year}: expected {EARLIEST} to {LATEST}')
    return now if now.tzinfo else now.replace(tzinfo=BRUSSELS)


def _parsed_by_engine(lines: list[Line]) -> Iterator[Parsed]:
    if not lines:
        return
    chosen = load_settings()
    check_engine_environment(ENGINE_PYTHON)
    if not MODEL.exists():
        raise StartupProblem(f"There is no model {MODEL}: run `make train`.")
    command = [*ENGINE, "parse", str(MODEL)]
    env = environment.for_rasa(chosen) | {"LOG_LEVEL": "ERROR"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=env, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as engine:
        if engine.stdin is None or engine.stdout is None or engine.stderr is None:
            raise StartupProblem("The engine has no pipes.")
        Thread(target=_send, args=(lines, engine.stdin), daemon=True).start()
        Thread(target=deque, args=(engine.stderr, 0), daemon=True).start()  # a full pipe would stop the engine
        answered = 0
        for answered, answer in enumerate(engine.stdout, 1):  # noqa: B007 - counted for the check below
            yield json.loads(answer)
    if answered != len(lines):
        raise StartupProblem(f"The engine answered {answered} of {len(lines)} lines: run `make train`.")


def _send(lines: list[Line], engine: IO[str]) -> None:
    try:
        with engine:
            engine.writelines(json.dumps({"text": line.text}) + "\n" for line in lines)
    except BrokenPipeError:
        return  # it has ended; the missing answers are noticed


def result(line: Line, parsed: Parsed) -> dict[str, Any]:
    """Return what is written for one line: family or intent, its label, sub-type, further harms, urgency, fields."""
    ranking = [(intent["name"].removeprefix("report_"), intent["confidence"]) for intent in parsed["ranking"]]
    best, confidence = ranking[0] if ranking else ("out_of_scope", 0.0)
    families = {intent["name"].removeprefix("report_") for intent in parsed["ranking"] if "report_" in intent["name"]}
    also = [guess["intent"].removeprefix("report_") for guess in parsed.get("also") or []]
    subtype = next((g["subtype"] for g in parsed["incident"] if g["intent"] == f"report_{best}"), None)
    is_danger = best == DISTRESS or parsed.get("danger", 0.0) >= LIFE_TOLD
    return {
        "family" if best in families else "intent": best,
        "label": "multi" if also else label_of(ranking),
        "subtype": subtype if best in families else None,
        "confidence": round(confidence, 4),
        "second": ranking[1][0] if len(ranking) > 1 else None,
        "also": also,
        "safety": LIFE if is_danger else read_safety(line.text, line.now).level,
        "fields": read_fields(line.text, line.now, catalogue().find(best, subtype)),
        "masked_text": line.text,
    }


def label_of(ranking: list[tuple[str, float]]) -> str:
    """Return the one of `LABELS` for a ranking of families and intents, the likeliest first.

    An intent that is none of them ("report", "distress", "ask_advice", …) comes from somebody who was harmed: the
    likeliest label of the rest says by what. A message without any letter has no ranking and is not ours.
    """
    best = ranking[0][0] if ranking else "out_of_scope"
    if best in LABELS or best in CLOSEST:
        return CLOSEST.get(best, best)
    return next((name for name, _ in ranking if name in LABELS), "out_of_scope")
