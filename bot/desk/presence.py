"""Who is at the desk, who looks at which conversation, who writes there, and up to where everybody has read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from bot.conversations.live import announce
from bot.conversations.models import Conversation
from bot.desk.models import Adviser, Availability, Reading, Role, Tab

GONE = timedelta(minutes=2)  # without an open page; then somebody is away
STAYS_EVERY = 45.0  # seconds between two notes that a page is still open
WRITES = timedelta(seconds=6)  # after a key was pressed


@dataclass(frozen=True)
class Watcher:
    """Somebody who looks at a conversation."""

    tab: UUID
    adviser: UUID
    name: str
    is_writing: bool


def arrive(adviser: UUID) -> UUID:
    """Note that a page of the desk was opened; return its id."""
    now = timezone.now()
    Tab.objects.filter(adviser=adviser, seen_at__lt=now - GONE).delete()
    return Tab.objects.create(pk=uuid4(), adviser_id=adviser, seen_at=now).pk


def stay(tab: UUID) -> None:
    """Note that a page is still open."""
    Tab.objects.filter(pk=tab).update(seen_at=timezone.now())


def leave(tab: UUID) -> None:
    """Note that a page was closed; who opens none within `GONE` is away."""
    with transaction.atomic():
        left = Tab.objects.select_for_update().filter(pk=tab).first()
        if left is None:
            return
        Tab.objects.filter(pk=tab).update(conversation=None, seen_at=timezone.now())
        if left.conversation:
            announce(left.conversation, "watched")


def look(tab: UUID | None, adviser: UUID, conversation: Conversation, number: int) -> None:
    """Note that a page shows a conversation, and that its adviser has read it up to a message."""
    with transaction.atomic():
        changed = {conversation.pk} if _read(adviser, conversation, number) else set()
        here = Tab.objects.select_for_update().filter(pk=tab, adviser=adviser).first() if tab else None
        if here and here.conversation != conversation.pk:
            changed |= {key for key in (conversation.pk, here.conversation) if key}
            Tab.objects.filter(pk=here.pk).update(conversation=conversation.pk, wrote_at=None)
        for key in changed:
            announce(key, "watched")


def write(adviser: UUID, conversation: UUID) -> None:
    """Note that an adviser writes an answer."""
    now = timezone.now()
    if Tab.objects.filter(adviser=adviser, conversation=conversation).update(wrote_at=now):
        announce(conversation, "watched")


def watchers(conversations: Iterable[UUID]) -> Mapping[UUID, list[Watcher]]:
    """Return who looks at each of these conversations now; those whom nobody looks at are missing."""
    now, found = timezone.now(), defaultdict[UUID, list[Watcher]](list)
    looking = Tab.objects.filter(conversation__in=list(conversations), seen_at__gt=now - GONE).select_related("adviser")
    for tab in looking.order_by("adviser__name", "pk"):
        is_writing = tab.wrote_at is not None and tab.wrote_at > now - WRITES
        assert tab.conversation, "one of those asked for"
        found[tab.conversation].append(Watcher(tab.pk, tab.adviser_id, tab.adviser.name, is_writing))
    return found


def readings(conversations: Iterable[UUID]) -> Mapping[UUID, dict[UUID, int]]:
    """Return up to which message each adviser has read these conversations; who never opened one is missing."""
    found: defaultdict[UUID, dict[UUID, int]] = defaultdict(dict)
    rows = Reading.objects.filter(conversation__in=list(conversations))
    for conversation, adviser, number in rows.values_list("conversation", "adviser", "number"):
        found[conversation][adviser] = number
    return found


def set_availability(who: Adviser, chosen: str) -> None:
    """Tell colleagues whether they may count on somebody.

    Raises:
        LookupError: there is no such `Availability`.
    """
    if chosen not in Availability.values:
        raise LookupError(chosen)
    who.availability = chosen
    who.save(update_fields=["availability"])


def colleagues(besides: UUID | None) -> Mapping[str, list[Adviser]]:
    """Return who may take a conversation, by `Availability`; away are also those who have no page open."""
    found: dict[str, list[Adviser]] = {each: [] for each in Availability.values}
    here = set(Tab.objects.filter(seen_at__gt=timezone.now() - GONE).values_list("adviser", flat=True))
    for each in Adviser.objects.filter(is_active=True).exclude(role=Role.ANALYST):
        if each.pk != besides:
            found[each.availability if each.pk in here else Availability.AWAY].append(each)
    return found


def _read(adviser: UUID, conversation: Conversation, number: int) -> bool:
    """Note up to where somebody has read; return whether that is further than before."""
    number = min(number, conversation.last_number)
    known, is_new = Reading.objects.get_or_create(
        conversation=conversation.pk, adviser_id=adviser, defaults={"number": number}
    )
    further = Reading.objects.filter(pk=known.pk, number__lt=number)
    return is_new or bool(further.update(number=number))
