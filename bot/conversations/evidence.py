"""Photos and documents: checked by content, images re-encoded without location or camera data, kept in a store."""

import io
from collections.abc import Iterable
from functools import cache
from uuid import uuid4

import filetype
import obstore
from obstore.store import LocalStore, ObjectStore

from bot.conversations.live import announce
from bot.conversations.models import Conversation, Evidence, Message
from bot.errors import RefusedEvidence
from bot.events.services import record
from bot.settings import settings

IMAGES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
PDF = "application/pdf"
MAX_SIDE = 3000  # pixels; a screenshot stays readable
MAX_PIXELS = 64_000_000  # of what is opened: 256 MB once decoded; telephones make up to 50 million
QUALITY = 90  # of JPEG and WebP: small print stays readable
BROWSERS_SHOW = {"P": "RGBA", "PA": "RGBA", "CMYK": "RGB"}  # a palette would be lost with the metadata


@cache
def store() -> ObjectStore:
    """Return where the bytes are kept: a folder of `var`."""
    folder = settings().var / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    return LocalStore(folder)


def max_bytes() -> int:
    """Return the size of the largest file that is taken, in bytes."""
    return settings().evidence_max_megabytes * 1024 * 1024


def keep(conversation: Conversation, message: Message, name: str, content: bytes) -> Evidence:
    """Store one file a member gave with `message`; call within the message's transaction.

    Raises:
        RefusedEvidence: too large, empty, broken, or not a JPEG, PNG, WebP or PDF by its content.
    """
    if len(content) > max_bytes():
        raise RefusedEvidence("evidence_too_large")
    if not content:
        raise RefusedEvidence("evidence_broken")
    media_type = filetype.guess_mime(content) or ""
    if media_type in IMAGES:
        content = _without_metadata(content, IMAGES[media_type])
    elif media_type != PDF:
        raise RefusedEvidence("evidence_type")
    key = f"{conversation.pk}/{uuid4()}"
    obstore.put(store(), key, content)
    kept = Evidence.objects.create(
        conversation=conversation,
        message=message,
        name=safe_name(name),
        media_type=media_type,
        size=len(content),
        key=key,
    )
    record("evidence_received", conversation.pk, media_type=media_type, size=len(content))
    announce(conversation.pk)
    return kept


def read(kept: Evidence) -> bytes:
    """Return the bytes of a file.

    Raises:
        FileNotFoundError: the store has lost it.
    """
    return bytes(obstore.get(store(), kept.key).bytes())


def discard(keys: Iterable[str]) -> None:
    """Delete stored bytes; unknown keys are ignored."""
    for key in keys:
        try:
            obstore.delete(store(), key)
        except FileNotFoundError:
            continue


def _without_metadata(content: bytes, image_format: str) -> bytes:
    """Return the same picture, upright, without EXIF, GPS or anything hidden behind the pixels."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content), formats=[image_format]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise RefusedEvidence("evidence_too_large")
            picture.thumbnail((MAX_SIDE, MAX_SIDE))  # first: a large JPEG is then never decoded in full
            upright = ImageOps.exif_transpose(picture)
            shown = upright.convert(BROWSERS_SHOW.get(upright.mode, upright.mode))
            clean = Image.new(shown.mode, shown.size)
            clean.paste(shown)
            out = io.BytesIO()
            clean.save(out, image_format, quality=QUALITY)
            return out.getvalue()
    except Image.DecompressionBombError as error:
        raise RefusedEvidence("evidence_too_large") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise RefusedEvidence("evidence_broken") from error


def safe_name(name: str) -> str:
    """Return a file name without folders or control characters, at most 120 characters."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in plain if char.isprintable())[:120].strip() or "document"
