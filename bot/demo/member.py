"""The member's part of an invented conversation: tells, answers, hesitates, stops, comes back, asks for a human."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta

from stdnum import iban

from bot.catalogue import Place, catalogue
from bot.conversations.danger import answer_life, level_of
from bot.conversations.hours import ZONE
from bot.conversations.models import Message
from bot.conversations.ownership import Owner
from bot.demo.assistant import Assistant, Heard
from bot.demo.claims import Records
from bot.demo.scene import Button, Scene
from bot.demo.texts import SHOPS, words
from bot.turn import Turn

#: Shares of those who are asked a question, and at certain questions more.
STOPS, CANCELS, ASKS_HUMAN = 0.15, 0.022, 0.035
STOPS_MORE = {"iban": 0.09, "amount_cents": 0.04, "confirmed": -0.05, "straddle": -0.06}
NO_CLAIM = 0.07  # of those who are asked the first question
COMES_BACK = 0.22  # of those who stopped
AWAY_FOR = (7 * 3600.0, 5 * 86_400.0)
UNKNOWN, SKIPS, CORRECTS = 0.07, 0.3, 0.1
YES = {"confirmed": 1.0, "psychologist": 0.35, "second": 0.3, "bank_contacted": 0.66, "police_report": 0.3}
PLATFORMS = ("Facebook", "Instagram", "WhatsApp", "2ememain", "Snapchat", "Vinted", "TikTok", "Messenger", "Gmail")
EXTRA_STEPS = ("psychologist", "email", "second")

Enrich = Callable[[Message, Turn], Turn]


class Member:
    """Writes and taps in one scene, and has the assistant answer."""

    def __init__(self, scene: Scene, place: Place, enrich: Enrich) -> None:
        """Know what happened to them; `enrich` adds to the turn that understands it."""
        self.scene, self.chance, self.place, self.enrich = scene, scene.chance, place, enrich
        self.records = Records(scene)
        self.assistant = Assistant(scene.talk.pk, self.records)

    def write(self, text: str, intent: str, sure: float, ranking: tuple[tuple[Place, float], ...] = ()) -> None:
        """Write a message, and have it answered as long as the bot has the conversation."""
        message = self.scene.receive(text)
        if self.scene.talk.owner != Owner.BOT:
            return
        message.safety = level_of(message)
        if message.safety == "life":
            message.__dict__["_before"] = []  # earlier messages say nothing of a child (recent.py)
            self.assistant.forget()
            self.scene.answer(message, answer_life(message))
            return
        self._answer(message, Heard(self._key(message), message.sent_at, message.text, intent, sure, ranking))

    def tap(self, button: Button) -> None:
        """Tap a button of the last reply."""
        message = self.scene.receive(button["title"], button["payload"])
        message.safety = "none"
        command = button["payload"]
        self._answer(message, Heard(self._key(message), message.sent_at, "", "", 1.0, command=command))

    def report(self, story: str) -> None:
        """Tell what happened."""
        sure = 0.45 + 0.54 * self.chance.betavariate(4, 1.6)
        family = self.place[0]
        self.write(story, f"report_{family}", round(sure, 3), self._ranking(sure))

    def be_unclear(self) -> None:
        """Say something that is no incident yet; some twice, who then get a human."""
        sure = round(self.chance.uniform(0.12, 0.4), 3)
        self.write(self.chance.choice(words()["unclear"]), "nlu_fallback", sure, self._ranking(sure))
        self.scene.pass_time(self.chance.lognormvariate(3.3, 0.6))

    def declare(self) -> None:
        """Answer question after question until the claim is open, or something else comes between.

        Raises:
            Over: it goes on in the future.
        """
        while self.assistant.asked and self.scene.talk.owner == Owner.BOT:
            self.scene.pass_time(self.chance.lognormvariate(2.9, 0.7))
            asked = self.assistant.asked
            if not self._leaves(asked):
                self._reply_to(asked)
            elif self.chance.random() > COMES_BACK or not self.assistant.asked:
                return
            else:
                self._come_back()

    def _answer(self, message: Message, heard: Heard) -> None:
        turn = self.assistant.hear(heard)
        self.scene.answer(message, self.enrich(message, turn))
        if turn.ends_episode:
            self.assistant.forget()

    def _key(self, message: Message) -> str:
        return f"demo-{message.number}"

    def _ranking(self, sure: float) -> tuple[tuple[Place, float], ...]:
        """Return the right sub-type and others; one in eight is close to another that a question tells apart."""
        near = sorted({place for each in catalogue().straddles if self.place in each.between for place in each.between})
        near = [place for place in near if place != self.place]
        every = [(family.id, name) for family in catalogue().families.values() for name in family.subtypes]
        other = near[0] if near and self.chance.random() < 0.6 else self.chance.choice(every[:8])
        if near and self.chance.random() < 0.13:
            return (self.place, round(0.6 * sure, 3)), (self.chance.choice(near), round(0.34 * sure, 3))
        other = other if other != self.place else every[-1]
        return (self.place, round(0.9 * sure, 3)), (other, round(0.07 * sure, 3))

    def _leaves(self, asked: str) -> bool:
        """Leave the form at a question, silently or by a word; return whether they did."""
        roll, is_first = self.chance.random(), not self.assistant.slots.get("answered")
        if asked in EXTRA_STEPS:
            return False
        if is_first and roll < NO_CLAIM and (button := self._button("no_claim")):
            self.tap(button)
            return True
        roll -= NO_CLAIM if is_first else 0
        if roll < STOPS + STOPS_MORE.get(asked, 0):
            return True
        roll -= STOPS + STOPS_MORE.get(asked, 0)
        if 0 <= roll < CANCELS:
            self.write("annuler", "cancel", 0.97)
            return True
        if CANCELS <= roll < CANCELS + ASKS_HUMAN:
            self.write(self.chance.choice(words()["humans"]), "ask_human", 0.96)
            return True
        return False

    def _come_back(self) -> None:
        self.scene.pass_time(self.chance.uniform(*AWAY_FOR))
        message = self.scene.receive("je continue ma déclaration")
        message.safety = "none"
        silence = self.scene.silence
        heard = Heard(self._key(message), message.sent_at, message.text, "affirm", 0.9, silence=silence)
        self._answer(message, heard)

    def _reply_to(self, asked: str) -> None:
        if asked == "confirmed" and self.chance.random() < CORRECTS and self._correct():
            return
        if asked == "kind":
            self._choose_kind()
        elif asked == "straddle":
            self._tell_apart()
        elif asked in catalogue().fields:
            self._answer_field(asked)
        else:
            yes = self.chance.random() < YES.get(asked, 0.5)
            self.tap(self._valued(asked, yes) or self.scene.buttons[0])

    def _answer_field(self, asked: str) -> None:
        field = catalogue().fields[asked]
        if self.chance.random() < (SKIPS if field.optional else UNKNOWN):
            self.tap(next(button for button in self.scene.buttons if button["payload"] in ("/skip", "/dont_know")))
        elif field.kind == "choice":
            offered = [button for button in self.scene.buttons if f'"{asked}"' in button["payload"]]
            self.tap(self.chance.choices(offered, range(len(offered) + 2, 2, -1))[0])
        elif field.kind == "yes_no":
            yes = self.chance.random() < YES.get(asked, 0.5)
            self.tap(self._valued(asked, yes) or self.scene.buttons[0])
        else:
            self.write(TYPED[field.kind](self, asked), "nlu_fallback", round(self.chance.uniform(0.25, 0.6), 3))

    def _tell_apart(self) -> None:
        """Tap the answer that leads to what happened, as far as one does."""
        places = [each.answers for each in catalogue().straddles if self.place in each.between]
        titles = {title for answers in places for title, place in answers.items() if place == self.place}
        right = [button for button in self.scene.buttons if button["title"] in titles]
        self.tap(right[0] if right else self.scene.buttons[0])

    def _correct(self) -> bool:
        """Say at the recap that a line is wrong, or the kind of incident; return whether there is a way."""
        button = next((each for each in self.scene.buttons if each["payload"] == "/correct"), None)
        if button is None:
            return False
        self.tap(button)
        self.scene.pass_time(self.chance.uniform(4, 20))
        lines = [each for each in self.scene.buttons if "/correct{" in each["payload"]]
        self.tap(self.chance.choice([*lines[:3], lines[-1], lines[-1]]) if lines else self.scene.buttons[0])
        return True

    def _choose_kind(self) -> None:
        others = [each for each in self.scene.buttons if '"kind"' in each["payload"]]
        self.tap(others[0] if others else self.scene.buttons[-1])

    def _valued(self, asked: str, value: bool) -> Button | None:
        wanted = json.dumps({"field": asked, "value": value})
        return next((each for each in self.scene.buttons if each["payload"].endswith(wanted)), None)

    def _button(self, part: str) -> Button | None:
        return next((each for each in self.scene.buttons if part in each["payload"]), None)

    def day(self) -> str:
        """Return when it was, as people type it."""
        ago = self.chance.choices((0, 1, 2, 5, 12, 30), (5, 6, 3, 2, 1, 1))[0]
        day = self.scene.now.astimezone(ZONE) - timedelta(days=ago)
        return {0: "aujourd'hui", 1: "hier", 2: "avant-hier"}.get(ago, f"le {day:%d/%m/%Y}")


def _money(member: Member, _asked: str) -> str:
    euros = round(min(14_000.0, member.chance.lognormvariate(5.4, 1.1))) + 1
    return member.chance.choice((f"{euros} €", f"{euros} euros", f"environ {euros} €", f"{euros},50 €"))


def _text(member: Member, asked: str) -> str:
    if asked == "order_number":
        return f"C{member.chance.randrange(10**6, 10**7)}"
    return member.chance.choices(*_names(PLATFORMS if asked == "platform" else SHOPS))[0]


def _names(known: tuple[str, ...]) -> tuple[tuple[str, ...], range]:
    return known, range(len(known), 0, -1)


def _iban(member: Member, _asked: str) -> str:
    body = f"{member.chance.randrange(10**9, 10**10)}"
    number = f"{body}{int(body) % 97 or 97:02d}"
    return iban.format(f"BE{iban.calc_check_digits('BE00' + number)}{number}")


TYPED: Mapping[str, Callable[[Member, str], str]] = {
    "date": lambda member, _asked: member.day(),
    "money": _money,
    "text": _text,
    "url": lambda _member, _asked: "www.boutique-inconnue.example",
    "iban": _iban,
}
