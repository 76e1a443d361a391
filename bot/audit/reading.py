"""What the audit holds, as it is asked for: by whom, what, to which conversation, when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import yaml
from django.db.models import QuerySet

from bot.audit.models import Entry

ZONE = ZoneInfo("Europe/Brussels")
NOBODY = "command"  # in the place of an account: the command line, or nobody who could sign in


@dataclass(frozen=True)
class Asked:
    """What is asked for; blank values do not filter. Days are days in Brussels, both included."""

    who: str = ""  # an account's id, or NOBODY
    act: str = ""
    conversation: UUID | None = None
    since: date | None = None
    until: date | None = None


@cache
def acts() -> Mapping[str, str]:
    """Return how each act reads to a person, in the order of the file."""
    return dict(yaml.safe_load(Path(__file__).with_name("acts.yml").read_text(encoding="utf-8")))


def shown(act: str) -> str:
    """Return how an act reads; one without words shows its name."""
    return acts().get(act, act)


def entries(asked: Asked) -> QuerySet[Entry]:
    """Return the rows, the latest first."""
    found = Entry.objects.order_by("-id")
    if asked.who:
        found = found.filter(who=None) if asked.who == NOBODY else found.filter(who=asked.who)
    if asked.act:
        found = found.filter(act=asked.act)
    if asked.conversation:
        found = found.filter(conversation=asked.conversation)
    if asked.since:
        found = found.filter(at__gte=datetime.combine(asked.since, time.min, ZONE))
    if asked.until:
        found = found.filter(at__lt=datetime.combine(asked.until + timedelta(days=1), time.min, ZONE))
    return found
