"""What the last messages of a conversation say about its member: who writes, and after what silence."""

from datetime import datetime
from itertools import takewhile

from bot.conversations.models import Author, Message
from bot.understanding.persons import is_adult_writing, is_minor_writing

LOOK_BACK = 40  # messages of the member: the cost does not grow with the conversation


def is_minor(message: Message) -> bool:
    """Tell whether a child writes: said in this or a recent message, and no adult has taken over since."""
    texts = [message.text, *(text for text, _ in _before(message))]
    since_adult = takewhile(lambda text: not is_adult_writing(text), texts)
    return any(is_minor_writing(text) for text in since_adult)


def silence_before(message: Message) -> float:
    """Return the seconds since the member's previous message; 0 for the first one."""
    before = _before(message)
    return max(0.0, (message.sent_at - before[0][1]).total_seconds()) if before else 0.0


def _before(message: Message) -> list[tuple[str, datetime]]:
    """Return what the member wrote before this message and when, the newest first; read once per message."""
    kept: list[tuple[str, datetime]] | None = getattr(message, "_before", None)
    if kept is None:
        earlier = Message.objects.filter(
            conversation=message.conversation_id, author=Author.MEMBER, number__lt=message.number
        )
        kept = list(earlier.order_by("-number").values_list("text", "sent_at")[:LOOK_BACK])
        message._before = kept  # type: ignore[attr-defined]
    return kept
