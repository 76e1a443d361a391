"""Charts as PNG pictures for e-mails, where no script runs; drawn with Pillow at twice their shown size."""

import io
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont

SCALE = 2  # pixels of the picture for one shown
WIDTH, ROW, COLUMN_HEIGHT = 600, 30, 180  # as shown
INK, SOFT, LINE, NOW, BEFORE = "#16302f", "#53686a", "#d6dedc", "#0068a8", "#b4bfca"
Pair = tuple[str, float, float]  # label, now, before


def rows(pairs: Sequence[Pair], shown: Sequence[str]) -> bytes:
    """Return horizontal bars, one row per pair, with `shown` written behind the bar of now."""
    picture, pen = _sheet(ROW * max(1, len(pairs)) + 10)
    largest = max((max(now, before) for _, now, before in pairs), default=0) or 1
    left, room = 250, WIDTH - 250 - 60
    for place, ((label, now, before), text) in enumerate(zip(pairs, shown, strict=True)):
        top = 5 + place * ROW
        _write(pen, (left - 8, top + 13), _fitting(label, left - 16), "rm", INK)
        _bar(pen, (left, top + 4, left + room * now / largest, top + 16), NOW)
        _bar(pen, (left, top + 18, left + room * before / largest, top + 24), BEFORE)
        _write(pen, (left + room * now / largest + 6, top + 10), text, "lm", INK)
    return _png(picture)


def columns(pairs: Sequence[Pair]) -> bytes:
    """Return pairs of vertical bars, one pair per label, with the number above the bar of now."""
    picture, pen = _sheet(COLUMN_HEIGHT + 40)
    largest = max((max(now, before) for _, now, before in pairs), default=0) or 1
    step = WIDTH / max(1, len(pairs))
    floor = COLUMN_HEIGHT + 12
    room = COLUMN_HEIGHT - 14  # of the number above the tallest bar
    pen.line([(0, floor * SCALE), (WIDTH * SCALE, floor * SCALE)], LINE, SCALE)
    for place, (label, now, before) in enumerate(pairs):
        middle = step * (place + 0.5)
        _bar(pen, (middle - 24, floor - room * before / largest, middle - 2, floor), BEFORE)
        _bar(pen, (middle + 2, floor - room * now / largest, middle + 24, floor), NOW)
        _write(pen, (middle + 13, floor - room * now / largest - 9), f"{now:.0f}", "mm", INK)
        _write(pen, (middle, floor + 14), label, "mm", SOFT)
    return _png(picture)


def _sheet(height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (WIDTH * SCALE, height * SCALE), "#ffffff")
    return picture, ImageDraw.Draw(picture)


def _bar(pen: ImageDraw.ImageDraw, box: tuple[float, float, float, float], colour: str) -> None:
    left, top, right, bottom = (round(value * SCALE) for value in box)
    if right > left and bottom > top:
        pen.rectangle((left, top, right, bottom), colour)


def _write(pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, anchor: str, colour: str) -> None:
    pen.text((at[0] * SCALE, at[1] * SCALE), text, colour, _font(), anchor)


def _fitting(text: str, width: float) -> str:
    """Return the text, cut so that it is at most so wide as shown."""
    while text and _font().getlength(text) > width * SCALE:
        text = text.removesuffix("…")[:-1].rstrip() + "…"
    return text


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(files("font_roboto") / "files" / "Roboto-Regular.ttf"), 13 * SCALE)


def _png(picture: Image.Image) -> bytes:
    stored = io.BytesIO()
    picture.save(stored, "PNG", optimize=True)
    return stored.getvalue()
