"""Reads a Telegram update: what the member did, in neutral form; nothing here touches the database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType

WANTED = ["message", "edited_message", "callback_query"]  # the kinds of update that are asked for

COMMANDS = {
    "/start": "welcome",
    "/aide": "help",
    "/help": "help",
    "/statut": "/ask_status",
    "/pieces": "checklist",
    "/dossier": "claim_page",
    "/conseiller": "ask_human",
    "/effacer": "ask_erasure",
}
MENU = {
    "statut": "Où en est mon dossier",
    "pieces": "Les pièces à fournir",
    "dossier": "Lire ou imprimer mon dossier",
    "conseiller": "Parler à une personne",
    "aide": "Ce que je peux faire",
    "effacer": "Effacer cette conversation",
}
# Contents that members send and that are not read; what is in neither list is a notice of Telegram's own.
UNREAD = (
    *("animation", "sticker", "voice", "audio", "video", "video_note", "contact", "location", "venue", "poll"),
    *("dice", "story", "game", "checklist", "paid_media"),
)


@dataclass(frozen=True)
class Attachment:
    """A file that Telegram keeps for us. `size` in bytes, 0 when not told."""

    file_id: str
    name: str
    size: int


@dataclass(frozen=True)
class Written:
    """A new message in a private chat; `unread` when it holds something that cannot be read."""

    chat: int
    message: int
    text: str
    sent_at: datetime
    command: str = ""
    attachment: Attachment | None = None
    unread: bool = False


@dataclass(frozen=True)
class Edited:
    """The new text of a message sent before."""

    chat: int
    message: int
    text: str
    edited_at: datetime


@dataclass(frozen=True)
class Tapped:
    """A button was tapped; `query` must be acknowledged, whatever the `token` is worth."""

    chat: int
    query: str
    token: str


@dataclass(frozen=True)
class Elsewhere:
    """Something was written in a group."""

    chat: int


Arrival = Written | Edited | Tapped | Elsewhere


def read(raw: dict[str, Any]) -> Arrival | None:
    """Return what an update says; None for what is ignored on purpose (channels, reactions, polls, notices).

    Raises:
        Exception: the update has not the form that the Bot API documents; which one depends on the damage.
    """
    update = Update.de_json(raw, None)
    if update.message:
        return _written(update.message)
    if update.edited_message:
        return _edited(update.edited_message)
    if update.callback_query:
        return _tapped(update.callback_query)
    return None


def _written(message: Message) -> Written | Elsewhere | None:
    if message.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP):
        return Elsewhere(message.chat.id)
    text = message.text or message.caption or ""
    attachment = _attachment(message)
    unread = not attachment and any(getattr(message, content) for content in UNREAD)
    if message.chat.type != ChatType.PRIVATE or not (text or attachment or unread):
        return None
    command = _command(message.text or "")
    return Written(message.chat.id, message.message_id, text, message.date, command, attachment, unread)


def _edited(message: Message) -> Edited | None:
    """Return the edit; a moving live location and the like have no text and are ignored."""
    text = message.text or message.caption
    if not text or message.chat.type != ChatType.PRIVATE:
        return None
    return Edited(message.chat.id, message.message_id, text, message.edit_date or message.date)


def _tapped(query: CallbackQuery) -> Tapped:
    """Return the tap; the private chat with a member has the member's own id."""
    return Tapped(query.from_user.id, query.id, query.data or "")


def _command(text: str) -> str:
    """Return the command that a text begins with, if it is one of ours: `/aide@our_bot` is `/aide`."""
    first = text.split(maxsplit=1)[0] if text.startswith("/") else ""
    return COMMANDS.get(first.partition("@")[0].lower(), "")


def _attachment(message: Message) -> Attachment | None:
    """Return the largest size of a photo, or the document; a GIF is both document and animation: not taken."""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Attachment(largest.file_id, "photo.jpg", largest.file_size or 0)
    if message.document and not message.animation:
        document = message.document
        return Attachment(document.file_id, document.file_name or "document", document.file_size or 0)
    return None
