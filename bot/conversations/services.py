"""What other parts may do with a conversation; each function runs in its caller's transaction."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from bot.conversations import waiting
from bot.conversations.delivery import deliver
from bot.conversations.live import announce, announce_queue
from bot.conversations.models import Author, Conversation, Evidence, Message
from bot.conversations.ownership import Owner, check_move
from bot.events.services import record
from bot.texts import say
from bot.turn import Route

PRIORITIES = {"danger_to_life": 0, "life": 0, "ongoing": 1, "fresh_money": 2}  # of reasons and of safety levels
LOWEST = 3
TAKE_UP = '/affirm{"field": "draft", "value": true}'  # what buttons carry that go on with the declaration begun


def append(conversation: Conversation, author: str, text: str, **values: Any) -> Message:
    """Add a message under the conversation's next number; the caller holds the conversation's row lock."""
    conversation.last_number += 1
    conversation.last_message_at = timezone.now()
    conversation.save(update_fields=["last_number", "last_message_at"])
    values.setdefault("sent_at", conversation.last_message_at)
    return Message.objects.create(
        conversation=conversation, number=conversation.last_number, author=author, text=text, **values
    )


def move(conversation: Conversation, owner: Owner, reason: str, adviser: UUID | None = None, team: str = "") -> None:
    """Give the conversation to another owner and record it; to which adviser, or for which team it waits, if told.

    Raises:
        IllegalMove: the table of moves does not allow it.
    """
    before = conversation.owner
    check_move(before, owner)
    conversation.owner, conversation.owner_reason = owner, reason
    conversation.adviser, conversation.team = adviser, team
    conversation.waiting_since = timezone.now() if owner == Owner.WAITING else None
    conversation.queue_place = waiting.place(conversation) if owner == Owner.WAITING else 0
    conversation.save(update_fields=["owner", "owner_reason", "adviser", "team", "waiting_since", "queue_place"])
    record(f"moved_to_{owner.value}", conversation.pk, before=before, reason=reason)
    announce(conversation.pk)
    if Owner.WAITING in (before, owner):
        announce(conversation.pk, "queue")
        announce_queue()


def hand_off(conversation: Conversation, reason: str, safety: str = "", route: Route | None = None) -> None:
    """Put the conversation into the humans' queue; a repeated hand-off only raises the priority."""
    urgency = min(PRIORITIES.get(reason, LOWEST), PRIORITIES.get(safety, LOWEST), route.priority if route else LOWEST)
    conversation.priority = min(conversation.priority, urgency)
    if route or conversation.owner == Owner.BOT:
        conversation.rule_id = route.rule if route else None
    conversation.save(update_fields=["priority", "rule"])
    if conversation.owner == Owner.BOT:
        move(conversation, Owner.WAITING, reason, team=route.team if route else "")
        _say_waiting(conversation)


def await_adviser(conversation: Conversation) -> None:
    """Note since when the member waits for their adviser's next answer."""
    if conversation.waiting_since is None:
        conversation.waiting_since = timezone.now()
        conversation.save(update_fields=["waiting_since"])


def resume_button() -> dict[str, str]:
    """Return the button by which a waiting member goes on with the bot (a command of commands.py)."""
    return {"title": say("resume"), "payload": "resume"}


def know_member(conversation: Conversation, member: UUID) -> None:
    """Note who writes, once a signed identity has proven it."""
    conversation.member = member
    conversation.save(update_fields=["member"])
    record("member_identified", conversation.pk)


def attach_evidence(conversation: UUID, claim: UUID) -> int:
    """Join all evidence of a conversation that belongs to no claim yet to `claim`; return how many."""
    return Evidence.objects.filter(conversation=conversation, claim=None).update(claim=claim)


def _say_waiting(conversation: Conversation) -> None:
    """Tell a waiting member their place and how long it may take, or when somebody is there again."""
    conversation.refresh_from_db(fields=["last_number"])  # a receipt may have been said since the caller read it
    text, buttons = waiting.told(waiting.standing(conversation))
    deliver(conversation, append(conversation, Author.SYSTEM, text, buttons=buttons))
