"""Danger in what the bot does not answer: messages that a human is to answer, and edits of what was answered."""

from django.db import connection, transaction
from django.db.models import F

from bot.conversations.danger import LIFE_POSSIBLE, level_of, life_sentence
from bot.conversations.models import Conversation, Message
from bot.conversations.notices import notify
from bot.conversations.ownership import Owner
from bot.conversations.recent import is_minor
from bot.conversations.services import hand_off, move
from bot.engine import Engine
from bot.events.services import record
from bot.texts import say
from bot.understanding.safety import LIFE_TOLD

DISTRESS = "distress"  # the intent that the dialogue answers like a danger to life


def overhear(conversation: Conversation, message: Message) -> None:
    """Say the numbers at once where rules hear a life in danger; have the engine asked about all else.

    Runs in the caller's transaction, which holds the conversation's row lock.
    """
    from bot.conversations.tasks import hear_danger  # it imports this module

    if message.command or not message.text or message.safety == "life":
        return
    level = level_of(message)
    if level == "life":
        _tell_life(conversation, message)
        return
    message.safety = level
    message.save(update_fields=["safety"])
    if conversation.owner == Owner.AGENT:
        hand_off(conversation, level)  # that raises the priority and no more
    hear_danger.defer(message_id=message.pk)


def hear(message_id: int, engine: Engine) -> None:
    """Ask the engine, which answers nothing, and heed what it hears as in a message of the bot's; safe to repeat.

    Raises:
        EngineFailure: it did not read the message; what rules hear was heeded before.
    """
    message = Message.objects.filter(pk=message_id).exclude(safety="life").first()
    if message is None:
        return
    connection.close()  # the engine may take seconds
    reading = engine.read(message.text)
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
        if reading.danger >= LIFE_TOLD or reading.intent == DISTRESS:
            _tell_life(conversation, message)
        elif reading.danger >= LIFE_POSSIBLE:
            _offer_help(conversation)


def _tell_life(conversation: Conversation, message: Message) -> None:
    message.safety = "life"
    message.save(update_fields=["safety"])
    notify(conversation.pk, f"life:{message.pk}", life_sentence(message.text, minor=is_minor(message)))
    if conversation.owner == Owner.CLOSED:
        move(conversation, Owner.BOT, reason="member_wrote")
    hand_off(conversation, "danger_to_life")
    Conversation.objects.filter(pk=conversation.pk).update(episode=F("episode") + 1)  # the form is put away


def _offer_help(conversation: Conversation) -> None:
    """Say the numbers beside the talk, once in an episode: a human reads along."""
    sentence = "life_possible_beside_human" if conversation.owner == Owner.AGENT else "life_possible"
    if notify(conversation.pk, f"life_possible:{conversation.episode}", say(sentence)):
        record("danger_possible", conversation.pk)
