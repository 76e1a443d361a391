"""What a conversation script may say (tests/conversations/scripts/*.yml); anything else in one is refused.

A step is one thing the member does (`me`, `tap`, `photo`, `fill`, `later`) and what must be true then.
"""

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

FOLDER = Path(__file__).with_name("scripts")
DOINGS = ("me", "tap", "photo", "fill", "later")


class Strict(BaseModel):
    """A mapping whose unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid")


class ClaimExpected(Strict):
    """What the newest claim of the conversation must be."""

    family: str = ""
    subtype: str = ""
    state: str = ""
    answers: dict[str, Any] = Field(default_factory=dict)


class Step(Strict):
    """One thing the member does, and what must be true afterwards."""

    me: str | None = None  # what they write
    tap: str | None = None  # the title of a button
    photo: bool = False  # they send one
    fill: dict[str, str] | None = None  # answers by field until the recap; the others are left unknown
    later: int = 0  # days that pass in silence

    bot: list[str] = Field(default_factory=list)  # each is said, in this order
    never: list[str] = Field(default_factory=list)  # none is said
    buttons: list[str] = Field(default_factory=list)  # each is offered
    asks: str = ""  # a field's id, or "recap"
    silent: bool = False  # no question and no recap follows
    owner: Literal["", "bot", "waiting", "agent", "closed"] = ""
    priority: int | None = None
    claims: int | None = None  # how many the conversation has
    claim: ClaimExpected | None = None

    @model_validator(mode="after")
    def _does_one_thing(self) -> "Step":
        done = [name for name in DOINGS if getattr(self, name) not in (None, False, 0)]
        if len(done) != 1:
            raise ValueError(f"one of {', '.join(DOINGS)} a step, not {done or 'none'}")
        return self


class Script(Strict):
    """One conversation; `kind` sorts those whose questions are counted: how much the member tells at first."""

    name: str
    kind: Literal["", "full_story", "one_line"] = ""
    channels: list[Literal["web", "telegram"]] = ["web", "telegram"]
    questions_at_most: int | None = None
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
