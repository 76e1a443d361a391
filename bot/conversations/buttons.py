"""Quick-reply buttons: members get a short signed token, never the payload that drives the engine."""

from django.utils.crypto import constant_time_compare, salted_hmac

from bot.conversations.models import Conversation, Message
from bot.errors import NotYours


def token(message: Message, index: int) -> str:
    """Return the token of the message's button number `index` (from 0): at most 40 ASCII characters."""
    place = f"{message.pk}.{index}"
    return f"{place}.{_signature(message.conversation_id, place)}"


def tapped(conversation: Conversation, token_: str) -> dict[str, str]:
    """Return the button (`title`, `payload`) behind a token.

    Raises:
        NotYours: the token is forged, or belongs to another conversation or to nothing.
    """
    place, _, signature = token_.rpartition(".")
    if not constant_time_compare(signature, _signature(conversation.pk, place)):
        raise NotYours("unknown button")
    message_id, index = place.split(".")
    message = conversation.messages.filter(pk=int(message_id)).first()
    if message is None or int(index) >= len(message.buttons):
        raise NotYours("unknown button")
    button: dict[str, str] = message.buttons[int(index)]
    return button


def _signature(conversation_id: object, place: str) -> str:
    return salted_hmac("button", f"{conversation_id}/{place}", algorithm="sha256").hexdigest()[:20]
