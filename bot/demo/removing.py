"""Takes the demo away: everything that belongs to an invented id, wherever it is kept."""

from collections.abc import Iterator

from django.apps import apps
from django.db import transaction
from django.db.models import Model, ProtectedError, QuerySet

from bot.analytics import rolling
from bot.claims.models import Claim
from bot.conversations.evidence import discard
from bot.conversations.models import Conversation, Evidence, SentFile
from bot.demo.people import TAGS, TEAM
from bot.desk.models import Adviser, Tag, Team
from bot.events.models import Event
from bot.invented import FIRST, LAST, RANGE
from bot.members.models import Member
from bot.waves.models import Report, Wave

KEPT = ("audit.Entry",)  # append-only: who looked at the demo stays written down
SEEDED = "demo_seeded"  # an event; its properties name the waves that were found


def remove() -> int:
    """Remove the demo and count the figures anew; return how many conversations it had."""
    with transaction.atomic():
        count = Conversation.objects.filter(pk__range=RANGE).count()
        if not count and not Event.objects.filter(conversation__range=RANGE).exists():
            return 0
        keys = [key for model in (Evidence, SentFile) for key in _of(model).values_list("key", flat=True)]
        for event in Event.objects.filter(name=SEEDED, conversation__range=RANGE):
            _waves(event.properties["waves"]).delete()
        for rows in _rows():
            rows.delete()
        Conversation.objects.filter(pk__range=RANGE).delete()
        Member.objects.filter(pk__range=RANGE).delete()
    discard(keys)
    _remove_people()
    rolling.rebuild()
    return count


def _waves(keys: list[int]) -> QuerySet[Wave]:
    """Return those of the waves that no real report is of: a member's report may have joined one."""
    real = Report.objects.exclude(conversation__range=RANGE).filter(wave__in=keys)
    return Wave.objects.filter(pk__in=keys).exclude(pk__in=real.values("wave"))


def _rows() -> Iterator[QuerySet[Model]]:
    """Yield what every model keeps of invented conversations; claims first, for what hangs on them."""
    yield _of(Claim)
    for model in apps.get_models():
        names = {field.name for field in model._meta.fields}
        if "conversation" in names and model._meta.label not in KEPT and model._meta.managed:
            yield _of(model)


def _of[Row: Model](model: type[Row]) -> QuerySet[Row]:
    return model._default_manager.filter(conversation__gte=FIRST, conversation__lte=LAST)


def _remove_people() -> None:
    """Delete the accounts; one that wrote beside a real conversation is only switched off."""
    for who in Adviser.objects.filter(pk__range=RANGE):
        try:
            with transaction.atomic():
                who.delete()
        except ProtectedError:
            who.is_active = False
            who.save(update_fields=["is_active"])
    Team.objects.filter(pk=TEAM.slug).delete()
    Tag.objects.filter(name__in=TAGS).delete()
