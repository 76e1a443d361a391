"""Photos and documents: checked by content, images re-encoded without location or camera data, kept in a store.

The store's client and Pillow are imported where they are used: 8 MB in processes that most often see no file.
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import filetype
import structlog

from bot.conversations.live import announce
from bot.conversations.models import Conversation, Evidence, Message, SentFile
from bot.conversations.scanning import refuse_infected
from bot.errors import RefusedEvidence, StartupProblem
from bot.events.services import record
from bot.settings import Settings, settings

if TYPE_CHECKING:
    from obstore.store import ObjectStore

IMAGES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
PDF = "application/pdf"
MAX_SIDE = 3000  # pixels; a screenshot stays readable
MAX_PIXELS = 64_000_000  # of what is opened: 256 MB once decoded; telephones make up to 50 million
QUALITY = 90  # of JPEG and WebP: small print stays readable
log = structlog.get_logger(__name__)
BROWSERS_SHOW = {"P": "RGBA", "PA": "RGBA", "CMYK": "RGB"}  # a palette would be lost with the metadata


@dataclass(frozen=True)
class Prepared:
    """A file that was checked and cleaned; `id` is its evidence's."""

    id: UUID
    name: str
    media_type: str
    content: bytes


@cache
def store() -> "ObjectStore":
    """Return where the bytes are kept: a folder of `var`, or an S3 bucket."""
    from obstore.store import LocalStore

    chosen = settings()
    if chosen.evidence_store:
        return _bucket(chosen)
    folder = chosen.var / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    return LocalStore(folder)


def max_bytes() -> int:
    """Return the size of the largest file that is taken, in bytes."""
    return settings().evidence_max_megabytes * 1024 * 1024


def prepare(name: str, content: bytes) -> Prepared:
    """Check and clean one file; call outside of transactions: it may take a second, and ask the virus scanner.

    Raises:
        RefusedEvidence: too large, empty, broken, infected, or not a JPEG, PNG, WebP or PDF by its content.
    """
    if len(content) > max_bytes():
        raise RefusedEvidence("evidence_too_large")
    if not content:
        raise RefusedEvidence("evidence_broken")
    media_type = filetype.guess_mime(content) or ""
    if media_type not in (*IMAGES, PDF):
        raise RefusedEvidence("evidence_type")
    refuse_infected(content)
    if media_type in IMAGES:
        content = _without_metadata(content, IMAGES[media_type])
    return Prepared(uuid4(), safe_name(name), media_type, content)


@contextmanager
def stored(conversation: UUID, prepared: Prepared, row: type[Evidence | SentFile] = Evidence) -> Iterator[None]:
    """Store the bytes, and take them away again unless their `row` is committed when the block is left.

    Put it around the transaction: `with stored(…), transaction.atomic():`.

    Raises:
        RefusedEvidence: the store does not take them.
    """
    import obstore
    from obstore.exceptions import BaseError

    key = _key(conversation, prepared)
    try:
        obstore.put(store(), key, prepared.content)
    except (BaseError, OSError) as error:
        log.error("evidence_store_failed", error=type(error).__name__)
        raise RefusedEvidence("evidence_failed") from error
    try:
        yield
    finally:
        if not row._default_manager.filter(pk=prepared.id).exists():
            discard([key])


def keep(conversation: Conversation, message: Message, prepared: Prepared) -> Evidence:
    """Make the row of a stored file that came with `message`; it belongs to the conversation's claim, if there is one.

    The caller holds the conversation's row lock.
    """
    kept = Evidence.objects.create(**_columns(conversation, message, prepared))
    record("evidence_received", conversation.pk, conversation.claim, media_type=kept.media_type, size=kept.size)
    announce(conversation.pk)
    return kept


def keep_sent(conversation: Conversation, message: Message, prepared: Prepared) -> SentFile:
    """Make the row of a stored file that an adviser sends with `message`; the caller holds the row lock."""
    return SentFile.objects.create(**_columns(conversation, message, prepared))


def find(conversation: UUID, file: UUID) -> Evidence | SentFile:
    """Return a file of a conversation, whoever gave it.

    Raises:
        FileNotFoundError: the conversation has none with this id.
    """
    for row in (Evidence, SentFile):
        if found := row._default_manager.filter(pk=file, conversation=conversation).first():
            return found
    raise FileNotFoundError(str(file))


def read(kept: Evidence | SentFile) -> bytes:
    """Return the bytes of a file.

    Raises:
        FileNotFoundError: the store has lost it.
    """
    import obstore

    return bytes(obstore.get(store(), kept.key).bytes())


def discard(keys: Iterable[str]) -> None:
    """Delete stored bytes; unknown keys are ignored."""
    import obstore

    for key in keys:
        try:
            obstore.delete(store(), key)
        except FileNotFoundError:
            continue


def _columns(conversation: Conversation, message: Message, prepared: Prepared) -> dict[str, Any]:
    return {
        "pk": prepared.id,
        "conversation": conversation,
        "message": message,
        "claim": conversation.claim,
        "name": prepared.name,
        "media_type": prepared.media_type,
        "size": len(prepared.content),
        "key": _key(conversation.pk, prepared),
    }


def _key(conversation: UUID, prepared: Prepared) -> str:
    return f"{conversation}/{prepared.id}"


def _bucket(chosen: Settings) -> "ObjectStore":
    """Return the bucket of `s3://bucket/prefix`."""
    from obstore.store import S3Store

    place = urlsplit(chosen.evidence_store)
    if place.scheme != "s3" or not place.netloc:
        raise StartupProblem("CYBERCARE_EVIDENCE_STORE must look like s3://bucket/prefix.")
    keys = {"access_key_id": chosen.store_key_id, "secret_access_key": chosen.store_secret}
    options: dict[str, Any] = {name: key.get_secret_value() for name, key in keys.items() if key.get_secret_value()}
    if chosen.store_endpoint:
        options["endpoint"] = chosen.store_endpoint
        options["client_options"] = {"allow_http": chosen.store_endpoint.startswith("http://")}
    return S3Store(place.netloc, prefix=place.path.strip("/") or None, region=chosen.store_region, **options)


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
