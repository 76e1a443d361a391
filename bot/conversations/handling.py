"""What a human does with a conversation: takes it, answers, gives it to others, back to the bot, or closes it.

Each function locks the conversation's row, so two advisers cannot both take it; each move appends an event.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bot.conversations import delivery, ratings
from bot.conversations.delivery import deliver
from bot.conversations.live import announce, announce_queue
from bot.conversations.models import Author, CallBack, Conversation, Message
from bot.conversations.overhearing import overhear
from bot.conversations.ownership import Owner
from bot.conversations.services import LOWEST, append, move
from bot.conversations.waiting import TAKEN
from bot.errors import IllegalMove, LifeInDanger, TakenByOther
from bot.events.services import record
from bot.texts import say

Attach = Callable[[Conversation, Message], object]


@dataclass(frozen=True)
class Said:
    """What an adviser says; `attach` may add rows to the new message before it is delivered, in its transaction."""

    text: str
    key: str  # the same again says nothing more
    buttons: Sequence[dict[str, str]] = ()
    attach: Attach | None = None


def take(conversation_id: UUID, adviser: UUID) -> Conversation:
    """Take the conversation; the bot is silent at once, and the member is told.

    Raises:
        TakenByOther: a colleague has it.
        Conversation.DoesNotExist: it is gone.
    """
    with transaction.atomic():
        conversation = _locked(conversation_id)
        _take(conversation, adviser)
    return conversation


def say_to_member(conversation_id: UUID, adviser: UUID, said: Said) -> Message:
    """Say something to the member; the first answer takes the conversation.

    Raises:
        TakenByOther: a colleague has it.
        Conversation.DoesNotExist: it is gone.
    """
    with transaction.atomic():
        conversation = _locked(conversation_id)
        if known := conversation.messages.filter(external_id=said.key).first():
            return known
        _take(conversation, adviser)
        values = {"adviser": adviser, "external_id": said.key, "buttons": list(said.buttons)}
        message = append(conversation, Author.ADVISER, said.text, **values)
        if said.attach:
            said.attach(conversation, message)
        conversation.waiting_since = None
        conversation.save(update_fields=["waiting_since"])
        deliver(conversation, message)
        record("adviser_replied", conversation.pk, number=message.number, adviser=str(adviser))
        announce(conversation.pk)
        return message


def transfer(
    conversation_id: UUID, adviser: UUID, *, to: UUID | None = None, team: str = "", may_override: bool = False
) -> Conversation:
    """Give one's conversation to a colleague, or put it back into the queue for a team.

    `may_override` is for supervisors, who may also give away what a colleague has.

    Raises:
        TakenByOther: a colleague has it.
        IllegalMove: it is closed.
    """
    with transaction.atomic():
        conversation = _locked(conversation_id)
        if not may_override:
            _refuse_others(conversation, adviser)
        if to is not None:
            if conversation.owner != Owner.AGENT:
                _take(conversation, to)
            conversation.adviser = to
            conversation.save(update_fields=["adviser"])
        elif conversation.owner == Owner.WAITING:
            conversation.team = team
            conversation.save(update_fields=["team"])
        else:
            move(conversation, Owner.WAITING, "transferred", team=team)
        record("transferred", conversation.pk, adviser=str(adviser), to=str(to or ""), team=team)
        announce(conversation.pk)
    return conversation


def release(conversation_id: UUID, adviser: UUID, recap: str) -> None:
    """Give the conversation back to the bot, whose memory of it begins anew, and tell the member where things stand.

    Nothing that was written meanwhile is answered by the bot, and no half-told claim goes on.

    Raises:
        TakenByOther: a colleague has it.
        IllegalMove: the bot has it, or it is closed.
        LifeInDanger: a message that waited for the bot tells of one; the member reads the numbers at once.
    """

    def give_back(conversation: Conversation) -> None:
        move(conversation, Owner.BOT, "released")
        conversation.episode += 1
        conversation.save(update_fields=["episode"])
        _tell(conversation, recap)

    _leave(conversation_id, adviser, give_back)


def close(conversation_id: UUID, adviser: UUID, reason: str) -> None:
    """Close the conversation and tell the member, whose next message opens it again.

    Raises:
        TakenByOther: a colleague has it.
        IllegalMove: it is closed.
        LifeInDanger: a message that waited for the bot tells of one; the member reads the numbers at once.
    """

    def end(conversation: Conversation) -> None:
        move(conversation, Owner.CLOSED, reason)
        conversation.priority = LOWEST
        conversation.episode += 1
        conversation.save(update_fields=["priority", "episode"])
        _tell(conversation, say("conversation_closed"))
        ratings.ask(conversation, adviser, reason)

    _leave(conversation_id, adviser, end)


def set_priority(conversation_id: UUID, adviser: UUID, priority: int) -> None:
    """Put the conversation higher or lower in the queue (0 to `LOWEST`); a life in danger still raises it afterwards.

    Raises:
        IllegalMove: it is closed, or there is no such priority.
    """
    with transaction.atomic():
        conversation = _locked(conversation_id)
        before = conversation.priority
        if conversation.owner == Owner.CLOSED or not 0 <= priority <= LOWEST:
            raise IllegalMove(f"no priority {priority} for a conversation that is {conversation.owner}")
        if priority == before:
            return
        conversation.priority = priority
        conversation.save(update_fields=["priority"])
        record("priority_set", conversation.pk, adviser=str(adviser), before=before, after=priority)
        announce(conversation.pk)
        if conversation.owner == Owner.WAITING:
            announce(conversation.pk, "queue")
            announce_queue()


def show_typing(conversation_id: UUID, adviser: UUID) -> None:
    """Show the member that an adviser writes, unless a colleague has the conversation."""
    conversation = Conversation.objects.filter(pk=conversation_id).first()
    if conversation and conversation.adviser in (None, adviser):
        announce(conversation_id, "adviser_typing")
        delivery.show_typing(conversation)


def call_back_done(call_back_id: UUID, conversation_id: UUID, adviser: UUID) -> None:
    """Note that the member was called; done twice, nothing happens."""
    open_ = CallBack.objects.filter(pk=call_back_id, conversation=conversation_id, done_at=None)
    with transaction.atomic():
        if open_.update(done_at=timezone.now(), done_by=adviser):
            record("call_back_done", conversation_id, adviser=str(adviser))
            announce(conversation_id)


def _locked(conversation_id: UUID) -> Conversation:
    return Conversation.objects.select_for_update().get(pk=conversation_id)


def _refuse_others(conversation: Conversation, adviser: UUID) -> None:
    if conversation.owner == Owner.AGENT and conversation.adviser not in (None, adviser):
        raise TakenByOther(str(conversation.adviser))


def _take(conversation: Conversation, adviser: UUID) -> None:
    """Make the conversation this adviser's unless it is already."""
    _refuse_others(conversation, adviser)
    if conversation.owner == Owner.AGENT:
        return
    before, since, place = conversation.owner, conversation.waiting_since, conversation.queue_place
    move(conversation, Owner.AGENT, "taken", adviser=adviser)
    _leave_nothing_to_answer(conversation)  # a danger heard now raises the priority of what is in good hands
    if before == Owner.WAITING and since:
        seconds = round((timezone.now() - since).total_seconds())
        record(TAKEN, conversation.pk, seconds=seconds, place=place, adviser=str(adviser))
    _tell(conversation, say("adviser_took"))


def _leave(conversation_id: UUID, adviser: UUID, act: Callable[[Conversation], None]) -> None:
    """Do what leaves the conversation without a human, unless that is refused: then what was heard and said stands."""
    with transaction.atomic():
        conversation = _locked(conversation_id)
        _refuse_others(conversation, adviser)
        is_life_in_danger = _leave_nothing_to_answer(conversation)
        if not is_life_in_danger:
            act(conversation)
    if is_life_in_danger:
        raise LifeInDanger(str(conversation_id))


def _leave_nothing_to_answer(conversation: Conversation) -> bool:
    """Mark what the member wrote as answered: a job that still waits in the queue finds nothing to do.

    What nobody has listened to is listened to first; returns whether it tells of a danger to life.
    """
    open_ = conversation.messages.filter(author=Author.MEMBER, answered_at=None)
    unheard = list(open_.filter(safety="").order_by("number"))
    for message in unheard:
        overhear(conversation, message)
    open_.update(answered_at=timezone.now())
    conversation.refresh_from_db()  # what the member was told has taken numbers
    return any(message.safety == "life" for message in unheard)


def _tell(conversation: Conversation, text: str) -> None:
    deliver(conversation, append(conversation, Author.SYSTEM, text))
    announce(conversation.pk)
