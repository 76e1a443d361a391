"""One turn of a conversation in neutral form: what was asked of the bot, and what it says and does."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Question:
    """One message for the engine. `memory` is the id under which the engine remembers; `command` a Rasa payload."""

    conversation: str
    memory: str
    message_id: str
    text: str
    command: str
    sent_at: datetime
    safety: str = ""
    minor: bool = False  # a child writes
    silence: float = 0.0  # seconds since the member's previous message


@dataclass(frozen=True)
class Reading:
    """What the engine makes of a text that it is not to answer; how sure it is of a danger, a report: 0 to 1."""

    intent: str
    danger: float  # to a life
    report: float = 0.0  # of an incident, of any kind


@dataclass(frozen=True)
class Reply:
    """One message to the member: markup text, quick-reply buttons (`title`, `payload`), a structured card."""

    text: str
    buttons: list[dict[str, str]] = field(default_factory=list)
    card: dict[str, Any] | None = None


@dataclass(frozen=True)
class Route:
    """Where a supervisor's rule sends a conversation: for which team it waits (blank: anybody), at least how grave."""

    rule: int
    team: str
    priority: int


@dataclass(frozen=True)
class Turn:
    """All replies to one message, and what else happens in the same transaction."""

    replies: list[Reply]
    understood: dict[str, Any] | None = None
    hand_off: str = ""  # a reason puts the conversation into the humans' queue
    ends_episode: bool = False  # the engine forgets what came before
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    route: Route | None = None  # of a hand-off
