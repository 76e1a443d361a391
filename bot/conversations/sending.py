"""Files that advisers give to members: the same checks, cleaning and store as for files that members give."""

from dataclasses import replace
from uuid import UUID

from bot.conversations import evidence
from bot.conversations.handling import Said, say_to_member
from bot.conversations.models import Conversation, Message, SentFile
from bot.events.services import record


def send_file(conversation_id: UUID, adviser: UUID, said: Said, name: str, content: bytes) -> Message:
    """Send a file with what is said (maybe nothing), or nothing at all; the rest is as `say_to_member` has it.

    Raises:
        RefusedEvidence: the file is not taken; its `reason` says why.
        TakenByOther: a colleague has the conversation.
        Conversation.DoesNotExist: it is gone.
    """
    prepared = evidence.prepare(name, content)

    def attach(conversation: Conversation, message: Message) -> None:
        sent = evidence.keep_sent(conversation, message, prepared)
        record("file_sent", conversation.pk, sent.claim, media_type=sent.media_type, size=sent.size)
        if said.attach:
            said.attach(conversation, message)

    with evidence.stored(conversation_id, prepared, SentFile):
        return say_to_member(conversation_id, adviser, replace(said, attach=attach))
