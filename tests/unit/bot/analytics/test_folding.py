from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.analytics.counting import Count, Dims, Happened, Memory
from bot.analytics.folding import count

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TALK = UUID(int=7)


class Story:
    """One conversation, told event by event; the memory goes through its stored form each time."""

    def __init__(self) -> None:
        self.stored, self.at, self.counts = vars(Memory()), NINE, list[Count]()
        self.happen("conversation_started", channel="web")

    def happen(self, name: str, after: float = 0, **properties: object) -> list[Count]:
        self.at += timedelta(seconds=after)
        memory = Memory.of(self.stored)
        new = list(count(Happened(0, self.at, name, TALK, None, properties), memory))
        self.stored = vars(memory)
        self.counts += new
        return new

    def sums(self) -> Counter[str]:
        summed: Counter[str] = Counter()
        for each in self.counts:
            summed[f"{each.measure} {each.key}".strip()] += each.sign
        return +summed


@pytest.fixture
def story() -> Story:
    return Story()


def report(story: Story, family: str = "fraud", subtype: str = "fake_shop") -> list[Count]:
    story.happen("message_answered", safety="fresh_money", seconds=0.4, intent=f"report_{family}", confidence=0.87)
    return story.happen("incident_understood", family=family, subtype=subtype, confidence=0.87)


def test_a_report_is_counted_under_what_its_message_said(story):
    (reported,) = report(story)
    assert (reported.measure, reported.dims) == ("report", Dims("web", "fraud", "fake_shop", "fresh_money"))


def test_the_path_to_a_claim_is_counted_step_by_step(story):
    report(story)
    story.happen("advice_shown", family="fraud", subtype="fake_shop")
    story.happen("advice_shown", family="fraud", subtype="fake_shop")
    for field in ("incident_date", "amount_cents"):
        story.happen("question_asked", field=field)
        story.happen("question_answered", after=30, field=field, known=field != "amount_cents")
    story.happen("recap_shown")
    story.happen("claim_opened", after=60, family="fraud", subtype="fake_shop", amount_cents=85_000, victim="self")
    assert story.sums() == Counter(
        {
            "started": 1, "answered_message": 1, "confidence 8": 1, "report": 1, "advised": 1, "form": 1,
            "asked incident_date": 1, "asked amount_cents": 1, "answered incident_date": 1, "answered amount_cents": 1,
            "unknown amount_cents": 1, "recap": 1, "claim": 1, "claim_questions": 1, "claim_time": 1, "amount": 1,
            "victim self": 1,
        }
    )  # fmt: skip
    values = {each.measure: each.value for each in story.counts}
    assert (values["claim_questions"], values["claim_time"], values["amount"]) == (2, 120, 85_000)


def test_a_question_asked_twice_counts_once_and_stays_pending_until_answered(story):
    report(story)
    story.happen("question_asked", field="iban")
    story.happen("question_asked", field="iban")
    assert (story.sums()["asked iban"], story.stored["pending"]) == (1, "iban")
    story.happen("question_answered", field="iban", known=True)
    assert story.stored["pending"] == ""


def test_a_corrected_report_moves_to_its_right_kind_on_the_day_it_was_made(story):
    report(story)
    moved = story.happen("incident_corrected", after=90_000, family="failed_delivery", subtype="not_delivered")
    taken_back, by, confused, added = moved
    assert (taken_back.sign, taken_back.dims.subtype, taken_back.at) == (-1, "fake_shop", NINE)
    assert (added.sign, added.dims.subtype, added.at) == (1, "not_delivered", NINE)
    assert (by.key, confused.key, confused.dims.subtype) == ("member", "failed_delivery/not_delivered", "fake_shop")


def test_an_adviser_corrects_a_claim_and_only_the_confusion_is_counted(story):
    report(story)
    story.happen("claim_opened", family="fraud", subtype="fake_shop")
    by, confused = story.happen("incident_corrected", adviser="x", family="fraud", subtype="romance_scam")
    assert (by.key, confused.key, confused.dims.subtype) == ("adviser", "fraud/romance_scam", "fake_shop")
    assert story.happen("incident_corrected", family="fraud", subtype="fake_shop") == []


def test_what_was_no_incident_is_no_report_any_more(story):
    report(story)
    told = {"adviser": "x", "family": "", "subtype": "", "label": "out_of_scope"}
    taken_back, by, confused = story.happen("incident_corrected", **told)
    assert (taken_back.measure, taken_back.sign, confused.key) == ("report", -1, "out_of_scope")
    assert story.sums()["report"] == 0


def test_a_correction_to_the_same_kind_counts_nothing(story):
    report(story)
    assert story.happen("incident_corrected", family="fraud", subtype="fake_shop") == []


def test_the_answer_to_a_straddle_moves_the_report_but_nobody_was_wrong(story):
    report(story)
    moved = story.happen("straddle_answered", family="failed_delivery", subtype="not_delivered")
    assert [each.measure for each in moved] == ["report", "report"]


def test_an_incident_told_again_is_taken_back(story):
    report(story)
    story.happen("same_incident_told_again")
    assert story.sums()["report"] == 0


def test_waiting_first_reply_and_handling_are_measured(story):
    story.happen("moved_to_waiting", before="bot", reason="asked")
    story.happen("moved_to_agent", after=300, before="waiting", reason="taken")
    story.happen("adviser_replied", after=60)
    story.happen("adviser_replied", after=60)
    story.happen("moved_to_closed", after=480, before="agent", reason="done")
    values = {each.measure: each.value for each in story.counts if each.bucketed}
    assert values == {"waiting": 300, "first_reply": 360, "handling": 600}
    assert story.sums()["handed_off asked"] == 1


def test_an_adviser_who_steps_in_by_themselves_counts_as_a_hand_over(story):
    story.happen("moved_to_agent", before="bot", reason="taken")
    assert story.sums()["handed_off taken_by_adviser"] == 1


def test_a_member_who_goes_back_to_the_bot_gave_up_waiting(story):
    story.happen("moved_to_waiting", before="bot", reason="asked")
    story.happen("moved_to_bot", before="waiting", reason="resume")
    assert story.sums()["gave_up_waiting"] == 1


def test_a_message_on_a_closed_conversation_reopens_it(story):
    story.happen("moved_to_closed", before="agent", reason="done")
    story.happen("moved_to_bot", before="closed", reason="member_wrote")
    assert story.sums()["reopened"] == 1


def test_the_gravest_level_of_safety_stays(story):
    story.happen("message_answered", safety="ongoing", seconds=1)
    story.happen("message_answered", safety="none", seconds=1)
    assert story.stored["safety"] == "ongoing"


def test_out_of_scope_messages_are_counted(story):
    story.happen("message_answered", safety="none", seconds=1, intent="out_of_scope", confidence=1.0)
    assert (story.sums()["out_of_scope"], story.sums()["confidence 9"]) == (1, 1)


def test_an_unknown_event_counts_nothing(story):
    assert story.happen("signed_in") == []


def test_memory_of_another_version_is_read_as_far_as_it_is_known():
    assert Memory.of({"channel": "web", "long_gone": 1}).channel == "web"
