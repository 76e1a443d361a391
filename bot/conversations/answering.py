"""Answers one stored message: the engine's replies, or an honest word and a human; stored once, then delivered."""

import re
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from bot.conversations import commands, ratings
from bot.conversations.danger import answer_life, heed, level_of
from bot.conversations.delivery import deliver
from bot.conversations.enriching import enriched
from bot.conversations.live import announce
from bot.conversations.models import Author, Conversation, Message
from bot.conversations.ownership import Owner
from bot.conversations.recent import is_minor, silence_before
from bot.conversations.services import TAKE_UP, append, hand_off, move, resume_button
from bot.engine import Engine
from bot.errors import EngineFailure
from bot.events.services import record
from bot.texts import say
from bot.turn import Question, Reply, Turn
from bot.understanding.wishes import asks_reason, wants_to_continue

#: Events of the actions that say what the conversation is about.
UNDERSTOOD = ("incident_understood", "straddle_answered", "incident_corrected")
#: What a button of the engine carries; typed, it is no tap, and no words either.
PAYLOAD = re.compile(r"/[a-z]+(?:_[a-z]+)+ *(?:\{.*\})?|/[a-z_]+ *\{.*\}", re.DOTALL)
DETAILS = {name: f'/ask_advice{{"field": "{name}"}}' for name in ("why", "how")}  # those under the advice


def answer(message_id: int, engine: Engine) -> None:
    """Answer the message unless that is done already, or a human owns the conversation; safe to repeat."""
    message = _to_answer(message_id)
    if message is None or ratings.take_words(message, engine):
        return
    turn = enriched(message, _take_turn(message, engine))
    with transaction.atomic():
        _store(message, turn)


def give_up(message_id: int) -> None:
    """Tell the member that something is broken, and call a human, unless the message is answered."""
    message = _to_answer(message_id)
    if message is None:
        return
    with transaction.atomic():
        record("answer_failed", message.conversation_id, number=message.number)
        _store(message, _outage("answer_failure"))


def _to_answer(message_id: int) -> Message | None:
    """Return the message, or None when it is gone, answered, or a human's to answer."""
    open_ = Message.objects.select_related("conversation").filter(pk=message_id, answered_at=None)
    return open_.exclude(conversation__owner=Owner.AGENT).first()


def _take_turn(message: Message, engine: Engine) -> Turn:
    safety = level_of(message) if not message.command else "none"
    message.safety = safety
    if safety == "life":
        return answer_life(message)
    if turn := _without_engine(message):
        return turn
    connection.close()  # the engine may take seconds; the connection goes back to the pool meanwhile
    try:
        return heed(message, engine.take_turn(_question(message)))
    except EngineFailure as failure:
        record("engine_failed", message.conversation_id, number=message.number, reason=failure.args[0])
        return _outage("engine_failure")


def _without_engine(message: Message) -> Turn | None:
    """Return what the gateway answers by itself, or None."""
    if command := commands.find(message.command):
        return command(message)
    if message.conversation.owner == Owner.WAITING:
        return commands.while_waiting(message)
    if message.command:
        return None
    if not message.text or PAYLOAD.fullmatch(message.text):
        return Turn([Reply(say("unreadable"))])
    return commands.read(message) or commands.in_their_language(message)


def _meant_button(text: str) -> str:
    """Return what the button carries whose words a member types instead of tapping it; nothing for all else."""
    if wants_to_continue(text):
        return TAKE_UP
    names_step = any(char.isdigit() for char in text)  # the actions tell that step alone
    return "" if names_step else DETAILS.get(asks_reason(text), "")


def _outage(reason: str) -> Turn:
    return Turn([Reply(say("outage"), buttons=[resume_button()])], hand_off=reason)


def _question(message: Message) -> Question:
    return Question(
        conversation=str(message.conversation_id),
        memory=message.conversation.engine_id,
        message_id=str(message.pk),
        text=message.text,
        command=message.command or _meant_button(message.text),
        sent_at=message.sent_at,
        safety=message.safety,
        minor=is_minor(message),
        silence=silence_before(message),
    )


def _store(message: Message, turn: Turn) -> None:
    """Store the replies together with the fact that the message is answered; drop them if a human took over."""
    conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
    answered = {"answered_at": timezone.now(), "safety": message.safety, "understood": turn.understood}
    if not Message.objects.filter(pk=message.pk, answered_at=None).update(**answered):
        return
    if conversation.owner == Owner.AGENT:
        record("reply_dropped", conversation.pk, number=message.number)
        return
    if conversation.owner == Owner.CLOSED:  # it waited to be read as the words of a rating
        move(conversation, Owner.BOT, reason="member_wrote")
    mention = [Reply(say("masked"))] if message.masked else []  # after the advice, before what is asked
    replies = [*turn.replies[:1], *mention, *turn.replies[1:]]
    said = [_say(conversation, message, reply) for reply in replies]
    about: dict[str, Any] = {"safety": message.safety, **_intent_of(turn)}
    record("message_answered", conversation.pk, number=message.number, seconds=_seconds_since(message), **about)
    for name, properties in turn.events:
        record(name, conversation.pk, **properties)
        if name in UNDERSTOOD:
            conversation.family, conversation.subtype = properties["family"], properties["subtype"]
            conversation.save(update_fields=["family", "subtype"])
    if turn.ends_episode:
        conversation.episode += 1
        conversation.save(update_fields=["episode"])
    if turn.hand_off:
        hand_off(conversation, turn.hand_off, message.safety, turn.route)
    announce(conversation.pk, messages=said)


def _say(conversation: Conversation, question: Message, reply: Reply) -> Message:
    outbound = append(conversation, Author.BOT, reply.text, buttons=reply.buttons, card=reply.card, answers=question)
    deliver(conversation, outbound)
    return outbound


def _intent_of(turn: Turn) -> dict[str, Any]:
    """Return the intent and how sure the engine was of it; nothing where it was not asked, or a button was tapped."""
    intent = (turn.understood or {}).get("intent") or {}
    return {"intent": intent["name"], "confidence": intent["confidence"]} if intent.get("confidence") else {}


def _seconds_since(message: Message) -> float:
    return round((timezone.now() - message.sent_at).total_seconds(), 3)
