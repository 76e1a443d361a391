"""What a conversation script may say (tests/conversations/scripts/*.yml); anything else in one is refused.

A step is one thing that somebody does and what must be true then. `{reference}` in a text stands for the newest
claim's, `{mailbox}` for an e-mail address of the play's own, `{code}` for the one-time code that came there.
"""

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

FOLDER = Path(__file__).with_name("scripts")
DOINGS = ("me", "burst", "unheard", "tap", "photo", "photos", "sends", "fill", "open", "later", "adviser", "elsewhere")


class Strict(BaseModel):
    """A mapping whose unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid")


class ClaimExpected(Strict):
    """What the newest claim of the conversation must be; an answer that was left empty is null."""

    family: str = ""
    subtype: str = ""
    state: str = ""
    answers: dict[str, Any] = Field(default_factory=dict)
    flags: list[str] | None = None  # rules that a handler is to look at, but that nobody vouched for the member


class Step(Strict):
    """One thing that is done, and what must be true afterwards."""

    me: str | None = None  # the member writes
    burst: list[str] | None = None  # the member writes several messages without waiting for an answer
    unheard: str | None = None  # the member writes, and the bot says nothing
    tap: str | None = None  # the title of a button
    photo: bool = False  # the member sends one
    photos: int = 0  # the member sends several at once: an album on Telegram
    sends: Literal["", "voice", "sticker", "location", "video"] = ""  # what cannot be read; on Telegram only
    fill: dict[str, str] | None = None  # answers by question until the recap; fields without one are left unknown
    open: dict[str, str] | None = None  # the recap is confirmed; answers to what is asked then, "no thanks" to the rest
    later: int = 0  # days that pass in silence
    adviser: str | None = None  # an adviser writes; "release" and "close" are what they do with the conversation
    elsewhere: bool = False  # the member goes on in a conversation of its own

    times: int = 1  # how often `me` is written in one message, for very long ones
    bot: list[str] = Field(default_factory=list)  # each is said, in this order
    never: list[str] = Field(default_factory=list)  # none is said
    buttons: list[str] = Field(default_factory=list)  # each is offered
    no_buttons: list[str] = Field(default_factory=list)  # none is offered
    asks: str = ""  # a question's id (a field or a step), or "recap"
    silent: bool = False  # no question and no recap follows
    owner: Literal["", "bot", "waiting", "agent", "closed"] = ""
    priority: int | None = None
    claims: int | None = None  # how many the conversation has
    claim: ClaimExpected | None = None

    @model_validator(mode="after")
    def _does_one_thing(self) -> "Step":
        done = [name for name in DOINGS if getattr(self, name) not in (None, False, 0, "")]
        if len(done) != 1:
            raise ValueError(f"one of {', '.join(DOINGS)} a step, not {done or 'none'}")
        return self


class Script(Strict):
    """One conversation; `kind` sorts those whose questions are counted: how much the member tells at first."""

    name: str
    kind: Literal["", "full_story", "one_line"] = ""
    channels: list[Literal["web", "telegram"]] = ["web", "telegram"]
    questions_at_most: int | None = None
    known_gap: str = ""  # why the product does not do this yet; once it does, the test says so
    steps: list[Step]


def scripts() -> list[Script]:
    """Return all scripts, by file and order.

    Raises:
        pydantic.ValidationError: a script has an unknown key or a wrong value.
    """
    found = []
    for path in sorted(FOLDER.glob("*.yml")):
        found += [Script(**raw) for raw in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return found
