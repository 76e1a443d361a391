"""Small pictures that stand for screenshots and statements, each marked as invented."""

import io
import random
from dataclasses import dataclass
from uuid import UUID

import obstore
from PIL import Image, ImageDraw

from bot.conversations.evidence import store

SIZE = (540, 720)  # pixels
PAPER, INK, LINE, MARK = "#f7f7f5", "#3a3f4b", "#c9ccd3", "#b3261e"


@dataclass(frozen=True)
class Picture:
    """One PNG."""

    name: str
    content: bytes

    def put(self, conversation: UUID, file: UUID) -> str:
        """Store it as the file of a conversation; return the key (bot/conversations/evidence.py has the same)."""
        key = f"{conversation}/{file}"
        obstore.put(store(), key, self.content)
        return key


def draw(names: list[str], chance: random.Random) -> list[Picture]:
    """Return one picture per name."""
    return [Picture(name, _draw(name, chance)) for name in names]


def _draw(name: str, chance: random.Random) -> bytes:
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, SIZE[0], 76), fill=INK)
    pen.text((24, 24), name.removesuffix(".png").replace("-", " ").capitalize(), fill=PAPER, font_size=26)
    for row in range(110, 600, 42):
        pen.rectangle((24, row, 24 + chance.randint(140, 330), row + 14), fill=LINE)
        pen.rectangle((SIZE[0] - 24 - chance.randint(50, 90), row, SIZE[0] - 24, row + 14), fill=LINE)
    pen.text((24, 650), "DÉMO : document inventé", fill=MARK, font_size=30)
    out = io.BytesIO()
    picture.quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()
