"""The main path over the web's interface, on everything for real: a story becomes advice, questions, a claim."""

import re

import pytest

from tests.member import Heard, Member

pytestmark = pytest.mark.slow
STORY = "hier soir j'ai cliqué sur un faux SMS et ce matin 850 € ont disparu"
REFERENCE = re.compile(r"CC-\d{4}-\d{4}-\d{4}-\d\d")
CONFIRM, CORRECT, CANCEL = "C'est exact, ouvrir le dossier", "Corriger", "Annuler"
MOST_QUESTIONS = 4


def to_the_recap(member: Member, story: str = STORY) -> Heard:
    heard = member.says(story)
    for _ in range(MOST_QUESTIONS):
        if heard.cards:
            return heard
        heard = member.taps("Je ne sais pas")
    assert heard.cards, f"more than {MOST_QUESTIONS} questions"
    return heard


def shown(heard: Heard, label: str) -> str:
    return next(line["value"] for line in heard.cards[-1]["lines"] if line["label"] == label)


def test_a_story_leads_to_urgent_steps_few_questions_a_recap_and_a_claim(stack):
    member = Member.arrives(stack)
    advice = member.says(STORY)
    first_step = next(line for line in advice.text.splitlines() if line.startswith("1."))
    assert "[**078 170 170**](tel:+3278170170)" in first_step
    assert advice.text.count("?") == 1, "one question at a time, under the advice"

    recap = to_the_recap(Member.arrives(stack))
    assert shown(recap, "Montant").replace("\u202f", " ").replace("\xa0", " ") == "850,00 €"
    assert shown(recap, "Canal utilisé") == "SMS"

    while not advice.cards:
        advice = member.taps("Pas encore")
    assert member.claims == []
    opened = member.taps(CONFIRM)
    reference = REFERENCE.search(opened.text)[0]

    claim = member.claims[0]
    assert (claim["reference"], claim["family"], claim["state"]) == (reference, "fraud", "open")
    assert claim["answers"]["amount_cents"] == 85000
    assert claim["story"] == STORY
    assert reference in member.says("où en est mon dossier ?").text


def test_a_tapped_confirmation_opens_one_claim_however_often_it_is_tapped(stack):
    member = Member.arrives(stack)
    to_the_recap(member)
    member.taps(CONFIRM)
    member.taps(CONFIRM)
    assert len(member.claims) == 1


def test_a_correction_told_at_the_recap_is_what_the_claim_says(stack):
    member = Member.arrives(stack)
    to_the_recap(member)
    assert shown(member.says("non c'était 250 €"), "Montant").startswith("250,00")
    member.taps(CONFIRM)
    assert member.claims[0]["answers"]["amount_cents"] == 25000


def test_a_line_of_the_recap_is_corrected_by_taps(stack):
    member = Member.arrives(stack)
    to_the_recap(member)
    assert "Montant" in member.taps(CORRECT).buttons
    assert "montant" in member.taps("Montant").text
    assert shown(member.says("1.250,50"), "Montant").replace("\u202f", "").startswith("1250,50")


def test_a_question_in_between_is_answered_and_the_form_goes_on(stack):
    member = Member.arrives(stack)
    asked = member.says(STORY)
    heard = member.says("et c'est couvert par mon assurance ?")
    assert "un gestionnaire le vérifie" in heard.text
    question, again = asked.messages[-1], heard.messages[-1]
    assert question["text"].splitlines()[-1] in again["text"], "the same question again"
    assert [button["title"] for button in again["buttons"]] == [button["title"] for button in question["buttons"]]


def test_a_cancelled_declaration_opens_nothing(stack):
    member = Member.arrives(stack)
    recap = to_the_recap(member)
    assert CANCEL in recap.buttons
    assert "annulé" in member.taps(CANCEL).text
    assert "dossier" in member.says("où en est mon dossier ?").text
    assert member.claims == []


def test_the_same_incident_told_again_is_recognised_and_another_one_gets_a_claim_of_its_own(stack):
    member = Member.arrives(stack)
    to_the_recap(member)
    member.taps(CONFIRM)
    reference = member.claims[0]["reference"]
    assert reference in member.says(STORY).text
    assert reference in member.taps("Oui, c'est le même").text
    assert len(member.claims) == 1

    member.says(STORY)
    heard = member.taps("Non, c'en est un autre")
    while not heard.cards:
        heard = member.taps("Je ne sais pas")
    member.taps(CONFIRM)
    assert len({claim["reference"] for claim in member.claims}) == 2
