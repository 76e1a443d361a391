"""What the gateway answers by itself, the engine being up or down."""

from collections.abc import Callable, Mapping

from django.db import transaction

from bot.conversations.erasure import erase
from bot.conversations.models import Author, Conversation, Message
from bot.conversations.ownership import Owner
from bot.turn import Reply, Turn
from bot.conversations.services import move
from bot.texts import say

RESUME = {"title": "Continuer avec l'assistant", "payload": "resume"}


def welcome(message: Message) -> Turn:
    """Greet, and say first of all that this is an automatic assistant."""
    return Turn([Reply(say("welcome"))])


def help_(message: Message) -> Turn:
    """Say what can be done."""
    return Turn([Reply(say("help"))])


def ask_human(message: Message) -> Turn:
    """Put the member into the humans' queue."""
    if message.conversation.owner == Owner.WAITING:
        return while_waiting(message)
    return Turn([Reply(say("handed_off_asked"), buttons=[RESUME])], hand_off="asked")


def while_waiting(message: Message) -> Turn:
    """Say once that a human is on the way, then leave the member in peace."""
    text = say("already_waiting")
    last = message.conversation.messages.exclude(author=Author.MEMBER).order_by("-number").first()
    return Turn([] if last and last.text == text else [Reply(text, buttons=[RESUME])])


def resume(message: Message) -> Turn:
    """Give a waiting conversation back to the bot: the member changed their mind."""
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
        if conversation.owner == Owner.WAITING:
            move(conversation, Owner.BOT, reason="member_resumed")
    return Turn([Reply(say("resumed"))])


def ask_erasure(message: Message) -> Turn:
    """Ask before anything is erased."""
    yes, no = {"title": say("erase_yes"), "payload": "erase"}, {"title": say("erase_no"), "payload": "keep"}
    return Turn([Reply(say("erase_question"), buttons=[yes, no])])


def erase_all(message: Message) -> Turn:
    """Erase the conversation up to this message."""
    erase(message.conversation_id, keep=message.pk)
    return Turn([Reply(say("erased"))])


def keep_all(message: Message) -> Turn:
    """Erase nothing."""
    return Turn([Reply(say("erase_kept"))])


def unsupported(message: Message) -> Turn:
    """Say what can be read."""
    return Turn([Reply(say("unsupported"))])


def attachment(message: Message) -> Turn:
    """Say nothing: the channel that stores the file sends the receipt."""
    return Turn([])


def private_only(message: Message) -> Turn:
    """Decline a group."""
    return Turn([Reply(say("private_only"))])


COMMANDS: Mapping[str, Callable[[Message], Turn]] = {
    "welcome": welcome,
    "help": help_,
    "ask_human": ask_human,
    "resume": resume,
    "ask_erasure": ask_erasure,
    "erase": erase_all,
    "keep": keep_all,
    "unsupported": unsupported,
    "private_only": private_only,
    "attachment": attachment,
}
