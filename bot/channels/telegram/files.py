"""Fetches the photos and documents members send into the evidence storage, each with one receipt."""

from django.db import connection
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.telegram.client import client
from bot.conversations import files
from bot.conversations.models import Message
from bot.errors import RefusedEvidence
from bot.settings import settings

ATTEMPTS = 5  # about half a minute in all; then the member is asked to send the file again
GET_FILE_MEGABYTES = 20  # what the Bot API lets bots download (core.telegram.org/bots/api#getfile)
READ_SECONDS = 60.0


def fetch(message_id: int, last_attempt: bool) -> None:
    """Download, keep and confirm what came with a message, or say why not; safe to repeat.

    Raises:
        telegram.error.TelegramError: Telegram is out of reach, and this was not the last attempt.
    """
    message = Message.objects.filter(pk=message_id).first()
    if message is None or message.card is None or _is_settled(message):
        return
    name = message.card["name"]
    connection.close()  # the download may take seconds; the connection goes back to the pool meanwhile
    try:
        content = _download(message.card["file_id"], message.card["size"])
    except RefusedEvidence as error:
        files.refuse(message, files.sentence(error.reason, name, _limit()))
    except TelegramError:
        if not last_attempt:
            raise
        files.refuse(message, files.sentence("evidence_failed"))
    else:
        files.settle(message, name, content, _limit())


def _download(file_id: str, size: int) -> bytes:
    """Return the file's bytes.

    Raises:
        RefusedEvidence: Telegram does not give it to bots.
        telegram.error.TelegramError: out of reach; try again.
    """
    if size > _limit() * 1024 * 1024:
        raise RefusedEvidence("evidence_too_large")
    try:
        file = client().call(client().bot.get_file(file_id))
        return bytes(client().call(file.download_as_bytearray(read_timeout=READ_SECONDS)))
    except (BadRequest, Forbidden) as error:
        too_large = "too big" in error.message
        raise RefusedEvidence("evidence_too_large" if too_large else "evidence_failed") from error


def _is_settled(message: Message) -> bool:
    return Message.objects.filter(conversation=message.conversation_id, external_id=files.receipt_key(message)).exists()


def _limit() -> int:
    """Return the largest file that is taken, in megabytes."""
    return min(settings().evidence_max_megabytes, GET_FILE_MEGABYTES)
