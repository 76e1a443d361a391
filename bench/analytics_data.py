"""Made-up conversations as events and claims, written by COPY: for the timing of analytics, and as demo data."""

import json
import math
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from bot.catalogue import catalogue

Event = tuple[datetime, str, UUID, UUID | None, dict[str, Any]]
ClaimRow = dict[str, Any]
SAFETY = (("none", 55), ("fresh_money", 27), ("ongoing", 14), ("life", 4))
REASONS = (("asked", 60), ("not_understood", 22), ("danger_to_life", 8), ("engine_failure", 3), ("minor", 7))
MERCHANTS = ("Zalando", "Bol", "Amazon", "Temu", "Shein", "Vinted", "Coolblue", "MediaMarkt", "AliExpress")
PLATFORMS = ("WhatsApp", "Facebook", "Instagram", "2ememain", "Vinted", "TikTok", "Gmail", "Snapchat")
#: Of the day's reports, by hour: few at night, most after work.
HOURS = (2, 1, 1, 1, 1, 1, 2, 4, 7, 9, 10, 9, 8, 8, 9, 9, 9, 10, 11, 12, 13, 11, 7, 4)


class Maker:
    """Makes conversations within the `days` before `end`; lean ones have only the events that claims need."""

    def __init__(self, end: datetime, days: int, *, lean: bool = False, seed: int = 7) -> None:
        """Begin with a seed, so that the same data comes again."""
        self.random, self.end, self.days, self.lean = random.Random(seed), end, days, lean
        self.places = [(family.id, name) for family in catalogue().families.values() for name in family.subtypes]
        self.weights = [1 / (1 + rank) ** 0.7 for rank in range(len(self.places))]
        self.random.shuffle(self.weights)

    def conversation(self) -> tuple[list[Event], ClaimRow | None]:
        """Return the events of one conversation in order, and its claim if it has one."""
        told = Telling(self, self._start())
        told.begin()
        if self.random.random() < (0.98 if self.lean else 0.82):
            told.report()
        if told.place and self.random.random() < (0.97 if self.lean else 0.75):
            told.declare()
        if not self.lean or self.random.random() < 0.05:
            told.see_humans()
        return told.events, told.claim

    def pick(self, weighted: tuple[tuple[str, int], ...]) -> str:
        """Return one of the values, by its weight."""
        return self.random.choices([value for value, _ in weighted], [weight for _, weight in weighted])[0]

    def key(self) -> UUID:
        """Return a new id."""
        return UUID(int=self.random.getrandbits(128), version=4)

    def _start(self) -> datetime:
        day = self.days * self.random.random() ** 0.8
        midnight = (self.end - timedelta(days=day)).replace(hour=0, minute=0, second=0, microsecond=0)
        hour = self.random.choices(range(24), HOURS)[0]
        moment = midnight + timedelta(hours=hour, seconds=self.random.uniform(0, 3600))
        return min(moment, self.end - timedelta(minutes=self.random.uniform(1, 600)))


