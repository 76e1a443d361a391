"""What was said in a conversation, as advisers read it: from its end backwards, page by page, with their notes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from bot.catalogue import catalogue
from bot.conversations.models import Author, Conversation, Evidence, Message, SentFile
from bot.conversations.urgency import level_label
from bot.desk.markup import as_html
from bot.desk.models import Note
from bot.desk.rows import adviser_names
from bot.learning.labels import shown

PAGE = 30  # messages
MOST_NEW = 200  # messages after a number, at once
CHANGES = timedelta(minutes=5)  # for which an edit or a delivery of an earlier message is sent again
AUTHORS = {Author.MEMBER: "Membre", Author.BOT: "Assistant", Author.ADVISER: "Conseiller", Author.SYSTEM: "Information"}
UNDELIVERED = {"kept-back": "retenu : le membre a bloqué le bot", "refused": "refusé par Telegram"}


@dataclass(frozen=True)
class Understood:
    """What the understanding made of a message: the best readings with their confidence in per cent."""

    readings: list[tuple[str, int]]
    safety: str


@dataclass(frozen=True)
class Entry:
    """One message with all that is shown around it."""

    message: Message
    who: str
    html: SafeString | None  # of ours; the member's text is plain
    files: list[Evidence | SentFile]
    understood: Understood | None
    delivery: str
    notes: list[Note]


@dataclass(frozen=True)
class History:
    """Some entries in order; `before` is where the earlier ones end (0: there are none)."""

    entries: list[Entry]
    before: int


def latest(conversation: Conversation, before: int = 0) -> History:
    """Return the last messages, or the last ones whose number is below `before`."""
    found = _messages(conversation)
    if before:
        found = found.filter(number__lt=before)
    rows = list(found.order_by("-number")[: PAGE + 1])
    kept = rows[:PAGE][::-1]
    return History(_entries(conversation, kept), kept[0].number if len(rows) > PAGE else 0)


def news(conversation: Conversation, after: int) -> list[Entry]:
    """Return the messages whose number is above `after`, and what changed lately in the ones shown before."""
    recent = timezone.now() - CHANGES
    noted = Note.objects.filter(conversation=conversation.pk, at__gt=recent).values_list("after", flat=True)
    changed = Q(number__gt=after - PAGE) & (Q(edited_at__gt=recent) | Q(delivered_at__gt=recent))
    kept = Evidence.objects.filter(conversation=conversation, received_at__gt=recent).values_list(
        "message__number", flat=True
    )
    changed |= Q(number__in=[*noted, *kept])  # a file of Telegram's comes after its message
    found = _messages(conversation).filter(Q(number__gt=after) | changed).order_by("number")
    return _entries(conversation, list(found[:MOST_NEW]))


def _messages(conversation: Conversation) -> QuerySet[Message]:
    return Message.objects.filter(conversation=conversation).prefetch_related("evidence", "sent_files")


def _entries(conversation: Conversation, messages: list[Message]) -> list[Entry]:
    names = adviser_names(message.adviser for message in messages)
    notes = _notes(conversation.pk, [message.number for message in messages])
    return [
        Entry(
            message=message,
            who=names.get(message.adviser, "") if message.adviser else AUTHORS[Author(message.author)],
            html=None if message.author == Author.MEMBER else as_html(message.text),
            files=[*message.evidence.all(), *message.sent_files.all()],
            understood=_understood(message),
            delivery=_delivery(conversation, message),
            notes=[note for note in notes if note.after == message.number],
        )
        for message in messages
    ]


def _notes(conversation: UUID, numbers: Iterable[int]) -> list[Note]:
    return list(
        Note.objects.filter(conversation=conversation, after__in=numbers).select_related("author").order_by("at")
    )


def _understood(message: Message) -> Understood | None:
    """Return what was understood of a member's text; the intent where it reports no incident."""
    safety = level_label(message.safety).lower()
    told = message.understood or {}
    best = [
        (
            catalogue().incident_label(
                str(each.get("intent", "")).removeprefix("report_"), str(each.get("subtype", ""))
            ),
            each,
        )
        for each in told.get("incident") or []
    ]
    intent = told.get("intent") or {}
    if not str(intent.get("name", "")).startswith("report_"):
        name = str(intent.get("name") or "")
        best = [("Pas compris" if name == "nlu_fallback" else shown(name), intent)]
    readings = [(label, round(100 * float(each.get("confidence") or 0))) for label, each in best if label]
    return Understood(readings[:3], safety) if readings or safety else None


def _delivery(conversation: Conversation, message: Message) -> str:
    """Return how far one of our messages came; the web page reads by itself, so nothing is known of it there."""
    if message.author == Author.MEMBER or conversation.channel == "web":
        return ""
    if message.delivered_at:
        return "distribué"
    return UNDELIVERED.get(message.delivery_id, "en cours d'envoi")
