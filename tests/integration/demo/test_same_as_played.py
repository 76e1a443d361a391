"""A seeded conversation has the events and messages of one that was really played, in the same order."""

import random
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from actions.records import Records as RealRecords
from bot.claims.models import Claim, State
from bot.claims.states import change_state
from bot.conversations import handling
from bot.conversations.answering import answer
from bot.conversations.models import Conversation, Message, Rating
from bot.conversations.receiving import Inbound, open_conversation, receive
from bot.demo import claims
from bot.demo.assistant import Assistant, Heard
from bot.demo.book import Book
from bot.demo.humans import Humans
from bot.demo.member import Member
from bot.demo.scene import Scene
from bot.desk import moves
from bot.desk.models import Adviser, Role
from bot.events.models import Event
from bot.texts import say
from bot.turn import Question, Turn
from tests.desk import say_as

PLACE = ("suspicious_behaviour", "unordered_parcel")
STORY = "J'ai reçu un colis que je n'ai jamais commandé, à mon nom."
TIMED = {"seconds", "adviser", "confidence", "number", "length", "place", "size"}  # compared by their names only


class SameEngine:
    """Implements the engine's port with the actions that the demo runs too."""

    def __init__(self, conversation: Conversation) -> None:
        self.assistant = Assistant(conversation.pk, RealRecords(conversation.pk))

    def take_turn(self, question: Question) -> Turn:
        intent, sure, ranking = ("ask_human", 0.96, ()) if "humain" in question.text else ("", 1.0, ((PLACE, 0.9),))
        intent = intent or ("report_suspicious_behaviour" if question.text == STORY else "nlu_fallback")
        at, safety = question.sent_at, question.safety
        heard = Heard(question.message_id, at, question.text, intent, sure, ranking, question.command, safety)
        return self.assistant.hear(heard)


class Steady(random.Random):
    """Chooses always the first, and never what is rare."""

    def random(self) -> float:
        return 0.5

    def choice(self, seq):
        return seq[0]

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        return [population[0]] * k

    def getrandbits(self, k: int) -> int:
        return random.getrandbits(k)


def shape(conversation: UUID) -> list[tuple[str, dict[str, object]]]:
    """Return names and properties of the events, in order; what is timed is there or not."""
    events = Event.objects.filter(conversation=conversation).order_by("pk")
    return [
        (event.name, {name: ... if name in TIMED else value for name, value in event.properties.items()})
        for event in events
    ]


def said(conversation: UUID) -> list[tuple[object, ...]]:
    found = Message.objects.filter(conversation=conversation).order_by("number")
    return [
        (
            each.author,
            each.text.replace(reference(conversation), "CC"),
            len(each.buttons),
            each.card is None,
            each.safety,
        )
        + (each.answered_at is None, each.answers_id is None, each.command.split(":")[0])
        for each in found
    ]


def reference(conversation: UUID) -> str:
    claim = Claim.objects.filter(conversation=conversation).first()
    return claim.reference if claim else "–"


@pytest.fixture
def sophie(transactional_db: None) -> Adviser:
    return Adviser.objects.create_user("sophie@example.org", "Sophie Lambert", Role.ADVISER)


def played(sophie: Adviser) -> UUID:
    """Play through the services: report, answer, claim, human, close, rate, the handler's steps."""
    talk = open_conversation("web")
    engine = SameEngine(talk)

    def write(text: str, command: str = "") -> None:
        answer(receive(Inbound(talk.pk, uuid4().hex, text, command)).pk, engine)

    write(STORY)
    write("Je ne sais pas", "/dont_know")
    write("Passer", "/skip")
    write("C'est exact, ouvrir le dossier", '/affirm{"field": "confirmed", "value": true}')
    write("un humain svp")
    handling.take(talk.pk, sophie.pk)
    for number, line in enumerate(LINES):
        if number % 2:
            receive(Inbound(talk.pk, uuid4().hex, line))
        else:
            say_as(talk.pk, sophie.pk, line, f"desk:{number}")
    moves.close(talk.pk, sophie, "solved")
    rating = Rating.objects.get(conversation=talk.pk)
    tap = f"rate:{rating.pk}:5"
    receive(Inbound(talk.pk, uuid4().hex, say("rating_5"), tap))
    claim = Claim.objects.get(conversation=talk.pk)
    change_state(claim.pk, State.IN_REVIEW, str(sophie.pk))
    change_state(claim.pk, State.CLOSED, str(sophie.pk), "helped")
    return talk.pk


def seeded(sophie: Adviser) -> UUID:
    """Make the same by the demo's own means."""
    book, chance, end = Book(), Steady(), timezone.now()
    scene = Scene(book, chance, end - timedelta(days=3), end, "web")
    member = Member(scene, PLACE, lambda _message, turn: turn)
    member.write(STORY, "report_suspicious_behaviour", 1.0, ((PLACE, 0.9),))
    member.tap({"title": "Je ne sais pas", "payload": "/dont_know"})
    member.tap({"title": "Passer", "payload": "/skip"})
    member.tap({"title": "C'est exact, ouvrir le dossier", "payload": '/affirm{"field": "confirmed", "value": true}'})
    member.write("un humain svp", "ask_human", 0.96)
    scene.pass_time(60)
    humans = Humans(scene, [sophie], [])
    humans.talk_with(LINES)
    humans.end()
    claim = member.records.opened[0]
    for state, outcome in ((State.IN_REVIEW, ""), (State.CLOSED, "helped")):
        scene.pass_time(3_600)
        claims.change_state(scene, claim, state, sophie, outcome)
    book.number()
    book.write()
    book.write_events()
    return scene.talk.pk


LINES = ("Bonjour, je suis Sophie.", "bonjour", "Gardez une photo de l'étiquette.")


def test_events_and_messages_are_those_of_a_played_conversation(sophie, monkeypatch):
    monkeypatch.setattr("bot.conversations.waiting.standing", lambda _: SimpleNamespace(is_open=True))
    monkeypatch.setattr("bot.conversations.waiting.told", lambda _: ("…", []))
    real, made = played(sophie), seeded(sophie)
    assert shape(made) == shape(real)
    for one, other in zip(said(made), said(real), strict=True):
        assert one == other


def test_the_rows_of_a_claim_are_those_of_a_played_one(sophie, monkeypatch):
    monkeypatch.setattr("bot.conversations.waiting.told", lambda _: ("…", []))
    of = {name: Claim.objects.get(conversation=make(sophie)) for name, make in (("real", played), ("made", seeded))}
    for read in (
        lambda claim: {each.field: each.value for each in claim.answers.all()},
        lambda claim: list(claim.documents.values_list("number", "name", "state")),
        lambda claim: list(claim.history.order_by("pk").values_list("state", "by", "outcome")),
        lambda claim: (claim.family, claim.subtype, claim.state, claim.outcome, claim.story, claim.member),
    ):
        assert read(of["made"]) == read(of["real"])
