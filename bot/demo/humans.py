"""The advisers' part of an invented conversation: the wait, the answers, notes, corrections, the end, the rating."""

from collections.abc import Sequence

from bot.catalogue import catalogue
from bot.claims.models import Claim, State
from bot.conversations.models import CallBack, Rating
from bot.conversations.ownership import Owner
from bot.conversations.ratings import NO_WORDS, SCORE, SCORES, UNASKED
from bot.conversations.waiting import TAKEN
from bot.demo.people import TEAM
from bot.demo.rhythm import is_staffed, staffed_next
from bot.demo.scene import Scene
from bot.demo.texts import kinds, words
from bot.desk.models import Adviser, Note, Tag, Tagging
from bot.texts import say, with_contacts
from bot.turn import Reply, Turn

GIVES_UP, AT_NIGHT, RATES = 0.08, 0.1, 0.55  # shares of those who wait; of waits at night; of those asked
CLOSED_FOR = (("solved", 55), ("passed_on", 22), ("no_answer", 14), ("duplicate", 4), ("off_topic", 5))
RATED = ((5, 48), (4, 27), (3, 12), (2, 6), (1, 7))
CORRECTS = 0.2  # of those without a claim whose incident has a near one
PHONE = "+3247000{:04d}"  # a block in which nobody is found
GENERAL = (
    "Bonjour, je suis {adviser}. J'ai lu vos messages, vous ne devez rien répéter. Que puis-je faire pour vous ?",
    "je voulais être sûr d'avoir fait ce qu'il faut",
    "Vous avez fait l'essentiel. Écrivez-moi s'il arrive quelque chose de nouveau, même un détail.",
)


