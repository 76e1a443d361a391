"""Stores what an update says, once, in one transaction with the jobs it causes; no network here."""

from typing import Any

import structlog
from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError, transaction
from procrastinate.exceptions import ConnectorException

from bot.channels.telegram import tasks
from bot.channels.telegram.staff import is_staff_chat
from bot.channels.telegram.updates import Arrival, Attachment, Edited, Elsewhere, Tapped, Written, read
from bot.conversations import buttons
from bot.conversations.delivery import deliver
from bot.conversations.models import Conversation, Message
from bot.conversations.notices import notify
from bot.conversations.ownership import Owner
from bot.conversations.receiving import Inbound, edit, open_conversation, receive
from bot.errors import NotYours
from bot.texts import say

CHANNEL = "telegram"
# Away, restarting, or not migrated yet: the same update can be stored later.
DATABASE_TROUBLE = (OperationalError, InterfaceError, InternalError, ProgrammingError, ConnectorException)
log = structlog.get_logger(__name__)


def accept(raw: dict[str, Any]) -> int | None:
    """Store an update; sent again, it changes nothing. Return the chat in which the bot now prepares an answer.

    Raises:
        One of DATABASE_TROUBLE: it is not stored and must come again. Nothing else: an update that cannot be
        read is logged and given up, because it would come back for ever.
    """
    try:
        arrival = read(raw)
        if isinstance(arrival, Elsewhere) and is_staff_chat(arrival.chat):
            return None
        with transaction.atomic():
            return _store(arrival) if arrival else None
    except DATABASE_TROUBLE:
        raise
    except Exception as error:  # the edge to the outside: no update may stop those behind it
        log.error("telegram_update_given_up", update_id=raw.get("update_id"), error=type(error).__name__)
        return None


def _store(arrival: Arrival) -> int | None:
    """Store an arrival under its conversation's lock, which all writers take first."""
    opened = open_conversation(CHANNEL, str(arrival.chat))
    conversation = Conversation.objects.select_for_update().get(pk=opened.pk)
    match arrival:
        case Elsewhere():  # one id for the whole group: declined once
            receive(Inbound(conversation.pk, "private_only", command="private_only"))
            return None
        case Edited():
            to_answer = _store_edit(conversation, arrival)
        case Written():
            to_answer = _store_message(conversation, arrival)
        case Tapped():
            to_answer = _store_tap(conversation, arrival)
    _welcome_back(conversation)
    return arrival.chat if to_answer and conversation.owner == Owner.BOT else None


def _store_message(conversation: Conversation, written: Written) -> bool:
    """Return whether there is something new to answer, as the other two do."""
    key = _key(written)
    if conversation.messages.filter(external_id=key).exists():
        return False
    command = written.command
    if not written.text:
        command = "attachment" if written.attachment else "unsupported"
    message = receive(Inbound(conversation.pk, key, written.text, command, written.sent_at))
    if written.attachment:
        _fetch_later(message, written.attachment)
    elif written.unread and written.text:  # the caption is answered as text, and this is said besides
        notify(conversation.pk, f"unread:{key}", say("unsupported"))
    return bool(written.text)


def _fetch_later(message: Message, attachment: Attachment) -> None:
    """Keep what names the file in the message's row: erased with it, and never in a job's logged arguments."""
    message.card = {"file_id": attachment.file_id, "name": attachment.name, "size": attachment.size}
    message.save(update_fields=["card"])
    tasks.fetch_telegram_file.defer(message_id=message.pk)


def _store_edit(conversation: Conversation, edited: Edited) -> bool:
    """Record an edit and say so once per message; one of a message never seen is a new message."""
    key = _key(edited)
    known = conversation.messages.filter(external_id=key).first()
    if known is None:
        receive(Inbound(conversation.pk, key, edited.text, sent_at=edited.edited_at))
        return True
    if known.edited_at is None or known.edited_at <= edited.edited_at:
        edit(conversation, key, edited.text, edited.edited_at)
        notify(conversation.pk, f"edited:{key}", say("edited"))
    return False


def _store_tap(conversation: Conversation, tapped: Tapped) -> bool:
    """Store a tap as the button's title; each keyboard counts once, however often it is tapped."""
    try:
        button = buttons.tapped(conversation, tapped.token)
    except NotYours:
        tasks.acknowledge_tap.defer(query=tapped.query, sentence="button_stale")
        return False
    message_id, index = (int(part) for part in tapped.token.split(".")[:2])
    key = f"tap:{message_id}"
    known = conversation.messages.filter(external_id=key).first()
    if known and known.command != button["payload"]:
        tasks.acknowledge_tap.defer(query=tapped.query, sentence="button_used")
        return False
    receive(Inbound(conversation.pk, key, button["title"], button["payload"]))
    tasks.acknowledge_tap.defer(query=tapped.query, message_id=message_id, index=index)
    return known is None


def _welcome_back(conversation: Conversation) -> None:
    """Deliver what could not be while the member had blocked the bot."""
    if conversation.reachable:
        return
    Conversation.objects.filter(pk=conversation.pk).update(reachable=True)
    kept = conversation.messages.filter(delivered_at=None, delivery_id=tasks.KEPT_BACK)
    for message in kept.order_by("number"):
        deliver(conversation, message)


def _key(arrival: Written | Edited) -> str:
    """Return the message's id here: Telegram's own, which an edit and a redelivered update carry too."""
    return f"m{arrival.message}"
