"""The way out: each channel registers how its messages are delivered; the web page listens by itself."""

from collections.abc import Callable

from bot.conversations.models import Conversation, Message
from bot.invented import is_invented

Deliver = Callable[[Message], None]
ShowTyping = Callable[[Conversation], None]
_channels: dict[str, Deliver] = {}
_typing: dict[str, ShowTyping] = {}


def register(channel: str, deliver_: Deliver, show_typing_: ShowTyping | None = None) -> None:
    """Let `deliver_` take every message to the members of `channel`; it runs in the storing transaction.

    `show_typing_`, if there is one, shows a member that an adviser writes.
    """
    _channels[channel] = deliver_
    if show_typing_:
        _typing[channel] = show_typing_


def deliver(conversation: Conversation, message: Message) -> None:
    """Deliver one of our messages on its conversation's channel; of an invented conversation, to nobody."""
    if (deliver_ := _channels.get(conversation.channel)) and not is_invented(conversation.pk):
        deliver_(message)


def show_typing(conversation: Conversation) -> None:
    """Show the member on their channel that an adviser writes."""
    if (show_typing_ := _typing.get(conversation.channel)) and not is_invented(conversation.pk):
        show_typing_(conversation)
