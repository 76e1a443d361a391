"""A claim's state for whoever proves with a one-time code that they read its e-mail; nothing else is ever shown.

A reference typed in another conversation is always answered with the same words: nobody learns whether it exists.
"""

import re
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from bot.claims import tasks
from bot.claims.checklist import offers
from bot.claims.codes import LETTERS, LIFETIME, digest
from bot.claims.models import AccessCode, Claim
from bot.claims.reference import read_reference
from bot.claims.standing import standing
from bot.conversations.models import Message
from bot.events.models import Event
from bot.events.services import record
from bot.texts import say
from bot.turn import Reply, Turn

CODE = re.compile(rf"\W*(?:(?:le|mon|voici|code|est|c'est)\W+)*([{LETTERS}]{{4}})[\s-]?([{LETTERS}]{{4}})\W*", re.I)
MAX_WORDS = 12  # of a text that asks for a state; a longer one tells something, which the dialogue must hear
TRIES = 5  # of one code, and of one conversation within LIFETIME
WINDOW = timedelta(hours=1)
ASKED_PER_CONVERSATION = 5  # within WINDOW
ASKED, WRONG = "access_code_asked", "access_code_wrong"  # events


def read(message: Message) -> Turn | None:
    """Answer a text that holds a claim's reference, or the code that was asked for; None for all others."""
    if len(message.text.split()) > MAX_WORDS:
        return None
    if reference := read_reference(message.text):
        return _by_reference(message, reference)
    code = CODE.fullmatch(message.text)
    if code and _count(message, ASKED, LIFETIME + WINDOW):
        return _by_code(message, "".join(code.groups()).upper())
    return None


def forget_codes(before: datetime) -> None:
    """Delete the codes that were valid until a moment; how often one was asked for is counted from the events."""
    AccessCode.objects.filter(expires_at__lt=before).delete()


def _by_reference(message: Message, reference: str) -> Turn:
    """Tell the state where the claim was opened, and here if it was; ask for a code anywhere else."""
    claim = Claim.objects.filter(reference=reference).first()
    if claim and claim.conversation == message.conversation_id:
        return Turn([Reply(standing(claim), offers())])
    if _count(message, ASKED, WINDOW) >= ASKED_PER_CONVERSATION:
        return Turn([Reply(say("access_too_many"), [_human()])], events=[("access_code_limited", {})])
    if claim:
        tasks.send_access_code.defer(claim_id=str(claim.pk), conversation=str(message.conversation_id))
    return Turn([Reply(say("access_asked"), [_human()])], events=[(ASKED, {})])


def _by_code(message: Message, letters: str) -> Turn:
    if _count(message, WRONG, LIFETIME) >= TRIES:
        return Turn([Reply(say("access_too_many"), [_human()])], events=[("access_code_limited", {})])
    with transaction.atomic():
        valid = (
            AccessCode.objects.select_for_update()
            .select_related("claim")
            .filter(conversation=message.conversation_id, used_at=None, expires_at__gt=timezone.now(), tries__lt=TRIES)
        )
        for code in valid.order_by("-expires_at"):
            code.tries += 1
            if constant_time_compare(code.digest, digest(code.claim, letters)):
                code.used_at = timezone.now()
            code.save(update_fields=["tries", "used_at"])
            if code.used_at:
                record("access_code_used", message.conversation_id, code.claim_id)
                return Turn([Reply(standing(code.claim))])
    return Turn([Reply(say("access_wrong"), [_human()])], events=[(WRONG, {})])


def _count(message: Message, name: str, within: timedelta) -> int:
    """Return how often something happened in this conversation lately; the same for references that do not exist."""
    happened = Event.objects.filter(conversation=message.conversation_id, at__gt=timezone.now() - within)
    return happened.filter(name=name).count()


def _human() -> dict[str, str]:
    return {"title": say("ask_human_button"), "payload": "ask_human"}
