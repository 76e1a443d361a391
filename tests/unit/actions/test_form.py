import pytest

from actions.form import CONFIRMATION, CORRECTION, AskConfirmed, AskCorrection, ValidateIncidentForm
from actions.incident import StartIncident
from bot.claims.draft import UNKNOWN

FORM = ValidateIncidentForm()
STORY = "hier soir j'ai reçu un SMS de ma banque, j'ai cliqué et ce matin 850 € ont disparu"


@pytest.fixture
def phishing(talk):
    talk.run(
        StartIncident(),
        STORY,
        "report_fraud",
        incident=[{"intent": "report_fraud", "subtype": "phishing_codes_given", "confidence": 0.9}],
    )
    talk.run(FORM)
    return talk


def test_the_advice_comes_first_with_the_number_that_blocks_the_card(talk):
    talk.run(StartIncident(), STORY, "report_fraud", incident=[])
    assert "**078 170 170**" in talk.text


@pytest.mark.parametrize(("level", "said"), [("ongoing", "raccrochez"), ("fresh_money", "vient de partir")])
def test_danger_told_in_a_calm_matter_comes_before_its_advice(talk, level, said):
    guess = [{"intent": "report_failed_delivery", "subtype": "late", "confidence": 0.9}]
    talk.run(StartIncident(), STORY, "report_failed_delivery", incident=guess, metadata={"safety": level})
    assert said in talk.said[0]["text"]


def test_what_the_story_said_is_not_asked(phishing):
    assert phishing.slots["amount_cents"] == 85000
    assert phishing.slots["requested_slot"] not in ("amount_cents", "contact_channel")


def test_the_member_is_told_how_many_questions_are_left(phishing):
    assert "question" in phishing.slots["lead"].lower()


def test_a_typed_answer_fills_the_asked_field_and_the_next_one_is_asked(phishing):
    phishing.slots["requested_slot"] = "bank_contacted"
    changed = phishing.run(FORM, "oui j'ai appelé ce matin", "affirm")
    assert changed["bank_contacted"] is True
    assert changed["requested_slot"] == "police_report"


def test_a_tapped_answer_fills_the_asked_field(phishing):
    phishing.slots["requested_slot"] = "bank_contacted"
    changed = phishing.run(
        FORM,
        '/affirm{"field": "bank_contacted", "value": false}',
        "affirm",
        entities={"field": "bank_contacted", "value": False},
    )
    assert changed["bank_contacted"] is False


@pytest.mark.parametrize(("text", "intent"), [("je ne sais pas", "dont_know"), ("passer", "skip"), ("/skip", "skip")])
def test_not_knowing_is_an_answer(phishing, text, intent):
    phishing.slots["requested_slot"] = "bank_contacted"
    assert phishing.run(FORM, text, intent)["bank_contacted"] == UNKNOWN


def test_an_unclear_answer_is_asked_again_once_and_then_left_empty(phishing):
    phishing.slots["requested_slot"] = "bank_contacted"
    again = phishing.run(FORM, "zut alors", "out_of_scope")
    assert again["requested_slot"] == "bank_contacted"
    assert "oui ou par non" in again["lead"]
    assert phishing.run(FORM, "zut alors", "out_of_scope")["bank_contacted"] == UNKNOWN


def test_a_question_in_between_is_answered_and_the_form_goes_on_where_it_stood(phishing):
    phishing.slots["requested_slot"] = "bank_contacted"
    changed = phishing.run(FORM, "c'est couvert ?", "ask_cover")
    assert changed["requested_slot"] == "bank_contacted"
    assert phishing.said[0]["response"] == "utter_ask_cover"


def test_an_answer_that_sounds_like_a_question_stays_an_answer(phishing):
    phishing.slots["requested_slot"] = "bank_contacted"
    assert phishing.run(FORM, "oui", "ask_human", confidence=0.4)["bank_contacted"] is True


@pytest.mark.parametrize(
    ("intent", "way_out"),
    [("cancel", "cancelled"), ("start_over", "cancelled"), ("ask_human", "human"), ("distress", "life")],
)
def test_the_form_can_be_left_at_any_question(phishing, intent, way_out):
    phishing.slots["requested_slot"] = "bank_contacted"
    changed = phishing.run(FORM, "peu importe", intent)
    assert changed == {"requested_slot": None, "form_exit": way_out}


