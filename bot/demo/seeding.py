"""Fills an installation with the demo."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bot.analytics import rolling
from bot.catalogue import Place
from bot.claims.flags import raise_flags
from bot.claims.models import Claim
from bot.conversations.models import Conversation
from bot.demo import people, pictures, removing, rhythm, waves
from bot.demo.book import Book
from bot.demo.playing import Cast, play, play_live, play_small_talk
from bot.demo.texts import campaigns, kinds, words
from bot.desk.models import Role
from bot.errors import RealConversations
from bot.events.models import Event
from bot.invented import RANGE, new_id

DAYS, CONVERSATIONS, INSURED = 90, 1_500, 420
SMALL_TALK = 0.07
CAMPAIGNS = ((9.5, 30), (4.5, 13))  # days ago at which each began, and how many members wrote of it
LIVE = 9  # conversations of the last minutes, so that somebody waits
#: How often each family is reported; within one, the catalogue's first sub-types more often.
FAMILIES = {"fraud": 0.42, "suspicious_behaviour": 0.29, "failed_delivery": 0.19, "insults": 0.10}


@dataclass(frozen=True)
class Seeded:
    """What was made."""

    conversations: int
    claims: int
    events: int
    waves: int


def seed(
    number: int = 7, *, force: bool = False, count: int = CONVERSATIONS, tell: Callable[[str], None] = print
) -> Seeded:
    """Replace the demo by a new one of `count` conversations; the same `number` tells the same stories.

    Raises:
        RealConversations: members have written to this installation, and `force` is not given.
    """
    real = Conversation.objects.exclude(pk__range=RANGE).count()
    if real and not force:
        raise RealConversations(
            f"This database holds {real} real conversations: invented ones would mix with them in every figure. "
            "Use another CYBERCARE_VAR for the demo, or --force; `cybercare demo --remove` takes it away again."
        )
    if removing.remove():
        tell("the demo that was there is removed")
    cast = _cast(random.Random(number))  # noqa: S311 (nothing secret)
    _play_all(cast, count)
    tell("stories told")
    with transaction.atomic():
        seeded = _write(cast)
    tell("stored")
    for _ in range(2):  # what is certain by now, then what is after a rest
        rolling.roll_up()
        time.sleep(rolling.REST.total_seconds() + 0.1)
    rolling.roll_up()
    return seeded


def _cast(chance: random.Random) -> Cast:
    book, end = Book(), timezone.now()
    staff = people.staff(chance)
    return Cast(
        book=book,
        chance=chance,
        end=end,
        advisers=staff[Role.ADVISER],
        supervisor=staff[Role.SUPERVISOR][0],
        tags=people.tags(),
        insured=people.members(book, INSURED, end, chance),
        pictures=pictures.draw(words()["files"], chance),
        begins={each.key: end - timedelta(days=days) for each, (days, _) in zip(campaigns(), CAMPAIGNS, strict=True)},
    )


def _play_all(cast: Cast, count: int) -> None:
    chance, share = cast.chance, count / CONVERSATIONS
    planted = [max(12, round(reports * share)) for _, reports in CAMPAIGNS]
    for at in rhythm.moments(max(0, count - sum(planted) - LIVE), DAYS, cast.end, chance):
        if chance.random() < SMALL_TALK:
            play_small_talk(cast, at)
        else:
            place = _place(chance)
            play(cast, at, place, chance.choice(kinds()[place].stories))
    for campaign, reports in zip(campaigns(), planted, strict=True):
        days = (cast.end - cast.begins[campaign.key]) / timedelta(days=1)
        stories = chance.sample(campaign.stories, len(campaign.stories))
        for number, at in enumerate(rhythm.rising(reports, days, cast.end, chance)):
            play(cast, at, campaign.place, stories[number % len(stories)], campaign)
    for turn in range(LIVE):
        place = _place(chance)
        at = cast.end - timedelta(minutes=chance.uniform(9, 50))
        play_live(cast, at, place, is_served=turn % 3 == 0, is_grave=turn == 1)


def _place(chance: random.Random) -> Place:
    family = chance.choices(list(FAMILIES), list(FAMILIES.values()))[0]
    places = [place for place in kinds() if place[0] == family]
    return chance.choices(places, [1 / (1 + rank) ** 0.55 for rank in range(len(places))])[0]


def _write(cast: Cast) -> Seeded:
    book = cast.book
    book.number()
    book.write()
    for claim in sorted(book.rows[Claim], key=lambda claim: claim.opened_at):
        raise_flags(claim)
    found = waves.make(cast.reports, cast.end)
    waves.decide(cast.reports, book.events, cast.supervisor, cast.begins)
    keys = [wave.pk for wave in found]
    book.events.append(
        Event(at=cast.end, name=removing.SEEDED, conversation=new_id(cast.chance), properties={"waves": keys})
    )
    book.write_events()
    return Seeded(len(book.rows[Conversation]), len(book.rows[Claim]), len(book.events), len(found))
