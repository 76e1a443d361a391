"""One invented conversation with a clock of its own: what the gateway would have stored and recorded, in its order.

Each method mirrors one of bot/conversations; tests/integration/demo compares both.
"""

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from bot.conversations import waiting
from bot.conversations.answering import UNDERSTOOD
from bot.conversations.danger import level_of
from bot.conversations.models import Author, Conversation, Message
from bot.conversations.ownership import Owner
from bot.conversations.services import LOWEST, PRIORITIES
from bot.demo.book import Book
from bot.demo.rhythm import is_staffed, staffed_next
from bot.events.models import Event
from bot.invented import new_id
from bot.texts import say
from bot.turn import Reply, Turn
from bot.understanding import mask

Button = dict[str, str]


class Over(Exception):
    """The present is reached: what would come now has not happened yet."""


class Scene:
    """A conversation while it is made."""

    def __init__(self, book: Book, chance: random.Random, at: datetime, end: datetime, channel: str) -> None:
        """Open it; nothing in it happens after `end`."""
        self.book, self.chance, self.now, self.end = book, chance, at, end
        self.talk = Conversation(id=new_id(chance), channel=channel, created_at=at)
        if channel == "telegram":
            self.talk.address = f"demo-{self.talk.pk.hex[-12:]}"  # where nobody is: nothing is delivered there
        book.add(self.talk)
        self.buttons: list[Button] = []  # of the last reply
        self.unanswered: list[Message] = []  # of the member
        self.heard_at, self.silence = at, 0.0  # when the member wrote last, and the seconds between
        self.happen("conversation_started", channel=channel)

    def pass_time(self, seconds: float) -> None:
        """Let time go by.

        Raises:
            Over: it would lie in the future.
        """
        later = self.now + timedelta(seconds=seconds)
        if later > self.end:
            raise Over
        self.now = later

    def happen(self, name: str, claim: UUID | None = None, /, **told: Any) -> Event:
        """Record an event."""
        return self.book.happen(self.now, name, self.talk.pk, claim, **told)

    def append(self, author: str, text: str, **values: Any) -> Message:
        """Add a message."""
        self.talk.last_number += 1
        self.talk.last_message_at = self.now
        message = Message(
            conversation=self.talk, number=self.talk.last_number, author=author, text=text, sent_at=self.now, **values
        )
        if self.talk.channel == "telegram" and author != Author.MEMBER:
            message.delivered_at, message.delivery_id = self.now + timedelta(seconds=1), str(message.number)
        if author in (Author.BOT, Author.SYSTEM):
            self.buttons = message.buttons
        return self.book.add(message)

    def receive(self, text: str, command: str = "", *, reopens: bool = True) -> Message:
        """Take what the member sends; a score and its words leave a closed conversation closed."""
        masked = mask(text)
        message = self.append(
            Author.MEMBER, masked.text, command=command, external_id=uuid4().hex, masked=list(masked.kinds)
        )
        self.happen("message_received", number=message.number, length=len(masked.text))
        if self.talk.owner == Owner.CLOSED and reopens:
            self.move(Owner.BOT, "member_wrote")
        if self.talk.owner == Owner.AGENT:
            self.talk.waiting_since = self.talk.waiting_since or self.now
            self._overhear(message)
        self.silence, self.heard_at = (self.now - self.heard_at).total_seconds(), self.now
        self.unanswered.append(message)
        return message

    def _overhear(self, message: Message) -> None:
        """Note how urgent it is what an adviser is to answer (bot/conversations/overhearing.py)."""
        if not message.command:
            message.safety = level_of(message)
            self.hand_off(message.safety)

    def answer(self, message: Message, turn: Turn) -> None:
        """Store the replies and what happens with them."""
        seconds = min(4.0, self.chance.lognormvariate(-1.1, 0.45))
        self.now = min(self.end, self.now + timedelta(seconds=seconds))
        message.answered_at, message.understood = self.now, turn.understood
        self.unanswered.remove(message)
        mention = [Reply(say("masked"))] if message.masked else []
        for reply in [*turn.replies[:1], *mention, *turn.replies[1:]]:
            said = self.append(Author.BOT, reply.text, buttons=reply.buttons, card=reply.card)
            said.answers = message
        about: dict[str, Any] = {"safety": message.safety, **_intent_of(turn)}
        self.happen("message_answered", number=message.number, seconds=round(seconds, 3), **about)
        for name, told in turn.events:
            self.happen(name, **told)
            if name in UNDERSTOOD:
                self.talk.family, self.talk.subtype = told["family"], told["subtype"]
        if turn.ends_episode:
            self.talk.episode += 1
        if turn.hand_off:
            self.hand_off(turn.hand_off, message.safety)

    def hand_off(self, reason: str, safety: str = "") -> None:
        """Put it into the humans' queue."""
        urgency = min(PRIORITIES.get(reason, LOWEST), PRIORITIES.get(safety, LOWEST))
        self.talk.priority = min(self.talk.priority, urgency)
        if self.talk.owner == Owner.BOT:
            self.move(Owner.WAITING, reason)
            self.say_waiting()

    def say_waiting(self) -> None:
        """Tell the member where they stand."""
        is_open = is_staffed(self.now)
        place = self.chance.choices((1, 2, 3), (6, 3, 1))[0]
        self.talk.queue_place = place
        opens_at = None if is_open else staffed_next(self.now)
        standing = waiting.Standing(place, 5 * place, False, is_open, self.talk.priority == 0, opens_at)
        text, buttons = waiting.told(standing)
        self.append(Author.SYSTEM, text, buttons=buttons)

    def move(self, owner: Owner, reason: str, adviser: UUID | None = None, team: str = "") -> None:
        """Give it to another owner."""
        before, talk = self.talk.owner, self.talk
        talk.owner, talk.owner_reason, talk.adviser, talk.team = owner, reason, adviser, team
        talk.waiting_since = self.now if owner == Owner.WAITING else None
        talk.queue_place = 1 if owner == Owner.WAITING else 0
        self.happen(f"moved_to_{owner.value}", before=str(before), reason=reason)

    def leave_nothing_to_answer(self) -> None:
        """Mark what the member wrote as answered."""
        for message in self.unanswered:
            message.answered_at = self.now
        self.unanswered = []

    def tell(self, text: str, buttons: list[Button] | None = None, **values: Any) -> Message:
        """Say something by the system."""
        return self.append(Author.SYSTEM, text, buttons=buttons or [], **values)


def _intent_of(turn: Turn) -> dict[str, Any]:
    intent = (turn.understood or {}).get("intent") or {}
    return {"intent": intent["name"], "confidence": intent["confidence"]} if intent.get("confidence") else {}
