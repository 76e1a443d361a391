"""Plays one invented conversation from the first word to the end of its claim."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from datetime import datetime

from bot.catalogue import Place
from bot.claims.models import Claim, State
from bot.conversations.models import Message
from bot.conversations.ownership import Owner
from bot.demo import claims
from bot.demo.book import Book
from bot.demo.humans import Humans
from bot.demo.member import Member
from bot.demo.pictures import Picture
from bot.demo.rhythm import is_staffed, staffed_next
from bot.demo.scene import Over, Scene
from bot.demo.texts import Campaign, kinds, told, words
from bot.demo.waves import CONFIRMED_AFTER, Told
from bot.desk.models import Adviser, Tag
from bot.members.models import Member as Insured
from bot.texts import say
from bot.turn import Reply, Turn
from bot.waves.services import TOLD, UNDERSTOOD

DAY = 86_400.0
HANDLER_BEGINS, HANDLER_ENDS = 1.4 * DAY, 8 * DAY  # medians after the opening
ASKS_AFTERWARDS, RETURNS = 0.11, 0.1


@dataclass
class Cast:
    """Who and what all conversations share."""

    book: Book
    chance: random.Random
    end: datetime
    advisers: Sequence[Adviser]
    supervisor: Adviser
    tags: Sequence[Tag]
    insured: Sequence[Insured]
    pictures: Sequence[Picture]
    begins: Mapping[str, datetime]  # of the campaigns
    reports: list[Told] = field(default_factory=list)


def play(cast: Cast, at: datetime, place: Place, story: str, campaign: Campaign | None = None) -> None:
    """Play a conversation that begins at a moment (UTC) and tells a story of this kind of incident."""
    conversation = Play(cast, at, place, campaign)
    try:
        conversation.tell(told(story, place, at, cast.chance))
        conversation.see_humans()
        conversation.follow_claim()
        conversation.return_()
    except Over:
        pass


def play_small_talk(cast: Cast, at: datetime) -> None:
    """Play a conversation without an incident."""
    conversation = Play(cast, at, ("fraud", "fake_shop"), None)
    try:
        conversation.chat()
        conversation.see_humans()
    except Over:
        pass


def play_live(cast: Cast, at: datetime, place: Place, *, is_served: bool, is_grave: bool) -> None:
    """Play a conversation of the last minutes whose member waits for a human, or talks with one."""
    conversation = Play(cast, at, place, None)
    story = cast.chance.choice(kinds()[place].stories)
    try:
        conversation.call(told(story, place, at, cast.chance), is_grave=is_grave)
        if is_served:
            Humans(conversation.scene, cast.advisers, cast.tags).begin()
    except Over:
        pass


class Play:
    """One conversation."""

    def __init__(self, cast: Cast, at: datetime, place: Place, campaign: Campaign | None) -> None:
        """Open it."""
        self.cast, self.chance, self.campaign = cast, cast.chance, campaign
        channel = "web" if cast.chance.random() < 0.68 else "telegram"
        self.scene = Scene(cast.book, cast.chance, at, cast.end, channel)
        self.member = Member(self.scene, place, self._enrich)
        if channel == "web" and cast.chance.random() < 0.5:
            self.scene.talk.member = cast.chance.choice(cast.insured).pk
            self.scene.happen("member_identified")

    def tell(self, story: str) -> None:
        """Greet or not, be unclear or not, tell, declare."""
        scene, chance, member = self.scene, self.chance, self.member
        scene.pass_time(chance.uniform(1, 20))
        if chance.random() < 0.18:
            member.write(chance.choice(words()["greetings"]), "greet", 0.98)
            scene.pass_time(chance.lognormvariate(3.0, 0.6))
        for _ in range(2):
            if scene.talk.owner == Owner.BOT and chance.random() < 0.085:
                member.be_unclear()
        if scene.talk.owner != Owner.BOT:
            return
        if chance.random() < 0.006:
            self._fail(story)
            return
        member.report(story)
        if chance.random() < 0.02:
            scene.pass_time(chance.uniform(20, 90))
            member.write(chance.choice(words()["life"]), "distress", 0.9)
        member.declare()

    def chat(self) -> None:
        """Say hello, ask what is not ours or what is covered."""
        scene, chance, member = self.scene, self.chance, self.member
        scene.pass_time(chance.uniform(1, 20))
        member.write(chance.choice(words()["greetings"]), "greet", 0.98)
        scene.pass_time(chance.lognormvariate(3.0, 0.6))
        asks = chance.choice(("out_of_scope", "out_of_scope", "cover", ""))
        if asks == "cover":
            member.write(chance.choice(words()["cover"]), "ask_cover", 0.93)
        elif asks:
            member.write(chance.choice(words()[asks]), asks, round(chance.uniform(0.6, 0.98), 3))
        if chance.random() < 0.3:
            scene.pass_time(chance.lognormvariate(3.0, 0.6))
            member.write(chance.choice(words()["humans"]), "ask_human", 0.96)

    def call(self, story: str, *, is_grave: bool) -> None:
        """Tell, and ask for a human at once; in danger, that comes by itself."""
        scene, chance = self.scene, self.chance
        scene.pass_time(chance.uniform(1, 20))
        self.member.report(story)
        scene.pass_time(chance.uniform(20, 90))
        if is_grave:
            self.member.write(words()["life"][0], "distress", 0.9)
        elif scene.talk.owner == Owner.BOT:
            self.member.write(chance.choice(words()["humans"]), "ask_human", 0.96)

    def see_humans(self) -> None:
        """Ask for a human, some of them, and be served."""
        scene, chance = self.scene, self.chance
        if scene.talk.owner == Owner.BOT and chance.random() < ASKS_AFTERWARDS:
            scene.pass_time(chance.lognormvariate(4.5, 1.0))
            self.member.write(chance.choice(words()["humans"]), "ask_human", 0.96)
        if scene.talk.owner == Owner.WAITING:
            Humans(scene, self.cast.advisers, self.cast.tags).serve()

    def follow_claim(self) -> None:
        """See the pieces come, and the handler's steps to the end."""
        scene, chance, opened = self.scene, self.chance, self.member.records.opened
        if not opened:
            return
        claim, pieces = opened[0], self.member.records.pieces[opened[0].pk]
        for _ in range(chance.choices((0, 1, 2, 3), (50, 26, 16, 8))[0]):
            scene.pass_time(chance.lognormvariate(5.0, 1.2))
            claims.send_file(scene, claim, pieces, chance.choice(self.cast.pictures))
        by = chance.choice(self.cast.advisers)
        self._wait(HANDLER_BEGINS)
        claims.change_state(scene, claim, State.IN_REVIEW, by)
        if chance.random() < 0.34:
            self._ask_documents(claim, by)
        self._wait(HANDLER_ENDS)
        claims.change_state(scene, claim, State.CLOSED, by, claims.outcome_of(scene, claim))

    def return_(self) -> None:
        """Write again, some of them, when all is over."""
        chance = self.chance
        if chance.random() > RETURNS:
            return
        self._wait(2 * DAY)
        self.member.write(chance.choice(words()["back"]), "ask_status", 0.8)

    def _wait(self, median: float) -> None:
        """Let days pass, up to a moment at which people work."""
        self.scene.pass_time(median * self.chance.lognormvariate(0, 0.7))
        if not is_staffed(self.scene.now):
            opens = (staffed_next(self.scene.now) - self.scene.now).total_seconds()
            self.scene.pass_time(opens + self.chance.uniform(0, 3 * 3_600))

    def _ask_documents(self, claim: Claim, by: Adviser) -> None:
        scene, chance = self.scene, self.chance
        self._wait(0.6 * DAY)
        claims.change_state(scene, claim, State.DOCUMENTS_MISSING, by)
        scene.pass_time(chance.lognormvariate(11.2, 1.0))
        claims.send_file(scene, claim, self.member.records.pieces[claim.pk], chance.choice(self.cast.pictures))
        self._wait(0.6 * DAY)
        claims.change_state(scene, claim, State.IN_REVIEW, by)

    def _fail(self, story: str) -> None:
        """Have the engine be down at the wrong moment."""
        message = self.scene.receive(story)
        message.safety = "none"
        self.scene.happen("engine_failed", number=message.number, reason="ConnectionError")
        resume = [{"title": say("resume"), "payload": "resume"}]
        self.scene.answer(message, Turn([Reply(say("outage"), buttons=resume)], hand_off="engine_failure"))

    def _enrich(self, message: Message, turn: Turn) -> Turn:
        """Note a report; tell its member of the wave when it is known by then (bot/waves/services.py)."""
        place = next((told_ for name, told_ in turn.events if name == UNDERSTOOD), None)
        if place is None or not message.text:
            return turn
        campaign = self.campaign
        key = campaign.key if campaign else ""
        self.cast.reports.append(Told(message, place["family"], place["subtype"], key))
        if campaign is None or not campaign.is_confirmed or message.sent_at < self.cast.begins[key] + CONFIRMED_AFTER:
            return turn
        reply = Reply(say("wave_known", advice=campaign.advice).strip())
        replies = [*turn.replies[:1], reply, *turn.replies[1:]]
        return replaced(turn, replies=replies, events=[*turn.events, (TOLD, {"wave": 0})])
