"""Erases what a conversation says: messages, files sent, evidence without a claim, and the engine's memory of it."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db import connection, transaction

from bot.conversations import evidence
from bot.conversations.live import announce
from bot.conversations.models import Conversation, Message
from bot.events.services import record

_others: list[Callable[[UUID], None]] = []


def register(forget: Callable[[UUID], None]) -> None:
    """Have `forget` erase what another part keeps of a conversation, in the same transaction."""
    _others.append(forget)


def erase(conversation_id: UUID, keep: int) -> None:
    """Erase all messages before `keep`; later ones, claims, their evidence and the events (no personal data) stay.

    Stored bytes go once the outermost transaction is committed; what the store then fails to delete is swept later.
    """
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
        earlier = Message.objects.filter(conversation=conversation, pk__lt=keep)  # keys grow as the numbers do
        evidence_of_earlier = conversation.evidence.filter(message__in=earlier)
        loose = [item.key for item in evidence_of_earlier.filter(claim=None)]
        loose += [item.key for item in conversation.sent_files.filter(message__in=earlier)]
        evidence_of_earlier.exclude(claim=None).update(message=keep)
        earlier.delete()
        conversation.call_backs.all().delete()
        conversation.ratings.all().delete()
        conversation.episode += 1
        conversation.save(update_fields=["episode"])
        _forget_in_engine(conversation_id)
        for forget in _others:
            forget(conversation_id)
        record("conversation_erased", conversation_id)
        announce(conversation_id)  # who shows it sees that messages are gone
        transaction.on_commit(partial(evidence.discard, loose), robust=True)


def _forget_in_engine(conversation_id: UUID) -> None:
    """Delete what the engine remembers of all episodes (engine/memory.py)."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM engine.turns WHERE memory LIKE %s", [f"{conversation_id}:%"])
