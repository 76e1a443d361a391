"""Small pictures and documents for tests of evidence."""

import io
from typing import Any

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
GPS, ORIENTATION, UPSIDE_DOWN = 0x8825, 0x0112, 3  # tags of EXIF 2.32


def picture(kind: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """Return a picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, "red").convert(mode).save(out, kind, **options)
    return out.getvalue()


def photo_with_gps() -> bytes:
    """Return a JPEG that tells where it was taken, and that is to be turned."""
    exif = Image.Exif()
    exif[ORIENTATION] = UPSIDE_DOWN
    exif.get_ifd(GPS).update({1: "N", 2: (50.0, 50.0, 47.0), 3: "E", 4: (4.0, 21.0, 9.0)})
    top_red = Image.new("RGB", (40, 30), "blue")
    top_red.paste("red", (0, 0, 40, 15))
    out = io.BytesIO()
    top_red.save(out, "JPEG", exif=exif, comment=b"somebody's telephone")
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    """Return the picture in these bytes."""
    return Image.open(io.BytesIO(content))
