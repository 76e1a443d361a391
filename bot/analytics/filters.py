"""What a page is asked for: the period, and which channel, family, sub-type and level of safety."""

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from bot.catalogue import catalogue
from bot.conversations.urgency import GRAVEST_FIRST, level_label

PERIODS = {"7": "7 jours", "30": "30 jours", "90": "90 jours", "365": "12 mois"}
DEFAULT_DAYS = 30
LONGEST = timedelta(days=3_660)
CHANNELS = {"web": "Page web", "telegram": "Telegram"}
SAFETY = {level: level_label(level) or "Autre" for level in GRAVEST_FIRST}


@dataclass(frozen=True)
class Filters:
    """A period of whole days in Brussels, both included, and dimensions; "" stands for all."""

    first: date
    last: date
    channel: str = ""
    family: str = ""
    subtype: str = ""
    safety: str = ""

    @classmethod
    def read(cls, asked: QueryDict, today: date) -> "Filters":
        """Return what is asked for; what cannot be is left out, so that a page always comes."""
        last = min(_day(asked.get("last")) or today, today)
        days = int(asked.get("days", "")) if asked.get("days") in PERIODS else 0
        first = last - timedelta(days=days - 1) if days else _day(asked.get("first"))
        if first is None or first > last:
            first = last - timedelta(days=DEFAULT_DAYS - 1)
        family = asked.get("family", "")
        subtype = asked.get("subtype", "")
        if "/" in subtype:  # the form offers all sub-types, each under its family
            family, _, subtype = subtype.partition("/")
        return cls(
            max(first, last - LONGEST),
            last,
            _known(asked.get("channel", ""), CHANNELS),
            _known(family, catalogue().families),
            subtype if family in catalogue().families and subtype in catalogue().families[family].subtypes else "",
            _known(asked.get("safety", ""), SAFETY),
        )

    @property
    def days(self) -> int:
        """Return how many days the period has."""
        return (self.last - self.first).days + 1

    def before(self) -> "Filters":
        """Return the period of the same length that ended the day before."""
        return replace(self, first=self.first - timedelta(days=self.days), last=self.first - timedelta(days=1))

    def dims(self) -> dict[str, str]:
        """Return the dimensions that are chosen."""
        chosen = {name: getattr(self, name) for name in ("channel", "family", "subtype", "safety")}
        return {name: value for name, value in chosen.items() if value}

    def query(self, **more: Any) -> str:
        """Return the filters as an address's query."""
        values = {**{name: str(value) for name, value in asdict(self).items() if value}, **more}
        return urlencode(values)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _known(value: str, known: Any) -> str:
    return value if value in known else ""
