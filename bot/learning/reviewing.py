"""A supervisor's word on the proposed examples: accept under a label, discard, and back again."""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils import timezone

from bot.conversations.models import Conversation
from bot.events.models import Event
from bot.invented import is_invented
from bot.learning.models import Example

UNDO_SECONDS = 3600
SALT = "example-undo"


@dataclass(frozen=True)
class Decided:
    """What was decided; `back` undoes it for an hour. Only the page that decided has it: the table has no way back."""

    example: Example
    back: str


def accept(key: UUID, label: str, by: UUID) -> Decided:
    """Accept an example under a label, and cut it from its conversation.

    Raises:
        Example.DoesNotExist: it is gone, or decided already.
    """
    return _decide(key, by, Example.State.ACCEPTED, label=label)


def discard(key: UUID, by: UUID) -> Decided:
    """Set an example aside: its words go, the digest stays, so that it does not come again.

    Raises:
        Example.DoesNotExist: it is gone, or decided already.
    """
    return _decide(key, by, Example.State.DISCARDED, text="", label="", guess="")


def undo(back: str) -> Example:
    """Propose an example again as it was, unless its conversation was erased meanwhile: then nothing comes back.

    Raises:
        signing.BadSignature: this is no way back of ours, or older than an hour.
        Example.DoesNotExist: it is gone or was exported, or its conversation is gone.
    """
    told = signing.loads(back, salt=SALT, max_age=UNDO_SECONDS)
    with transaction.atomic():
        example = Example.objects.select_for_update().get(pk=UUID(told["id"]), exported_at=None)
        if not _is_there(UUID(told["conversation"]), example):
            raise Example.DoesNotExist
        for name in ("text", "label", "guess", "conversation"):
            setattr(example, name, told[name])
        example.state, example.decided_by, example.decided_at = Example.State.PROPOSED, None, None
        example.save()
    return example


def forget(conversation: UUID) -> None:
    """Erase the examples of a conversation that is erased; those accepted do not belong to it any more."""
    Example.objects.filter(conversation=conversation).delete()


def _is_there(conversation: UUID, example: Example) -> bool:
    """Tell whether a conversation still has what it had when the example was decided."""
    erased = Event.objects.filter(conversation=conversation, name="conversation_erased", at__gte=example.decided_at)
    return Conversation.objects.filter(pk=conversation).exists() and not erased.exists()


def _decide(key: UUID, by: UUID, state: Example.State, **values: str) -> Decided:
    with transaction.atomic():
        example = Example.objects.select_for_update().get(pk=key, state=Example.State.PROPOSED)
        kept = {name: getattr(example, name) for name in ("text", "label", "guess")}
        told = {**kept, "id": str(example.pk), "conversation": str(example.conversation)}
        for name, value in values.items():
            setattr(example, name, value)
        example.state, example.decided_by, example.decided_at = state, by, timezone.now()
        if not is_invented(example.conversation):  # the demo's goes with the demo, and is never exported
            example.conversation = None
        example.save()
    return Decided(example, signing.dumps(told, salt=SALT, compress=True))
