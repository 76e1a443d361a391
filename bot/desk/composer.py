"""Sends what an adviser wrote: an answer with or without a file, a request for a piece, or a note for colleagues."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction

from bot.claims.asking import note_asked, still_missing
from bot.conversations.handling import Said, say_to_member
from bot.conversations.live import announce
from bot.conversations.models import Conversation, Message
from bot.conversations.sending import send_file
from bot.desk import drafts
from bot.desk.models import Adviser, Note
from bot.desk.placeholders import ready, values_of
from bot.events.services import record
from bot.texts import say

MAX_TEXT = 4000  # characters


@dataclass(frozen=True)
class Written:
    """What stands in the composer; `key` is the same however often it is sent."""

    text: str
    key: str
    pieces: tuple[UUID, ...] = ()  # of the claim, that the text asks for
    file: tuple[str, bytes] | None = None  # name and content


def answer(conversation: Conversation, who: Adviser, written: Written, sent: Callable[[], None]) -> None:
    """Send it to the member, and forget the draft; the first answer takes the conversation.

    `sent` is called in the transaction of the new message, not for one that was sent before. Call this outside of
    transactions: a file is scanned, cleaned and stored first.

    Raises:
        UnfilledPlaceholder: the message says which, in French.
        RefusedEvidence: the file is not taken.
        TakenByOther: a colleague has the conversation.
    """
    text = ready(written.text, values_of(conversation, who))
    asked = still_missing(conversation.pk, written.pieces)
    buttons = [{"title": say("show_checklist"), "payload": "checklist"}] if asked else []

    def settle(_conversation: Conversation, _message: Message) -> None:
        note_asked(asked)
        drafts.drop(who, conversation.pk)
        sent()

    said = Said(text, f"desk:{written.key}", buttons, settle)
    if written.file:
        send_file(conversation.pk, who.pk, said, *written.file)
    else:
        say_to_member(conversation.pk, who.pk, said)


def note(conversation: Conversation, who: Adviser, text: str, key: str) -> None:
    """Keep a note that colleagues read among the messages and the member never sees; it takes nothing over."""
    with transaction.atomic():
        here = Conversation.objects.select_for_update().get(pk=conversation.pk)
        values = {"conversation": here.pk, "after": here.last_number, "author": who, "text": text}
        _, is_new = Note.objects.get_or_create(values, pk=uuid5(who.pk, key))
        if is_new:
            record("note_written", here.pk, adviser=str(who.pk))
            announce(here.pk)
            drafts.drop(who, here.pk)
