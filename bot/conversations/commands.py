"""What the gateway answers by itself, the engine being up or down."""

from collections.abc import Callable, Mapping

from django.db import transaction

from bot.conversations.erasure import erase
from bot.conversations.models import Author, Conversation, Message
from bot.conversations.ownership import Owner
from bot.conversations.services import move, resume_button
from bot.texts import say
from bot.turn import Reply, Turn


def _always(sentence: str) -> Callable[[Message], Turn]:
    """Return a command that says one sentence, whoever asks."""
    return lambda _: Turn([Reply(say(sentence))])


def ask_human(message: Message) -> Turn:
    """Put the member into the humans' queue."""
    if message.conversation.owner == Owner.WAITING:
        return while_waiting(message)
    return Turn([Reply(say("handed_off_asked"), buttons=[resume_button()])], hand_off="asked")


def while_waiting(message: Message) -> Turn:
    """Say once that a human is on the way, then leave the member in peace."""
    text = say("already_waiting")
    last = message.conversation.messages.exclude(author=Author.MEMBER).order_by("-number").first()
    return Turn([] if last and last.text == text else [Reply(text, buttons=[resume_button()])])


def resume(message: Message) -> Turn:
    """Give a waiting conversation back to the bot: the member changed their mind."""
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
        if conversation.owner == Owner.WAITING:
            move(conversation, Owner.BOT, reason="member_resumed")
    return Turn([Reply(say("resumed"))])


def ask_erasure(_: Message) -> Turn:
    """Ask before anything is erased."""
    yes, no = {"title": say("erase_yes"), "payload": "erase"}, {"title": say("erase_no"), "payload": "keep"}
    return Turn([Reply(say("erase_question"), buttons=[yes, no])])


def erase_all(message: Message) -> Turn:
    """Erase the conversation up to this message."""
    erase(message.conversation_id, keep=message.pk)
    return Turn([Reply(say("erased"))])


COMMANDS: Mapping[str, Callable[[Message], Turn]] = {
    "welcome": _always("welcome"),
    "help": _always("help"),
    "ask_human": ask_human,
    "resume": resume,
    "ask_erasure": ask_erasure,
    "erase": erase_all,
    "keep": _always("erase_kept"),
    "unsupported": _always("unsupported"),
    "private_only": _always("private_only"),
    "attachment": lambda _: Turn([]),  # the channel that stores the file sends the receipt
}
