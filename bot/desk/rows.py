"""One line of a list: a conversation in the words that help an adviser choose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Left

from bot.catalogue import catalogue
from bot.claims.models import Claim
from bot.conversations.models import Author, CallBack, Conversation, Message
from bot.desk.models import Adviser, Team

PREVIEW = 140  # characters
PRIORITIES = ("Vie en danger", "Attaque en cours", "Argent récent", "")  # by number
CHANNELS = {"web": "Web", "telegram": "Telegram"}
REASONS = {  # why somebody waits; that they asked for it goes without saying
    "callback_asked": "veut être rappelé",
    "not_understood": "pas compris",
    "engine_failure": "panne de l'assistant",
    "answer_failure": "panne de l'assistant",
    "transferred": "transféré",
}


@dataclass(frozen=True)
class Row:
    """What a list shows of a conversation."""

    conversation: Conversation
    preview: str
    reference: str
    has_call_back: bool
    adviser_name: str
    team_name: str

    @property
    def incident(self) -> str:
        """Return what it is about, in words."""
        return incident_label(self.conversation.family, self.conversation.subtype)

    @property
    def priority_label(self) -> str:
        """Return how urgent it is; nothing for the rest."""
        return PRIORITIES[min(self.conversation.priority, len(PRIORITIES) - 1)]

    @property
    def channel_label(self) -> str:
        """Return the channel's name."""
        return CHANNELS.get(self.conversation.channel, self.conversation.channel)

    @property
    def reason(self) -> str:
        """Return why it waits."""
        return REASONS.get(self.conversation.owner_reason, "") if self.conversation.owner == "waiting" else ""

    @property
    def rank(self) -> str:
        """Return the key by which ranked lists are sorted, ascending as text."""
        since = self.conversation.waiting_since
        return f"{self.conversation.priority}{_milliseconds(since) if since else '9' * 15}"

    @property
    def recent(self) -> str:
        """Return the key by which the other lists are sorted, descending as text."""
        return _milliseconds(self.conversation.last_message_at)


def rows_of(conversations: Sequence[Conversation]) -> list[Row]:
    """Return the lines of these conversations, in their order, with five queries however many they are."""
    keys = [conversation.pk for conversation in conversations]
    previews = _previews(keys)
    claims = dict(
        Claim.objects.filter(conversation__in=keys).order_by("opened_at").values_list("conversation", "reference")
    )
    waiting = set(CallBack.objects.filter(conversation__in=keys, done_at=None).values_list("conversation", flat=True))
    names = adviser_names(conversation.adviser for conversation in conversations)
    teams = dict(
        Team.objects.filter(slug__in={each.team for each in conversations if each.team}).values_list("slug", "name")
    )
    return [
        Row(
            conversation=each,
            preview=previews.get(each.pk, ""),
            reference=claims.get(each.pk, ""),
            has_call_back=each.pk in waiting,
            adviser_name=names.get(each.adviser, "") if each.adviser else "",
            team_name=teams.get(each.team, each.team),
        )
        for each in conversations
    ]


def adviser_names(keys: Any) -> Mapping[UUID, str]:
    """Return the names of these accounts."""
    return dict(Adviser.objects.filter(pk__in={key for key in keys if key}).values_list("pk", "name"))


def incident_label(family: str, subtype: str) -> str:
    """Return the sub-type's label, or the family's, or nothing."""
    known = catalogue().families.get(family)
    if known is None:
        return ""
    return known.subtypes[subtype].label if subtype in known.subtypes else known.label


def _previews(keys: list[UUID]) -> dict[UUID, str]:
    """Return the beginning of what each member wrote last."""
    last = Message.objects.filter(conversation=OuterRef("pk"), author=Author.MEMBER).order_by("-number")
    found = Conversation.objects.filter(pk__in=keys).annotate(
        preview=Subquery(last.values(start=Left("text", PREVIEW))[:1])
    )
    return {key: preview or "" for key, preview in found.values_list("pk", "preview")}


def _milliseconds(moment: datetime | None) -> str:
    return f"{int(moment.timestamp() * 1000):015d}" if moment else "0" * 15
