"""From a turn of the engine to a word on a known wave, and back to nothing when somebody is forgotten."""

import base64
import random
from uuid import uuid4

import pytest

from bot.conversations import erasure
from bot.conversations.answering import answer
from bot.conversations.models import Author, Conversation
from bot.conversations.receiving import Inbound, open_conversation, receive
from bot.errors import UnsafeAdvice
from bot.invented import new_id
from bot.turn import Question, Reply, Turn
from bot.waves import finding, services
from bot.waves.models import Report, Wave

pytestmark = pytest.mark.django_db(transaction=True)
UNDERSTOOD = [("incident_understood", {"family": "fraud", "subtype": "phishing_codes_given", "confidence": 0.9})]
ADVICE = "Ne payez rien et supprimez le message."


class Engine:
    """Understands everything as the same incident; `direction` is its vector's."""

    def __init__(self, direction: int = 0) -> None:
        self.direction = direction

    def take_turn(self, question: Question) -> Turn:
        numbers = [0] * 512
        numbers[self.direction] = 127
        packed = base64.b64encode(bytes(numbers)).decode()
        understood = {"intent": {"name": "report_fraud", "confidence": 0.9}, "vector": packed}
        return Turn([Reply("Conseils."), Reply("Quand ?")], understood, events=list(UNDERSTOOD))


def tell(text: str = "un sms bizarre", direction: int = 0) -> Conversation:
    conversation = open_conversation("web")
    answer(receive(Inbound(conversation.pk, "m1", text)).pk, Engine(direction))
    return conversation


def said(conversation: Conversation) -> list[str]:
    return list(conversation.messages.filter(author=Author.BOT).order_by("number").values_list("text", flat=True))


def wave_of(reports: int, text: str = "sms de bpost-colis.top") -> Wave:
    for _ in range(reports):
        tell(text)
    for report in Report.objects.order_by("at"):
        finding.look(report)
    return Wave.objects.get()


def test_a_report_is_noted_and_its_vector_is_not_kept_beside_the_message():
    conversation = tell()
    report = Report.objects.get()
    assert (report.conversation, report.family) == (conversation.pk, "fraud")
    assert report.vector[0] == pytest.approx(1)
    assert "vector" not in conversation.messages.get(author=Author.MEMBER).understood


def test_with_little_history_only_what_reports_share_makes_a_wave():
    for _ in range(8):
        tell("un message étrange")
    assert [finding.look(report) for report in Report.objects.order_by("at")] == [None] * 8
    Report.objects.all().delete()
    wave = wave_of(6)
    assert wave.size >= finding.FEWEST
    assert wave.traits == ["site:bpost-colis.top"]


def test_a_report_looked_at_twice_is_one_of_its_wave_once():
    wave = wave_of(6)
    size = wave.size
    finding.look(Report.objects.latest("at"))
    wave.refresh_from_db()
    assert wave.size == size


def test_one_member_who_tells_it_again_and_again_makes_no_wave():
    conversation = open_conversation("web")
    for number in range(8):
        answer(receive(Inbound(conversation.pk, f"m{number}", "sms de bpost-colis.top")).pk, Engine())
    assert [finding.look(report) for report in Report.objects.order_by("at")] == [None] * 8


def test_members_are_told_once_a_wave_is_confirmed_and_not_before():
    wave = wave_of(6)
    assert said(tell("sms de bpost-colis.top")) == ["Conseils.", "Quand ?"]
    services.confirm(wave, "Faux SMS bpost", ADVICE, uuid4())
    advice, told, question = said(tell("sms de bpost-colis.top"))
    assert (advice, question) == ("Conseils.", "Quand ?")
    assert "Ce message est connu" in told
    assert ADVICE in told


def test_somebody_is_told_of_a_wave_once():
    services.confirm(wave_of(6), "Faux SMS", ADVICE, uuid4())
    conversation = tell("sms de bpost-colis.top")
    answer(receive(Inbound(conversation.pk, "m2", "encore bpost-colis.top")).pk, Engine())
    assert len([text for text in said(conversation) if "Ce message est connu" in text]) == 1


def test_a_wave_is_known_by_its_words_too_but_not_another_story():
    services.confirm(wave_of(6), "Faux SMS", ADVICE, uuid4())
    assert any("connu" in text for text in said(tell("le même en d'autres mots", direction=0)))
    assert not any("connu" in text for text in said(tell("tout autre chose", direction=300)))


def test_a_dismissed_wave_is_told_to_nobody():
    wave = wave_of(6)
    services.confirm(wave, "Faux SMS", ADVICE, uuid4())
    services.dismiss(wave, uuid4())
    assert services.known_wave("sms de bpost-colis.top") is None


@pytest.mark.parametrize("advice", ["Appelez le 0470 12 34 56.", "Allez sur www.aide.be.", "Écrivez à aide@aide.be."])
def test_advice_with_links_or_numbers_is_refused(advice):
    with pytest.raises(UnsafeAdvice):
        services.confirm(wave_of(6), "Faux SMS", advice, uuid4())


def test_what_is_forgotten_leaves_the_wave_its_count():
    wave = wave_of(6)
    report = Report.objects.earliest("at")
    keep = Conversation.objects.get(pk=report.conversation).messages.latest("pk")
    erasure.erase(report.conversation, keep.pk)
    assert not Report.objects.filter(conversation=report.conversation).exists()
    wave.refresh_from_db()
    assert wave.size == 6


def invented_wave() -> Wave:
    """Return a confirmed wave of six reports, all of the demo."""
    chance = random.Random(1)
    for _ in range(6):
        Report.objects.filter(conversation=tell("sms de bpost-colis.top").pk).update(conversation=new_id(chance))
    for report in Report.objects.order_by("at"):
        finding.look(report)
    wave = Wave.objects.get()
    services.confirm(wave, "Faux SMS de la démo", ADVICE, uuid4())
    return wave


def look_at(conversation: Conversation) -> Wave | None:
    return finding.look(Report.objects.get(conversation=conversation.pk))


def test_members_are_not_told_of_an_invented_wave_nor_do_their_reports_join_it():
    wave = invented_wave()
    conversation = tell("sms de bpost-colis.top")
    assert said(conversation) == ["Conseils.", "Quand ?"]
    assert look_at(conversation) is None
    wave.refresh_from_db()
    assert wave.size == 6


def test_invented_reports_make_no_wave_of_a_few_real_ones():
    invented_wave()
    *few, enough = [look_at(tell("sms de bpost-colis.top")) for _ in range(5)]
    assert few == [None] * 4
    assert enough.size == 5


def test_a_real_wave_is_told_on_when_its_reports_are_forgotten():
    services.confirm(wave_of(6), "Faux SMS", ADVICE, uuid4())
    Report.objects.all().delete()
    assert services.known_wave("sms de bpost-colis.top") is not None
