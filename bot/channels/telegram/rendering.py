"""Our markup (`**bold**`, `[label](target)`) as Telegram's HTML, in parts that Telegram takes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

LIMIT = 4096  # UTF-16 code units of one message, once its markup is read
TOKEN = re.compile(r"\*\*(?P<bold>[^\n]+?)\*\*(?!\*)|\[(?P<label>[^\]\n]+)\]\((?P<target>[^()\s]+)\)")
LINKED = ("https://", "http://")  # Telegram drops links to tel: and mailto:, but finds numbers and addresses in text


@dataclass(frozen=True)
class Part:
    """One message of at most LIMIT, as HTML and as plain text."""

    html: str
    plain: str


@dataclass(frozen=True)
class _Run:
    """Characters of one style."""

    text: str
    bold: bool = False
    href: str = ""


def parts(markup: str) -> list[Part]:
    """Return the messages a text makes, none if it is blank; neither words nor styles are broken where avoidable."""
    runs = list(_runs(markup.strip(), _Run("")))
    plain = "".join(run.text for run in runs)
    found = (_part(runs, start, end) for start, end in _cuts(plain))
    return [part for part in found if part.plain.strip()]


def _runs(markup: str, style: _Run) -> Iterator[_Run]:
    """Yield the runs of a text; markup may be nested."""
    position = 0
    for token in TOKEN.finditer(markup):
        yield _Run(markup[position : token.start()], style.bold, style.href)
        position = token.end()
        if token["bold"]:
            yield from _runs(token["bold"], _Run("", True, style.href))
        else:
            yield from _link(token["label"], token["target"], style)
    yield _Run(markup[position:], style.bold, style.href)


def _link(label: str, target: str, style: _Run) -> Iterator[_Run]:
    if target.startswith(LINKED):
        yield from _runs(label, _Run("", style.bold, target))
        return
    yield from _runs(label, style)
    address = target.partition(":")[2]
    if "@" in address or address.startswith("+"):  # short numbers such as 112 have no international form
        shown = "".join(run.text for run in _runs(label, style))
        if address != shown:
            yield _Run(f" ({address})", style.bold)


def _cuts(plain: str) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each part."""
    start = 0
    while start < len(plain):
        end = _fitting(plain, start)
        if end < len(plain):
            end = _good_break(plain, start, end)
        yield start, end
        start = end


def _fitting(plain: str, start: int) -> int:
    """Return the end of the longest piece from `start` that fits."""
    units, end = 0, start
    while end < len(plain):
        units += 2 if ord(plain[end]) > 0xFFFF else 1
        if units > LIMIT:
            return end
        end += 1
    return end


def _good_break(plain: str, start: int, end: int) -> int:
    """Return the end of the last paragraph, line or word in the second half, else `end`."""
    for mark in ("\n\n", "\n", " "):
        found = plain.rfind(mark, start + (end - start) // 2, end)
        if found > start:
            return found + len(mark)
    return end


def _part(runs: list[_Run], start: int, end: int) -> Part:
    html, plain, position = [], [], 0
    for run in runs:
        text = run.text[max(0, start - position) : max(0, end - position)]
        position += len(run.text)
        if text:
            plain.append(text)
            html.append(_html(_Run(text, run.bold, run.href)))
    return Part("".join(html).strip(), "".join(plain).strip())


def _html(run: _Run) -> str:
    html = escape(run.text, quote=False)
    html = f"<b>{html}</b>" if run.bold else html
    return f'<a href="{escape(run.href)}">{html}</a>' if run.href else html
