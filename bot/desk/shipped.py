"""The ready answers that a new installation begins with (`data/canned_replies.yml`)."""

import yaml

from bot.settings import ROOT

FILE = ROOT / "data" / "canned_replies.yml"


def shipped_replies() -> list[dict[str, str]]:
    """Return them as `shortcut`, `title` and `text` with placeholders."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))["replies"]
    return [{"shortcut": name, "title": each["title"], "text": each["text"].strip()} for name, each in raw.items()]
