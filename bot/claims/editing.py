"""Corrections of a claim by staff: typed as a member would, read by the same rules, kept in the claim's history."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bot.catalogue import catalogue
from bot.claims import outgoing
from bot.claims.checks import refusal
from bot.claims.flags import raise_flags
from bot.claims.models import Answer, Claim, Edit
from bot.conversations.live import announce
from bot.errors import UnreadableAnswer
from bot.events.services import record
from bot.texts import say
from bot.understanding import read_answer


def edit_answer(claim_id: UUID, field: str, text: str, by: str) -> Claim:
    """Change one answer to what `text` says (blank: not known); the value it has already changes nothing.

    `by` is who among the staff, by their id.

    Raises:
        Claim.DoesNotExist: the claim is gone.
        UnreadableAnswer: there is no such question, or the text is no answer to it; the message is French.
    """
    with transaction.atomic():
        claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
        after = _value(claim, field, text.strip())
        answer = claim.answers.filter(field=field).first() or Answer(claim=claim, field=field)
        before = answer.value
        if before == after and answer.pk:
            return claim
        answer.value = after
        answer.save()
        Edit.objects.create(claim=claim, at=timezone.now(), by=by, field=field, before=before, after=after)
        raise_flags(claim)
        record("claim_edited", claim.conversation, claim.pk, field=field)
        outgoing.tell(claim, "claim_changed", what=field)
        announce(claim.conversation)
    return claim


def _value(claim: Claim, field_id: str, text: str) -> Any:
    field = catalogue().fields.get(field_id)
    if field is None:
        raise UnreadableAnswer(say("desk_no_field"))
    if not text:
        return None
    if text in field.choices:  # chosen from a list
        return text
    now = timezone.localtime()
    read = read_answer(field.kind, field.choices, text, now, field_id)
    if read.status != "value":
        raise UnreadableAnswer(field.reask)
    known = dict(claim.answers.values_list("field", "value"))
    if why := refusal(known, field_id, read.value, now.date()):
        raise UnreadableAnswer(say(why))
    return read.value