def test_a_late_tap_on_an_earlier_question_corrects_it_and_the_present_one_stands(phishing):
    phishing.slots |= {"bank_contacted": True, "requested_slot": "police_report"}
    changed = phishing.run(FORM, "", "affirm", entities={"field": "bank_contacted", "value": False})
    assert (changed["bank_contacted"], changed["requested_slot"]) == (False, "police_report")
    assert "police_report" not in changed


@pytest.fixture
def recapped(phishing):
    for field in ("bank_contacted", "police_report"):
        phishing.slots["requested_slot"] = field
        phishing.run(FORM, "non", "deny")
    return phishing


def test_when_nothing_is_missing_the_recap_is_asked(recapped):
    assert recapped.slots["requested_slot"] == CONFIRMATION
    recapped.run(AskConfirmed())
    assert "850,00" in recapped.text
    assert {"field": "bank_contacted", "label": "Banque ou Card Stop prévenue", "value": "non"} in recapped.said[0][
        "custom"
    ]["card"]["lines"]


def test_yes_confirms(recapped):
    assert recapped.run(FORM, "oui c'est ça", "affirm") == {"requested_slot": None, "form_exit": "confirmed"}


def test_a_correction_in_free_words_changes_the_value_and_shows_the_recap_again(recapped):
    changed = recapped.run(FORM, "non c'était 250 €", "correct")
    assert changed["amount_cents"] == 25000
    assert changed["requested_slot"] == CONFIRMATION


def test_no_without_more_asks_which_line_is_wrong_and_a_tap_asks_it_again(recapped):
    assert recapped.run(FORM, "non", "deny")["requested_slot"] == CORRECTION
    recapped.run(AskCorrection())
    assert any("amount_cents" in button["payload"] for button in recapped.said[0]["buttons"])
    changed = recapped.run(FORM, "", "correct", entities={"field": "amount_cents"})
    assert changed["requested_slot"] == "amount_cents"
    assert changed["amount_cents"] is None


def test_an_unclear_word_at_the_recap_shows_it_again(recapped):
    assert recapped.run(FORM, "bof", "out_of_scope")["requested_slot"] == CONFIRMATION


def test_a_form_without_an_incident_ends_at_once(talk):
    assert talk.run(FORM)["requested_slot"] is None


@pytest.mark.parametrize(
    ("field", "value"), [("payment_means", True), ("payment_means", "sms"), ("amount_cents", True)]
)
def test_a_late_tap_on_another_question_is_no_answer(phishing, field, value):
    phishing.slots["requested_slot"] = field
    changed = phishing.run(FORM, '/affirm{"value": …}', "affirm", entities={"value": value})
    assert changed["requested_slot"] == field
    assert field not in changed


def test_a_late_tap_on_a_question_does_not_confirm_the_recap(recapped):
    changed = recapped.run(FORM, '/affirm{"value": true}', "affirm", entities={"value": True})
    assert changed["requested_slot"] == CONFIRMATION


def test_a_tap_on_the_recap_confirms(recapped):
    assert recapped.run(FORM, "/affirm", "affirm")["form_exit"] == "confirmed"


@pytest.mark.parametrize("text", ["oui sauf quelque chose", "oui mais ce n'est pas bon"])
def test_a_yes_with_a_reserve_asks_which_line_is_wrong(recapped, text):
    assert recapped.run(FORM, text, "affirm")["requested_slot"] == CORRECTION


def test_a_bare_yes_to_which_line_is_wrong_opens_nothing(recapped):
    recapped.run(FORM, "non", "deny")
    assert recapped.run(FORM, "oui", "affirm")["requested_slot"] == CONFIRMATION


@pytest.mark.parametrize("text", ["le montant", "oui mais le montant est faux", "Montant"])
def test_a_line_named_in_words_is_asked_again(recapped, text):
    changed = recapped.run(FORM, text, "out_of_scope")
    assert changed["requested_slot"] == "amount_cents"
    assert changed["amount_cents"] is None