class Telling:
    """One conversation while it is made."""

    def __init__(self, maker: Maker, at: datetime) -> None:
        """Begin at a moment."""
        self.maker, self.random, self.at, self.talk = maker, maker.random, at, maker.key()
        self.events: list[Event] = []
        self.claim: ClaimRow | None = None
        self.place: tuple[str, str] | None = None

    def happen(self, name: str, after: float = 0, claim: UUID | None = None, /, **told: Any) -> None:
        """Add an event `after` seconds; none lies in the future."""
        self.at = min(self.at + timedelta(seconds=after), self.maker.end)
        self.events.append((self.at, name, self.talk, claim, told))

    def begin(self) -> None:
        """Open the conversation."""
        self.happen("conversation_started", channel="web" if self.random.random() < 0.7 else "telegram")

    def message(self, intent: str, level: str = "none") -> None:
        """Exchange one message."""
        seconds = self.random.lognormvariate(-1, 0.5)
        sure = min(0.999, max(0.1, self.random.betavariate(7, 1.6)))
        self.happen("message_received", self.random.lognormvariate(3, 0.8), number=1, length=80)
        self.happen(
            "message_answered", seconds, seconds=round(seconds, 3), safety=level, intent=intent, confidence=sure
        )

    def report(self) -> None:
        """Tell an incident, sometimes not clearly."""
        place = self.random.choices(self.maker.places, self.maker.weights)[0]
        self.message(f"report_{place[0]}", self.maker.pick(SAFETY))
        if not self.maker.lean and self.random.random() < 0.09:
            self.happen("not_understood", misses=1 + (self.random.random() < 0.2))
            self.message("out_of_scope" if self.random.random() < 0.4 else f"report_{place[0]}")
        self.place = place
        self.happen("incident_understood", 0.1, family=place[0], subtype=place[1], confidence=0.8)
        if not self.maker.lean:
            self._doubts()
            self.happen("advice_shown", family=self.place[0], subtype=self.place[1])

    def _doubts(self) -> None:
        if self.random.random() < 0.06:
            self.place = self.random.choice([p for p in self.maker.places if p != self.place][:9])
            adviser = {"adviser": "x"} if self.random.random() < 0.4 else {}
            self.happen("incident_corrected", 30, family=self.place[0], subtype=self.place[1], **adviser)

    def declare(self) -> None:
        """Answer the questions, some stop half-way."""
        assert self.place is not None
        fields = catalogue().subtype(*self.place).fields
        for number, field in enumerate(fields[:1] if self.maker.lean else fields):
            if self.random.random() < 0.35 and number:  # the story said it
                continue
            self.happen("question_asked", field=field)
            if not self.maker.lean:
                if self.random.random() < 0.07 + 0.05 * (field in ("iban", "amount_cents")):
                    if self.random.random() < 0.3:
                        self.happen("form_cancelled", 40)
                    return
                if self.random.random() < 0.04:
                    self.happen("draft_resumed", 40_000)
                self.message("affirm")
            self.happen("question_answered", 12, field=field, known=self.random.random() > 0.15)
        self.happen("recap_shown", 5)
        self._open(*self.place)

    def _open(self, family: str, subtype: str) -> None:
        amount = round(100 * self.random.lognormvariate(5.6, 1.2))
        key, told = self.maker.key(), {"family": family, "subtype": subtype}
        told |= {"payment_means": self.random.choice(["card", "transfer", "bancontact", "paypal"])}
        told |= {
            "contact_channel": self.maker.pick(
                (("sms", 30), ("email", 25), ("whatsapp", 20), ("phone", 15), ("social", 10))
            )
        }
        told |= {"victim": self.maker.pick((("self", 80), ("child", 8), ("parent", 9), ("partner", 3)))}
        if self.random.random() < 0.6:
            told["merchant"] = MERCHANTS[min(8, int(self.random.expovariate(0.5)))]
        if self.random.random() < 0.5:
            told["platform"] = PLATFORMS[min(7, int(self.random.expovariate(0.45)))]
        amounts = {"amount_cents": amount} if family in ("fraud", "failed_delivery") else {}
        self.happen("claim_opened", 20, key, **told, **amounts)
        self.claim = {
            "id": key,
            "at": self.at,
            "place": (family, subtype),
            "amount": amount,
            "state": "open",
            "outcome": "",
            "talk": self.talk,
        }
        self._examine(key)

    def _examine(self, key: UUID) -> None:
        assert self.claim is not None
        opened, state = self.at, "open"
        age = self.random.lognormvariate(math.log(9 * 86_400), 0.6)
        if (self.maker.end - opened).total_seconds() > age:
            state = "closed"
        elif self.random.random() < 0.4:
            state, age = "documents_missing", 3_600
        if state != "open" and (self.maker.end - opened).total_seconds() > age:
            after = opened + timedelta(seconds=age)
            told = {"before": "open", "state": state} | ({"outcome": "helped"} if state == "closed" else {})
            self.events.append((after, "state_changed", self.talk, key, told))
            self.claim["state"], self.claim["outcome"] = state, told.get("outcome", "")

    def see_humans(self) -> None:
        """Be handed over, wait, be answered."""
        if self.random.random() > 0.24:
            return
        self.happen("moved_to_waiting", 20, before="bot", reason=self.maker.pick(REASONS))
        if self.random.random() < 0.08:
            self.happen("moved_to_bot", 900, before="waiting", reason="resume")
            return
        night = not 8 <= self.at.hour < 18
        self.happen(
            "moved_to_agent", self.random.lognormvariate(8.5 if night else 5.2, 0.9), before="waiting", reason="taken"
        )
        self.happen("adviser_replied", self.random.lognormvariate(4, 0.7))
        self.happen("moved_to_closed", self.random.lognormvariate(6.3, 0.8), before="agent", reason="done")
        if self.random.random() < 0.5:
            self.happen("conversation_rated", 60, score=self.random.choices(range(1, 6), (1, 1, 3, 7, 9))[0])
        if self.random.random() < 0.1:
            self.happen("moved_to_bot", 80_000, before="closed", reason="member_wrote")


def fill(maker: Maker, *, events: int = 0, claims: int = 0, conversations: int = 0) -> tuple[int, int]:
    """Write conversations until there are as many events and claims, or so many conversations; return the counts."""
    made_events: list[Event] = []
    made_claims: list[ClaimRow] = []
    made = 0
    while len(made_events) < events or len(made_claims) < claims or made < conversations:
        more, claim = maker.conversation()
        made_events += more
        made_claims += [claim] if claim else []
        made += 1
    made_events.sort(key=lambda event: event[0])
    _copy("events_event (at, name, conversation, claim, properties)", ((*e[:4], json.dumps(e[4])) for e in made_events))
    _copy(
        "claims_claim (id, reference, conversation, incident_key, family, subtype, story, state, outcome, opened_at,"
        " email)",
        (
            (c["id"], f"CC-{n:09d}", c["talk"], "demo", *c["place"], "", c["state"], c["outcome"], c["at"], "")
            for n, c in enumerate(made_claims)
        ),
    )
    _copy("claims_answer (claim_id, field, value)", ((c["id"], "amount_cents", str(c["amount"])) for c in made_claims))
    return len(made_events), len(made_claims)


def _copy(target: str, rows: Iterator[tuple[Any, ...]]) -> None:
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)
