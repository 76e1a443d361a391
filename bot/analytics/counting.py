"""What is counted, under what, and what must be remembered of a conversation to count its next event."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID


class Happened(NamedTuple):
    """One row of the events."""

    id: int
    at: datetime
    name: str
    conversation: UUID | None
    claim: UUID | None
    properties: Mapping[str, Any]


@dataclass(frozen=True)
class Dims:
    """Under what a count is filed; "" where it is not known."""

    channel: str = ""
    family: str = ""
    subtype: str = ""
    safety: str = ""


@dataclass(frozen=True)
class Count:
    """One thing to count; `sign` -1 takes an earlier one back, `bucketed` says that its value has a distribution."""

    measure: str
    at: datetime
    dims: Dims
    key: str = ""
    value: float = 0.0
    bucketed: bool = False
    began: datetime | None = None
    sign: int = 1


@dataclass
class Memory:
    """What is remembered of one conversation; times are ISO strings, so that it is stored as it is."""

    channel: str = ""
    family: str = ""
    subtype: str = ""
    safety: str = ""
    reported_at: str = ""
    report_dims: list[str] = field(default_factory=list)
    reached: list[str] = field(default_factory=list)  # steps of the present incident, each counted once
    answered: int = 0
    pending: str = ""
    asked_at: str = ""
    waiting_since: str = ""
    reply_due_since: str = ""
    agent_since: str = ""
    hours: str = ""  # "in" or "out": when the hand-over was asked for

    @property
    def dims(self) -> Dims:
        """Return the dimensions as they are known now."""
        return Dims(self.channel, self.family, self.subtype, self.safety)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Memory":
        """Return what was stored; keys of another version are left out."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})
