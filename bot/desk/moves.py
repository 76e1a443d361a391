"""Taking, transferring, giving back and closing, with the notes and words that go with each."""

from uuid import UUID

from django.db import transaction

from bot.claims.models import State
from bot.claims.services import claims_of
from bot.conversations import handling
from bot.conversations.models import Conversation
from bot.desk.models import Adviser, Note, Role, Team
from bot.texts import say

CLOSE_REASONS = {
    "solved": "Question résolue",
    "passed_on": "Transmis au gestionnaire",
    "no_answer": "Le membre ne répond plus",
    "duplicate": "En double",
    "off_topic": "Hors sujet",
}


def transfer(conversation: UUID, who: Adviser, to: str, note: str) -> None:
    """Give a conversation to a colleague (`adviser:<id>`) or a team (`team:<slug>`), with a note for them.

    Raises:
        LookupError: there is no such colleague or team.
        TakenByOther: a colleague has it, and this is no supervisor.
        IllegalMove: it is closed.
    """
    kind, _, key = to.partition(":")
    colleague = _colleague(key) if kind == "adviser" else None
    team = Team.objects.filter(pk=key).first() if kind == "team" else None
    if colleague is None and team is None:
        raise LookupError(to)
    with transaction.atomic():
        after = handling.transfer(
            conversation,
            who.pk,
            to=colleague.pk if colleague else None,
            team=team.slug if team else "",
            may_override=who.role != Role.ADVISER,
        )
        name = colleague.name if colleague else team.name if team else ""
        Note.objects.create(
            conversation=conversation, after=after.last_number, author=who, text=note.strip(), about=name
        )


def release(conversation: UUID, who: Adviser) -> None:
    """Give a conversation back to the bot, and tell the member where their claim stands.

    Raises:
        TakenByOther: a colleague has it.
        IllegalMove: the bot has it, or it is closed.
        LifeInDanger: a message that waited for the bot tells of one.
    """
    handling.release(conversation, who.pk, recap(conversation))


def recap(conversation: UUID) -> str:
    """Return what the member reads when the bot goes on: the latest claim, or that there is none."""
    claims = claims_of(conversation)
    if not claims:
        return say("released", state=say("released_no_claim"))
    state = State(claims[0].state).label.lower()
    return say("released", state=say("released_claim", reference=claims[0].reference, state=state))


def close(conversation: UUID, who: Adviser, reason: str) -> None:
    """Close a conversation for one of `CLOSE_REASONS`.

    Raises:
        LookupError: there is no such reason.
        TakenByOther: a colleague has it.
        IllegalMove: it is closed.
        LifeInDanger: a message that waited for the bot tells of one.
    """
    if reason not in CLOSE_REASONS:
        raise LookupError(reason)
    handling.close(conversation, who.pk, reason)


def owner_name(conversation: Conversation) -> str:
    """Return the name of the adviser who has it."""
    found = Adviser.objects.filter(pk=conversation.adviser).first() if conversation.adviser else None
    return found.name if found else ""


def _colleague(key: str) -> Adviser | None:
    try:
        return Adviser.objects.exclude(role=Role.ANALYST).filter(pk=UUID(key), is_active=True).first()
    except ValueError:
        return None
