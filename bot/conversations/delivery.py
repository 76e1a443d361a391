"""The way out: each channel registers how its messages are delivered; the web page listens by itself."""

from collections.abc import Callable

from bot.conversations.models import Conversation, Message

Deliver = Callable[[Message], None]
_channels: dict[str, Deliver] = {}


def register(channel: str, deliver_: Deliver) -> None:
    """Let `deliver_` take every message to the members of `channel`; it runs in the storing transaction."""
    _channels[channel] = deliver_


def deliver(conversation: Conversation, message: Message) -> None:
    """Deliver one of our messages on its conversation's channel."""
    if deliver_ := _channels.get(conversation.channel):
        deliver_(message)
