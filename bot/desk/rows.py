"""One line of a list: a conversation in the words that help an adviser choose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject, Left

from bot.catalogue import catalogue
from bot.claims.models import Claim
from bot.conversations.models import Author, CallBack, Conversation, Message, Rule
from bot.conversations.ownership import Owner
from bot.conversations.services import LOWEST
from bot.conversations.urgency import priority_label
from bot.desk.models import Adviser, Tag, Team
from bot.desk.presence import readings
from bot.desk.tags import tags_of
from bot.invented import is_invented

PREVIEW = 140  # characters
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
    tags: list[Tag]
    number: int  # of what the member wrote last
    read: int  # up to where the reader has read; 0 in a line that is made for all desks at once
    is_unread: bool
    rule_name: str  # of the supervisor's rule that put it into the queue

    @property
    def incident(self) -> str:
        """Return what it is about, in words."""
        return catalogue().incident_label(self.conversation.family, self.conversation.subtype)

    @property
    def priority_label(self) -> str:
        """Return how urgent it is; nothing for the rest."""
        return priority_label(self.conversation.priority) if self.conversation.priority < LOWEST else ""

    @property
    def channel_label(self) -> str:
        """Return the channel's name, with a mark where the conversation is invented."""
        name = CHANNELS.get(self.conversation.channel, self.conversation.channel)
        return f"{name} · démo" if is_invented(self.conversation.pk) else name

    @property
    def reason(self) -> str:
        """Return why it waits."""
        if self.rule_name and self.conversation.owner == Owner.WAITING:
            return f"Règle : {self.rule_name}"
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


def rows_of(conversations: Sequence[Conversation], reader: UUID | None = None) -> list[Row]:
    """Return the lines of these conversations, in their order, with eight queries however many they are.

    With a reader (an adviser's id), what they have not read is marked.
    """
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
    tags, read = tags_of(keys), readings(keys) if reader else {}
    rules = dict(Rule.objects.filter(pk__in={each.rule_id for each in conversations}).values_list("pk", "name"))
    return [
        Row(
            conversation=each,
            preview=previews[each.pk][0],
            reference=claims.get(each.pk, ""),
            has_call_back=each.pk in waiting,
            adviser_name=names.get(each.adviser, "") if each.adviser else "",
            team_name=teams.get(each.team, each.team),
            tags=tags.get(each.pk, []),
            number=(number := previews[each.pk][1]),
            read=(known := read.get(each.pk, {}).get(reader, 0) if reader else 0),
            is_unread=number > known and _is_for(each, reader),
            rule_name=rules.get(each.rule_id, "") if each.rule_id else "",
        )
        for each in conversations
    ]


def adviser_names(keys: Any) -> Mapping[UUID, str]:
    """Return the names of these accounts."""
    return dict(Adviser.objects.filter(pk__in={key for key in keys if key}).values_list("pk", "name"))


def _is_for(conversation: Conversation, reader: UUID | None) -> bool:
    """Tell whether somebody should read what is new in it; list.js has the same rule, for lines of the stream."""
    if reader is None:
        return False
    return conversation.owner == Owner.WAITING or (conversation.owner == Owner.AGENT and conversation.adviser == reader)


def _previews(keys: list[UUID]) -> dict[UUID, tuple[str, int]]:
    """Return the beginning of what each member wrote last, and the number of that message (0: nothing yet)."""
    last = Message.objects.filter(conversation=OuterRef("pk"), author=Author.MEMBER).order_by("-number")
    told = last.values(told=JSONObject(text=Left("text", PREVIEW), number="number"))[:1]
    found = Conversation.objects.filter(pk__in=keys).annotate(told=Subquery(told, output_field=JSONField()))
    texts = {key: (told["text"], told["number"]) for key, told in found.values_list("pk", "told") if told}
    return {key: texts.get(key, ("", 0)) for key in keys}


def _milliseconds(moment: datetime | None) -> str:
    return f"{int(moment.timestamp() * 1000):015d}" if moment else "0" * 15
