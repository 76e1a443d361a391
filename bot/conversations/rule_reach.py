"""How many conversations of the last month a supervisor's rule would have met, before it is saved."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bot.conversations.models import Author, Conversation, Message, Rule
from bot.conversations.rules import LEVELS, fits_nothing, has_words
from bot.events.models import Event
from bot.understanding.persons import is_minor_writing

DAYS = 30
MOST_TEXTS = 20_000  # of the latest messages, in which words, children and urgency are looked for: about a second


def reach(rule: Rule) -> int:
    """Return how many conversations would have met the rule; amounts are those of opened claims."""
    if fits_nothing(rule):
        return 0
    since = timezone.now() - timedelta(days=DAYS)
    found = _found(rule, since)
    return len(_by_texts(rule, found, since)) if reads_texts(rule) else found.count()


def reads_texts(rule: Rule) -> bool:
    """Tell whether a rule asks for what messages alone tell, of which only the latest `MOST_TEXTS` are read."""
    return bool(rule.words or rule.is_child or rule.safety)


def _found(rule: Rule, since: datetime) -> QuerySet[Conversation]:
    """Return the conversations that meet all but what messages tell."""
    found = Conversation.objects.filter(last_message_at__gt=since)
    if rule.family:
        found = found.filter(family=rule.family)
    if rule.subtype:
        found = found.filter(subtype=rule.subtype)
    if rule.is_known is not None:
        found = found.filter(member__isnull=not rule.is_known)
    if rule.amount_cents is not None:
        enough = {"properties__amount_cents__gte": rule.amount_cents}
        found = found.filter(Exists(_events(since).filter(conversation=OuterRef("pk"), name="claim_opened", **enough)))
    return found


def _by_texts(rule: Rule, found: QuerySet[Conversation], since: datetime) -> set[UUID]:
    """Return the keys of those whose members also wrote the words, let see a child, were in danger: what is asked."""
    left = set(found.values_list("pk", flat=True))
    told = [each for each in _told(since).values_list("conversation", "text", "safety") if each[0] in left]
    if rule.is_child:
        about_child = Q(name="minor_answered") | Q(name="claim_opened", properties__victim="child")
        known = _events(since).filter(about_child).values_list("conversation", flat=True)
        left &= {key for key in known if key} | {key for key, text, _ in told if is_minor_writing(text)}
    if rule.words:
        left &= {key for key, text, _ in told if has_words(rule.words, text)}
    if rule.safety:
        left &= {key for key, _, level in told if level in LEVELS[LEVELS.index(rule.safety) :]}
    return left


def _told(since: datetime) -> QuerySet[Message]:
    """Return what members wrote lately, among the latest messages by primary key: no index tells who wrote, or when."""
    latest = Message.objects.order_by("-pk").values_list("pk", flat=True)
    first = latest[MOST_TEXTS - 1 : MOST_TEXTS].first() or 0
    return Message.objects.filter(pk__gte=first, author=Author.MEMBER, sent_at__gt=since)


def _events(since: datetime) -> QuerySet[Event]:
    return Event.objects.filter(at__gt=since)
