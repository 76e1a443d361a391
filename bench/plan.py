"""How much is measured: counts and seconds, so that every step is bounded."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """Upper bounds of one run; a step ends at its count or at its seconds, whichever comes first."""

    examples_per_label: int | None  # None: all training examples
    starts: int  # of the product; the last one is timed
    warm_up_turns: int = 20
    rest_turns: int = 200  # one conversation after the other
    rest_seconds: float = 30.0
    load_turns: int = 20_000
    load_seconds: float = 15.0
    sustained_seconds: float = 30.0
    concurrencies: tuple[int, ...] = (8, 32)
    sustained_conversations: int = 64


FULL = Plan(examples_per_label=None, starts=2)
QUICK = Plan(
    examples_per_label=3,
    starts=1,
    warm_up_turns=3,
    rest_turns=20,
    rest_seconds=10.0,
    load_turns=200,
    load_seconds=4.0,
    sustained_seconds=5.0,
    sustained_conversations=16,
)
#: Messages of one conversation: Rasa slows down with length, and members seldom write more.
SHORT_PER_CONVERSATION = 8
#: A story begins an incident; the next one belongs to another member.
STORIES_PER_CONVERSATION = 1
