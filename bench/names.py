"""How well spaCy's French model names the merchant of a story, beside our own reading (`python -m bench.names`)."""

import json
import resource
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import spacy

from bot.understanding import read_fields

STORIES = Path(__file__).parent.parent / "tests" / "unit" / "bot" / "understanding" / "stories.jsonl"
NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Brussels"))


def main() -> None:
    """Print precision, recall, time and memory of both."""
    stories = [json.loads(line) for line in STORIES.read_text(encoding="utf-8").splitlines()]
    _score("ours (tuned on these stories)", stories, lambda text: str(read_fields(text, NOW).get("merchant") or ""))
    before, began = _megabytes(), time.perf_counter()
    model = spacy.load("fr_core_news_md", exclude=["parser", "morphologizer", "lemmatizer", "attribute_ruler"])
    print(f"fr_core_news_md loads in {time.perf_counter() - began:.1f} s, +{_megabytes() - before:.0f} MB")
    _score("spaCy ORG", stories, lambda text: next((e.text for e in model(text).ents if e.label_ == "ORG"), ""))


def _score(name: str, stories: list[dict], read: Callable[[str], str]) -> None:
    began = time.perf_counter()
    pairs = [(read(story["text"]).lower(), str(story["fields"].get("merchant", "")).lower()) for story in stories]
    seconds = (time.perf_counter() - began) / len(stories)
    right = sum(bool(got and want and (got in want or want in got)) for got, want in pairs)
    found, wanted = sum(bool(got) for got, _ in pairs), sum(bool(want) for _, want in pairs)
    print(
        f"{name}: precision {right / max(found, 1):.2f}, recall {right / max(wanted, 1):.2f}, {seconds * 1000:.1f} ms"
    )


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
