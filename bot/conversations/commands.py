"""What the gateway answers by itself, the engine being up or down."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bot.conversations import call_backs, waiting
from bot.conversations.danger import urgent_words
from bot.conversations.erasure import erase
from bot.conversations.models import Author, Conversation, Message
from bot.conversations.ownership import Owner
from bot.conversations.services import TAKE_UP, move, resume_button
from bot.texts import say
from bot.turn import Reply, Turn
from bot.understanding.languages import foreign_language

Command = Callable[[Message], Turn]
Reader = Callable[[Message], Turn | None]
QUIET = timedelta(minutes=5)  # after which a waiting member who writes is told again where they stand
_registered: dict[str, Command] = {}
_asides = {"ask_erasure", "erase", "keep"}  # answered also while an adviser has the conversation
_readers: list[Reader] = []


def register(name: str, command: Command) -> None:
    """Let a higher layer answer the command `name`, with whatever follows it after a colon; also beside an adviser."""
    _registered[name] = command
    _asides.add(name)


def register_reader(reader: Reader) -> None:
    """Let a higher layer answer some texts before the engine is asked; it returns None for all others."""
    if reader not in _readers:
        _readers.append(reader)


def find(command: str) -> Command | None:
    """Return what answers a message's command; None: the engine does."""
    return COMMANDS.get(command) or _registered.get(command.partition(":")[0])


def is_aside(command: str) -> bool:
    """Tell whether a command is answered by the gateway also while an adviser has the conversation."""
    return command.partition(":")[0] in _asides


def read(message: Message) -> Turn | None:
    """Return what a registered reader answers to a text, if one does."""
    return next((turn for reader in _readers if (turn := reader(message))), None)


def _always(sentence: str) -> Command:
    """Return a command that says one sentence, whoever asks."""
    return lambda _: Turn([Reply(say(sentence))])


def _ask_human(sentence: str) -> Command:
    """Return a command that puts the member into the humans' queue and says so."""

    def ask_human(message: Message) -> Turn:
        if message.conversation.owner == Owner.WAITING:
            return while_waiting(message)
        return Turn([Reply(say(sentence), buttons=[resume_button()])], hand_off="asked")

    return ask_human


def while_waiting(message: Message) -> Turn:
    """Say what cannot wait; otherwise, now and then, that a human is on the way and how long it may take."""
    if urgent := urgent_words(message):
        return Turn([Reply(urgent, buttons=[resume_button()])], hand_off=message.safety)
    if answer := call_backs.read(message):
        return answer
    known = say("already_waiting")
    ours = message.conversation.messages.filter(author=Author.BOT, text__startswith=known)
    if ours.filter(sent_at__gt=timezone.now() - QUIET).exists():
        return Turn([])
    told, buttons = waiting.told(waiting.standing(message.conversation))
    return Turn([Reply(f"{known}\n{told}", buttons=[resume_button(), *buttons])])


def in_their_language(message: Message) -> Turn | None:
    """Say in Dutch, English or German what such a message needs: the urgent numbers and a human."""
    language = foreign_language(message.text)
    if language is None:
        return None
    human = {"title": say(f"human_in_{language}"), "payload": f"ask_human_{language}"}
    return Turn(
        [Reply(say(f"language_{language}"), buttons=[human])], events=[("language_noticed", {"code": language})]
    )


def resume(message: Message) -> Turn:
    """Give a waiting conversation back to the bot: the member changed their mind."""
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
        if conversation.owner == Owner.WAITING:
            move(conversation, Owner.BOT, reason="member_resumed")
    take_up = {"title": say("continue"), "payload": TAKE_UP}
    return Turn([Reply(say("resumed"), buttons=[take_up])])


def ask_erasure(_: Message) -> Turn:
    """Ask before anything is erased."""
    yes, no = {"title": say("erase_yes"), "payload": "erase"}, {"title": say("erase_no"), "payload": "keep"}
    return Turn([Reply(say("erase_question"), buttons=[yes, no])])


def erase_all(message: Message) -> Turn:
    """Erase the conversation up to this message."""
    erase(message.conversation_id, keep=message.pk)
    return Turn([Reply(say("erased"))])


COMMANDS: Mapping[str, Command] = {
    "welcome": _always("welcome"),
    "help": _always("help"),
    "ask_human": _ask_human("handed_off_asked"),
    **{f"ask_human_{language}": _ask_human(f"handed_off_{language}") for language in ("nl", "en", "de")},
    "resume": resume,
    waiting.CALL_BACK: call_backs.ask,
    "ask_erasure": ask_erasure,
    "erase": erase_all,
    "keep": _always("erase_kept"),
    "unsupported": _always("unsupported"),
    "private_only": _always("private_only"),
    "attachment": lambda _: Turn([]),  # the channel that stores the file sends the receipt
}