class Humans:
    """Serves those who wait in one scene."""

    def __init__(self, scene: Scene, staff: Sequence[Adviser], tags: Sequence[Tag]) -> None:
        """Know who is there."""
        self.scene, self.chance, self.staff, self.tags = scene, scene.chance, staff, tags
        self.who = self.chance.choice(staff)
        self.call_back: CallBack | None = None

    def serve(self) -> None:
        """Answer somebody who waits, to the end; or see them give up.

        Raises:
            Over: it has not happened yet.
        """
        scene, chance = self.scene, self.chance
        if not is_staffed(scene.now) and chance.random() < 0.3:
            self._leave_number()
        if scene.talk.priority and chance.random() < GIVES_UP:
            self._give_up()
            return
        self._wait()
        self.talk_with(self._lines())
        self._note()
        if chance.random() < CORRECTS:
            self._correct()
        if chance.random() < 0.06:
            self._transfer()
        self.end()

    def begin(self) -> None:
        """Take a conversation and say the first words, which the member answers.

        Raises:
            Over: it has not happened yet.
        """
        self.scene.pass_time(self.chance.uniform(60, 240))
        lines = self._lines()
        self._take()
        self._say(with_contacts(lines[0], adviser=self.who.first_name))
        self.scene.pass_time(self.chance.uniform(20, 120))
        self.scene.receive(lines[1])

    def _lines(self) -> tuple[str, ...]:
        talk = self.scene.talk
        kind = kinds().get((talk.family, talk.subtype))
        return self.chance.choice(kind.talks) if kind and self.chance.random() < 0.85 else GENERAL

    def _wait(self) -> None:
        scene, chance = self.scene, self.chance
        if not is_staffed(scene.now) and chance.random() > AT_NIGHT:
            scene.pass_time((staffed_next(scene.now) - scene.now).total_seconds())
        median = {0: 2.6, 1: 4.6, 2: 5.2}.get(scene.talk.priority, 5.7)  # logarithms of seconds
        scene.pass_time(chance.lognormvariate(median, 0.8))

    def _leave_number(self) -> None:
        """Leave a telephone number instead of waiting (bot/conversations/call_backs.py)."""
        scene = self.scene
        scene.pass_time(self.chance.uniform(10, 60))
        asked = Reply(say("callback_ask"), buttons=[{"title": say("resume"), "payload": "resume"}])
        self._exchange(say("callback_button"), "callback", Turn([asked]))
        scene.pass_time(self.chance.uniform(10, 60))
        phone = PHONE.format(self.chance.randrange(10_000))
        self.call_back = scene.book.add(CallBack(conversation=scene.talk, phone=phone, asked_at=scene.now))
        noted = Reply(say("callback_noted", phone="0470 00 " + f"{phone[-4:-2]} {phone[-2:]}"), buttons=asked.buttons)
        self._exchange("0" + phone[3:], "", Turn([noted], events=[("call_back_asked", {})]))

    def _give_up(self) -> None:
        scene = self.scene
        scene.pass_time(self.chance.uniform(240, 1_800))
        message = scene.receive(say("resume"), "resume")
        scene.move(Owner.BOT, "member_resumed")
        message.safety = "none"
        scene.answer(message, Turn([Reply(say("resumed"))]))

    def _exchange(self, text: str, command: str, turn: Turn) -> None:
        message = self.scene.receive(text, command)
        message.safety = "none"
        self.scene.answer(message, turn)

    def talk_with(self, lines: Sequence[str]) -> None:
        """Take the conversation and exchange these lines, which are the adviser's and the member's in turn."""
        scene, chance = self.scene, self.chance
        self._take()
        for place, line in enumerate(lines):
            if place % 2:
                scene.pass_time(chance.lognormvariate(4.0, 0.7))
                scene.receive(line)
            else:
                scene.pass_time(chance.lognormvariate(3.9, 0.5) if place else 0)
                self._say(with_contacts(line, adviser=self.who.first_name))
        self._call()

    def _take(self) -> None:
        scene = self.scene
        since, place = scene.talk.waiting_since, scene.talk.queue_place
        scene.move(Owner.AGENT, "taken", adviser=self.who.pk)
        if since:
            seconds = round((scene.now - since).total_seconds())
            scene.happen(TAKEN, seconds=seconds, place=place, adviser=str(self.who.pk))
        scene.tell(say("adviser_took"))

    def _say(self, text: str) -> None:
        scene = self.scene
        external = f"desk:{self.chance.getrandbits(64):016x}"
        message = scene.append("adviser", text, adviser=self.who.pk, external_id=external)
        scene.talk.waiting_since = None
        scene.happen("adviser_replied", number=message.number, adviser=str(self.who.pk))

    def _call(self) -> None:
        if self.call_back:
            self.call_back.done_at, self.call_back.done_by = self.scene.now, self.who.pk
            self.scene.happen("call_back_done", adviser=str(self.who.pk))

    def _note(self) -> None:
        scene, chance = self.scene, self.chance
        if chance.random() < 0.3:
            self._write_note(chance.choice(words()["notes"]), "")
        if chance.random() < 0.2:
            scene.book.add(Tagging(conversation=scene.talk.pk, tag=chance.choice(self.tags)))

    def _write_note(self, text: str, about: str) -> None:
        talk = self.scene.talk
        self.scene.book.add(
            Note(
                conversation=talk.pk, after=talk.last_number, author=self.who, text=text, about=about, at=self.scene.now
            )
        )

    def _correct(self) -> None:
        """Correct the kind of incident to one that is told apart from it (bot/learning)."""
        talk = self.scene.talk
        here = (talk.family, talk.subtype)
        near = [place for each in catalogue().straddles if here in each.between for place in each.between - {here}]
        if talk.claim or not near:
            return
        was = {"was_family": talk.family, "was_subtype": talk.subtype}
        talk.family, talk.subtype = sorted(near)[0]
        told = {**was, "family": talk.family, "subtype": talk.subtype}
        self.scene.happen("incident_corrected", adviser=str(self.who.pk), **told)

    def _transfer(self) -> None:
        """Give it to the team, whose first free colleague goes on."""
        scene, before = self.scene, self.who
        scene.pass_time(self.chance.uniform(30, 200))
        scene.move(Owner.WAITING, "transferred", team=TEAM.slug)
        scene.happen("transferred", adviser=str(before.pk), to="", team=TEAM.slug)
        self._write_note("Demande un avis sur la contestation auprès de la banque.", TEAM.name)
        scene.pass_time(self.chance.lognormvariate(5.5, 0.7))
        self.who = self.chance.choice([each for each in self.staff if each != before])
        self._take()
        self._say(
            with_contacts(
                "Bonjour, ici {adviser}. J'ai lu toute la conversation et la note, je prends la suite.",
                adviser=self.who.first_name,
            )
        )

    def end(self) -> None:
        """Close the conversation, or give it back to the bot."""
        scene, chance = self.scene, self.chance
        scene.pass_time(chance.lognormvariate(5.6, 0.9))
        scene.leave_nothing_to_answer()
        scene.talk.episode += 1
        if chance.random() < 0.12:
            scene.move(Owner.BOT, "released")
            scene.tell(say("released", state=self._state()))
            return
        reason = chance.choices([name for name, _ in CLOSED_FOR], [weight for _, weight in CLOSED_FOR])[0]
        may_ask = scene.talk.priority > 0 and reason not in UNASKED
        scene.move(Owner.CLOSED, reason)
        scene.talk.priority = 3
        scene.tell(say("conversation_closed"))
        if may_ask:
            self._rate()

    def _state(self) -> str:
        """Return what the member reads of their claim (bot/desk/moves.py)."""
        claim = next((row for row in self.scene.book.rows[Claim] if row.pk == self.scene.talk.claim), None)
        if claim is None:
            return say("released_no_claim")
        return say("released_claim", reference=claim.reference, state=State(claim.state).label.lower())

    def _rate(self) -> None:
        """Ask for a score; half of the members give one, some with words (bot/conversations/ratings.py)."""
        scene, chance, talk = self.scene, self.chance, self.scene.talk
        rating = scene.book.add(
            Rating(conversation=talk, episode=talk.episode, adviser=self.who.pk, asked_at=scene.now)
        )
        question = scene.tell(say("rating_question"), card={"kind": "rating"})
        scene.book.later.append(lambda: question.buttons.extend(_scores(rating)))
        if chance.random() > RATES:
            return
        scene.pass_time(chance.uniform(20, 600))
        score = chance.choices([score for score, _ in RATED], [weight for _, weight in RATED])[0]
        tap = scene.receive(say(f"rating_{score}"), reopens=False)
        scene.leave_nothing_to_answer()
        scene.book.later.append(lambda: setattr(tap, "command", f"{SCORE}:{rating.pk}:{score}"))
        rating.score, rating.rated_at = score, scene.now
        scene.happen("conversation_rated", score=score)
        self._add_words(rating, score)

    def _add_words(self, rating: Rating, score: int) -> None:
        scene, chance = self.scene, self.chance
        asked = scene.tell(say("rating_words"), card={"kind": "rating_words"})
        no_words = {"title": say("no_thanks")}
        asked.buttons.append(no_words)
        scene.book.later.append(lambda: no_words.update(payload=f"{NO_WORDS}:{rating.pk}"))
        if chance.random() > 0.4:
            return
        scene.pass_time(chance.uniform(10, 90))
        rating.is_done, rating.words = True, chance.choice(words()["ratings"][score])
        scene.receive(rating.words, reopens=False)
        scene.leave_nothing_to_answer()
        scene.tell(say("rating_thanks"), [{"title": say("rating_more_help"), "payload": "/report"}])


def _scores(rating: Rating) -> list[dict[str, str]]:
    return [{"title": say(f"rating_{score}"), "payload": f"{SCORE}:{rating.pk}:{score}"} for score in SCORES]
