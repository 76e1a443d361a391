"""The one table of keys, what does them, and what the documentation says of them."""

import re
from pathlib import Path

from bot.settings import ROOT

DESK = ROOT / "bot" / "desk"
TABLE = (DESK / "templates" / "desk" / "_keys.html").read_text()
LINES = re.findall(r'<div data-key="(.)" data-act="(\w+)"><dt><kbd>(.)</kbd>', TABLE)


def texts(folder: str, pattern: str) -> str:
    return "\n".join(path.read_text() for path in Path(DESK / folder).rglob(pattern) if path.name != "_keys.html")


def test_the_key_that_is_shown_is_the_one_that_acts_and_each_has_one_act():
    assert len(LINES) > 10
    assert all(key == shown for key, _, shown in LINES)
    assert len({key for key, _, _ in LINES}) == len({act for _, act, _ in LINES}) == len(LINES)


def test_every_act_is_done_by_the_script_or_by_something_on_the_page():
    script = (DESK / "static" / "desk" / "keys.js").read_text()
    done = set(re.findall(r"^  (\w+):", script, re.MULTILINE))
    carried = set(re.findall(r'data-act="(\w+)"', texts("templates", "*.html")))
    assert {act for _, act, _ in LINES} <= done | carried


def test_the_documentation_names_the_same_keys():
    rows = re.findall(r"^\| (`[^|]+) \|", (ROOT / "docs" / "desk.md").read_text(), re.MULTILINE)
    documented = [key for row in rows if "`j`" in "".join(rows) for key in re.findall(r"`([^`]+)`", row)]
    shown = re.findall(r"<kbd>([^<]+)</kbd>", TABLE)
    assert set(shown) <= set(documented)
    assert {key for key in documented if len(key) == 1} <= set(shown)
