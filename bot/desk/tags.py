"""Words that advisers put on conversations, out of those that supervisors offer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count

from bot.conversations.live import announce
from bot.desk.models import Adviser, Tag, Tagging
from bot.errors import WrongTag
from bot.events.services import record
from bot.understanding.folding import fold

LONGEST = 32  # characters


def tags_of(conversations: Iterable[UUID]) -> Mapping[UUID, list[Tag]]:
    """Return the tags of these conversations, in the order of the alphabet; those without any are missing."""
    found: defaultdict[UUID, list[Tag]] = defaultdict(list)
    put_on = Tagging.objects.filter(conversation__in=list(conversations)).select_related("tag")
    for tagging in sorted(put_on, key=lambda each: fold(each.tag.name)):
        found[tagging.conversation].append(tagging.tag)
    return found


def offered() -> list[Tag]:
    """Return all tags in the order of the alphabet, accents or not."""
    return sorted(Tag.objects.all(), key=lambda tag: fold(tag.name))


def counted() -> list[Tag]:
    """Return all tags, each with how many conversations have it as `used`."""
    return sorted(Tag.objects.annotate(used=Count("taggings")), key=lambda tag: fold(tag.name))


def put(conversation: UUID, who: Adviser, chosen: Iterable[str]) -> None:
    """Give a conversation exactly these tags (keys of `Tag`); unknown ones are left out."""
    keys = {int(key) for key in chosen if key.isdecimal() and len(key) < 18}
    with transaction.atomic():
        wanted = set(Tag.objects.filter(pk__in=keys).values_list("pk", flat=True))
        had = set(Tagging.objects.filter(conversation=conversation).values_list("tag", flat=True))
        if wanted == had:
            return
        Tagging.objects.filter(conversation=conversation, tag__in=had - wanted).delete()
        new = [Tagging(conversation=conversation, tag_id=key) for key in wanted - had]
        Tagging.objects.bulk_create(new, ignore_conflicts=True)
        added, removed = sorted(wanted - had), sorted(had - wanted)
        record("tags_changed", conversation, adviser=str(who.pk), added=added, removed=removed)
        announce(conversation)


def add(conversation: UUID, key: str) -> None:
    """Put one tag on a conversation, as a supervisor's rule wants it; one that is gone is left out."""
    tag = Tag.objects.filter(pk=int(key)).first() if key.isdecimal() else None
    if tag and Tagging.objects.get_or_create(conversation=conversation, tag=tag)[1]:
        record("tags_changed", conversation, added=[tag.pk], removed=[])
        announce(conversation)


def save(name: str, key: int | None = None) -> Tag:
    """Offer a new tag, or rename one.

    Raises:
        WrongTag: the name is blank or too long, or another tag has it; its words are for the reader.
        Tag.DoesNotExist: the tag to be renamed is gone.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise WrongTag("desk_tag_length")
    tag = Tag.objects.get(pk=key) if key else Tag()
    tag.name = name
    try:
        with transaction.atomic():
            tag.save()
    except IntegrityError as error:
        raise WrongTag("desk_tag_known") from error
    return tag
