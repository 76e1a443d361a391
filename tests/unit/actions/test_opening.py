"""What is asked once the claim is open, apart from it: a psychologist, an e-mail, what comes next."""

import pytest

from actions.advice import RepeatAdvice
from bot.catalogue import catalogue

STORY = "hier soir j'ai cliqué sur un faux SMS et ce matin 850 € ont disparu de mon compte"


@pytest.fixture
def opened(talk):
    talk.report(STORY, ("fraud/phishing_codes_given", 0.9))
    return talk.answer("bank_contacted", True).answer("confirmed", True)


@pytest.fixture
def insulted(talk):
    talk.report("un inconnu m'insulte sur Facebook depuis hier", ("insults/insults_defamation", 0.9))
    return talk.answer("confirmed", True)


def test_the_reference_and_the_missing_documents_are_told(opened):
    assert "CC-0000-0000-0000-00" in opened.text
    assert "- " in opened.text


def test_the_advice_of_the_claim_can_be_asked_for_again(opened):
    opened.answer("email", False)
    assert opened.slots["subtype"] is None
    opened.run(RepeatAdvice(), "redonnez-moi les conseils", "ask_advice")
    assert catalogue().subtype("fraud", "phishing_codes_given").advice[0].do in opened.text


def test_an_acknowledgement_is_offered_and_sent_to_the_typed_address(opened, records):
    assert opened.asked == "email"
    opened.hear("c'est marie.dupont@exemple.be merci")
    assert records.opened[0].email == "marie.dupont@exemple.be"
    assert opened.wished("ends_episode") == [True]


@pytest.mark.parametrize(("text", "intent"), [("non merci", "deny"), ("non", "deny"), ("pas besoin", "deny")])
def test_no_thanks_is_an_answer(opened, records, text, intent):
    opened.hear(text, intent)
    assert records.opened[0].email == ""
    assert opened.wished("ends_episode") == [True]


def test_a_mistyped_address_is_asked_once_more(opened, records):
    assert opened.hear("marie..dupont@exemple.be").asked == "email"
    assert opened.hear("marie@").wished("ends_episode") == [True]


def test_a_known_member_is_not_asked_for_an_address(talk, records):
    records.known = "connue@exemple.be"
    talk.report(STORY, ("fraud/phishing_codes_given", 0.9)).answer("bank_contacted", True).answer("confirmed", True)
    assert records.opened[0].email == "connue@exemple.be"
    assert talk.asked is None


def test_with_nothing_left_to_ask_the_reference_is_the_last_word(talk, records):
    records.mail = False
    talk.report(STORY, ("fraud/phishing_codes_given", 0.9)).answer("bank_contacted", True).answer("confirmed", True)
    assert "CC-0000-0000-0000-00" in [message["text"] for message in talk.said if message.get("text")][-1]
    assert talk.wished("ends_episode") == [True]


def test_without_a_mail_server_no_address_is_asked(talk, records):
    records.mail = False
    talk.report(STORY, ("fraud/phishing_codes_given", 0.9)).answer("bank_contacted", True).answer("confirmed", True)
    assert talk.asked is None


def test_where_someone_close_does_harm_nothing_goes_by_mail(talk, records):
    records.known = "commune@exemple.be"
    talk.report("mon ex me harcèle sur Facebook depuis hier", ("insults/harassment_stalking", 0.9))
    talk.answer("confirmed", True).answer("psychologist", False)
    assert records.opened[0].email == ""
    assert talk.asked is None


def test_a_psychologist_is_offered_apart_and_may_be_refused(insulted, records):
    assert insulted.asked == "psychologist"
    insulted.answer("psychologist", False)
    assert records.opened[0].psychologist is False
    assert insulted.asked == "email"


def test_a_yes_to_the_psychologist_is_kept(insulted, records):
    insulted.hear("oui je veux bien", "affirm")
    assert records.opened[0].psychologist is True


def test_wanting_to_talk_to_the_psychologist_is_no_wish_for_an_adviser(insulted, records):
    insulted.hear("oui j'aimerais lui parler", "ask_human")
    assert records.opened[0].psychologist is True
    assert insulted.wished("hand_off") == []


def test_an_address_that_reads_like_a_question_is_an_address(opened, records):
    opened.hear("marie.dupont@exemple.be", "ask_privacy")
    assert records.opened[0].email == "marie.dupont@exemple.be"


def test_the_status_asked_instead_of_an_answer_is_told_and_the_question_stands(opened):
    opened.hear("où en est mon dossier ?", "ask_status")
    assert "CC-0000-0000-0000-00" in opened.text
    assert opened.asked == "email"


def test_nobody_has_to_answer_about_the_psychologist(insulted, records):
    insulted.hear("hmm").hear("hmm")
    assert records.opened[0].psychologist is None
    assert insulted.asked == "email"


def test_fraud_does_not_bring_up_a_psychologist(opened):
    assert "psychologue" not in opened.text


def test_another_report_instead_of_an_answer_begins_it(opened):
    parcel = [{"intent": "report_failed_delivery", "subtype": "not_delivered", "confidence": 0.9}]
    opened.hear("et mon colis Zalando n'est pas arrivé", "report_failed_delivery", incident=parcel)
    assert opened.subtype == "not_delivered"
    assert opened.wished("ends_episode") == []


EVERY = [(family.id, subtype.id) for family in catalogue().families.values() for subtype in family.subtypes.values()]
MOST_QUESTIONS = 7  # to a member who tells nothing but the kind of incident, recap and follow-ups included


@pytest.mark.parametrize(("family", "subtype"), EVERY, ids=lambda name: name)
def test_every_kind_of_incident_leads_to_a_claim_in_few_questions(talk, records, family, subtype):
    questions = 0
    talk.report("voilà", (f"{family}/{subtype}", 0.9))
    while talk.asked:
        questions += 1
        if talk.asked == "confirmed":
            talk.answer("confirmed", True)
        elif talk.asked in ("psychologist", "email"):
            talk.answer(talk.asked, False)
        else:
            talk.hear("je ne sais pas", "dont_know")
    assert (records.opened[0].draft.subtype.id, talk.wished("ends_episode")) == (subtype, [True])
    assert questions <= MOST_QUESTIONS
