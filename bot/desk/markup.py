"""Our messages' markup (docs/messages.md) as safe HTML for advisers: bold and lists; links are shown, never live."""

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

BOLD = re.compile(r"\*\*(?P<words>[^\n]+?)\*\*")
LINK = re.compile(r"\[(?P<label>[^\]\n]+)\]\((?:tel:|mailto:|https:)[^()\s]+\)")
ITEM = re.compile(r"(?P<mark>- |\d+\. )(?P<words>.*)")


def as_html(markup: str) -> SafeString:
    """Return a message of ours as HTML; all that is not markup is escaped."""
    return mark_safe("".join(_blocks(LINK.sub(r"\g<label>", markup).splitlines())))  # noqa: S308 - each block is escaped


def as_text(markup: str) -> str:
    """Return a message of ours without its markup."""
    return BOLD.sub(r"\g<words>", LINK.sub(r"\g<label>", markup))


def _blocks(lines: list[str]) -> Iterator[SafeString]:
    """Yield paragraphs and lists; lines of one list follow each other."""
    for kind, group in groupby(lines, _kind):
        if kind == "text":
            yield format_html(
                "<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", ((_inline(line),) for line in group))
            )
        elif kind:
            items = format_html_join("", "<li>{}</li>", ((_inline(ITEM.sub(r"\g<words>", line)),) for line in group))
            yield format_html("<{0}>{1}</{0}>", mark_safe(kind), items)  # noqa: S308 - "ul" or "ol"


def _kind(line: str) -> str:
    item = ITEM.match(line)
    if item:
        return "ul" if item["mark"] == "- " else "ol"
    return "text" if line.strip() else ""


def _inline(line: str) -> SafeString:
    return mark_safe(BOLD.sub(r"<strong>\g<words></strong>", escape(line)))  # noqa: S308 - escaped first
