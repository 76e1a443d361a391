"""Sends one of our messages, part by part, and remembers each part at once: only one in flight can be repeated."""

import math
from contextlib import suppress
from datetime import timedelta
from typing import assert_never

import structlog
from django.db import connection
from django.utils import timezone
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.channels.telegram.client import client
from bot.channels.telegram.rendering import Part, parts
from bot.conversations import buttons, evidence
from bot.conversations.models import Conversation, Message, SentFile
from bot.events.services import record
from bot.texts import say

# What `delivery_id` says while `delivered_at` is empty; also "2 parts, the last is 815" as "2:815".
KEPT_BACK = "kept-back"  # until the member unblocks the bot
REFUSED = "refused"  # by Telegram, for good
PHOTOS = ("image/jpeg", "image/png")
PHOTO_BYTES = 10 * 1024 * 1024  # the Bot API's limit for photos; documents may have 50 MB
FILE_SECONDS = 60.0
WIDE = 18  # characters: longer titles get a row of their own
log = structlog.get_logger(__name__)


def send(message_id: int) -> None:
    """Deliver a message unless that is done already; safe to repeat.

    Raises:
        telegram.error.TelegramError: not this time; RetryAfter tells when.
    """
    message = Message.objects.select_related("conversation").filter(pk=message_id).first()
    if message is None or message.delivered_at or message.delivery_id == REFUSED:
        return
    if not message.conversation.reachable:
        _remember(message, KEPT_BACK)
        return
    try:
        _send_rest(message)
    except Forbidden:
        _remember(message, KEPT_BACK)
        Conversation.objects.filter(pk=message.conversation_id).update(reachable=False)
        record("member_unreachable", message.conversation_id, number=message.number)
    except (BadRequest, ChatMigrated, FileNotFoundError) as error:
        _remember(message, REFUSED)
        record("delivery_refused", message.conversation_id, number=message.number)
        log.error("telegram_message_refused", message_id=message.pk, error=type(error).__name__)


def acknowledge(query: str, sentence: str) -> None:
    """Answer a tap, with a sentence if there is one to say; Telegram refuses when it is too old: no harm."""
    connection.close()
    client().try_call(client().bot.answer_callback_query(query, text=say(sentence) if sentence else None))


def show_choice(message_id: int, index: int) -> None:
    """Leave only the chosen button, ticked, under our message: readable, and harmless when tapped again."""
    message = Message.objects.select_related("conversation").filter(pk=message_id).first()
    if message is None or not message.delivered_at:
        return
    chosen = InlineKeyboardButton(f"✓ {message.buttons[index]['title']}", callback_data=buttons.token(message, index))
    change = client().bot.edit_message_reply_markup(
        chat_id=message.conversation.address,
        message_id=int(message.delivery_id),
        reply_markup=InlineKeyboardMarkup([[chosen]]),
    )
    connection.close()
    client().try_call(change)


def show_typing(chat: int) -> None:
    """Show that an answer is being written, without waiting for Telegram; failures do not matter."""
    client().begin(_typing(chat))


def seconds_to_wait(error: RetryAfter) -> int:
    """Return how many seconds Telegram asks us to leave it alone."""
    match error.retry_after:
        case timedelta() as wait:
            return math.ceil(wait.total_seconds())
        case int() as seconds:
            return seconds
        case other:
            assert_never(other)


async def _typing(chat: int) -> None:
    try:
        await client().bot.send_chat_action(chat, ChatAction.TYPING)
    except TelegramError:
        return


def _send_rest(message: Message) -> None:
    """Send the files and parts that are not sent yet; the buttons come under the last."""
    all_parts: list[SentFile | Part] = [*message.sent_files.order_by("sent_at"), *parts(message.text)]
    done = int(message.delivery_id.partition(":")[0]) if ":" in message.delivery_id else 0
    sent = message.delivery_id.rpartition(":")[2]
    for number, part in enumerate(all_parts[done:], done + 1):
        keyboard = _keyboard(message) if number == len(all_parts) else None
        connection.close()  # Telegram may take seconds; the connection goes back to the pool meanwhile
        sent = str(_send_one(message, part, keyboard))
        if number < len(all_parts):
            _remember(message, f"{number}:{sent}")
    message.delivered_at = timezone.now()
    _remember(message, sent)


def _send_one(message: Message, part: SentFile | Part, keyboard: InlineKeyboardMarkup | None) -> int:
    """Return Telegram's id of what was sent."""
    if isinstance(part, SentFile):
        return _send_file(message, part, keyboard)
    return _send_part(message, part, keyboard)


def _send_part(message: Message, part: Part, keyboard: InlineKeyboardMarkup | None) -> int:
    """Return Telegram's id of the sent part; what it cannot read as HTML goes as plain text."""
    bot, chat = client().bot, message.conversation.address
    assert chat is not None, "every conversation of this channel has an address"
    quiet = LinkPreviewOptions(is_disabled=True)
    try:
        sending = bot.send_message(
            chat, part.html, parse_mode=ParseMode.HTML, reply_markup=keyboard, link_preview_options=quiet
        )
        return client().call(sending).message_id
    except BadRequest as error:
        if "entities" not in error.message:
            raise
        log.error("telegram_markup_refused", message_id=message.pk)
        return client().call(bot.send_message(chat, part.plain, reply_markup=keyboard)).message_id


def _send_file(message: Message, file: SentFile, keyboard: InlineKeyboardMarkup | None) -> int:
    """Return Telegram's id of the sent file: a picture where Telegram takes it as one, else a document.

    Raises:
        FileNotFoundError: the store has lost it.
    """
    bot, chat, content = client().bot, message.conversation.address, evidence.read(file)
    assert chat is not None, "every conversation of this channel has an address"
    connection.close()
    if file.media_type in PHOTOS and len(content) <= PHOTO_BYTES:
        with suppress(BadRequest):  # too long or too wide, for one
            photo = bot.send_photo(chat, content, filename=file.name, reply_markup=keyboard, write_timeout=FILE_SECONDS)
            return client().call(photo).message_id
    sending = bot.send_document(chat, content, filename=file.name, reply_markup=keyboard, write_timeout=FILE_SECONDS)
    return client().call(sending).message_id


def _keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """Return the message's buttons: short ones in pairs, long ones each in a row."""
    rows: list[list[InlineKeyboardButton]] = []
    in_card = {line.get("button") for line in (message.card or {}).get("lines", [])}  # the page's alone
    for index, button in enumerate(message.buttons):
        if index in in_card:
            continue
        tappable = InlineKeyboardButton(button["title"], callback_data=buttons.token(message, index))
        short = len(button["title"]) <= WIDE
        if short and rows and len(rows[-1]) == 1 and len(rows[-1][0].text) <= WIDE:
            rows[-1].append(tappable)
        else:
            rows.append([tappable])
    return InlineKeyboardMarkup(rows) if rows else None


def _remember(message: Message, delivery_id: str) -> None:
    message.delivery_id = delivery_id
    message.save(update_fields=["delivery_id", "delivered_at"])
