import pytest

from bot.claims.draft import UNKNOWN

STORY = "hier soir j'ai cliqué sur un faux SMS et ce matin 850 € ont disparu de mon compte"
PHISHING = ("fraud/phishing_codes_given", 0.9)


@pytest.fixture
def phishing(talk):
    """A story that says all but whether the bank was called."""
    return talk.report(STORY, PHISHING)


@pytest.fixture
def recapped(phishing):
    return phishing.answer("bank_contacted", True)


def test_the_advice_comes_first_with_the_number_that_blocks_the_card(phishing):
    first = next(message["text"] for message in phishing.said if message.get("text"))
    assert "**078 170 170**" in first


def test_what_the_story_said_is_not_asked(phishing):
    assert phishing.values["amount_cents"] == 85000
    assert phishing.asked == "bank_contacted"


def test_the_member_is_told_how_many_questions_are_left(phishing):
    assert "Dernière question" in phishing.text


def test_whether_the_bank_was_reached_is_asked_after_the_advice_with_its_own_buttons(phishing):
    assert {"Oui", "Pas encore", "Ça ne répond pas"} <= set(phishing.buttons)


def test_the_first_question_carries_a_way_out_and_the_next_one_does_not(talk):
    talk.report("on m'a volé de l'argent", PHISHING)
    assert "Pas de déclaration" in talk.buttons
    assert "Pas de déclaration" not in talk.hear("hier").buttons


def test_a_story_that_could_not_reach_the_bank_is_asked_again(talk):
    talk.report(STORY + ", ma banque ne répond pas", PHISHING)
    assert talk.asked == "bank_contacted"


def test_a_bank_not_called_yet_is_told_to_try_again(phishing):
    phishing.answer("bank_contacted", False)
    assert "jour et nuit" in phishing.text
    assert phishing.values["bank_contacted"] is False


def test_a_typed_answer_fills_the_asked_field(phishing):
    assert phishing.hear("oui j'ai appelé ce matin", "affirm").values["bank_contacted"] is True
    assert phishing.asked == "confirmed"


@pytest.mark.parametrize(("text", "intent"), [("je ne sais pas", "dont_know"), ("passer", "skip"), ("/skip", "skip")])
def test_not_knowing_is_an_answer(phishing, text, intent):
    assert phishing.hear(text, intent).values["bank_contacted"] == UNKNOWN


def test_an_unclear_answer_is_asked_again_once_and_then_left_empty(phishing):
    phishing.hear("zut alors", "out_of_scope")
    assert phishing.asked == "bank_contacted"
    assert "oui ou par non" in phishing.text
    assert phishing.hear("zut alors", "out_of_scope").values["bank_contacted"] == UNKNOWN


def test_an_answer_that_sounds_like_a_question_stays_an_answer(phishing):
    assert phishing.hear("oui", "ask_human", confidence=0.4).values["bank_contacted"] is True


def test_a_late_tap_on_an_earlier_question_corrects_it_and_the_present_one_stands(talk):
    talk.report("on m'a volé de l'argent par carte", ("fraud/unauthorised_payment", 0.9)).hear("hier")
    talk.hear("100 €").answer("bank_contacted", True)
    assert talk.asked == "confirmed"
    talk.answer("bank_contacted", False)
    assert (talk.values["bank_contacted"], talk.asked) == (False, "confirmed")


@pytest.mark.parametrize(("field", "value"), [("bank_contacted", "sms"), ("amount_cents", True), ("nobody", 1)])
def test_a_tap_that_no_question_offered_changes_nothing(phishing, field, value):
    before = dict(phishing.values)
    phishing.answer(field, value)
    assert (phishing.values, phishing.asked) == (before, "bank_contacted")


def test_a_form_without_an_incident_ends_at_once(talk):
    assert talk.hear("bonjour").slots["requested_slot"] is None


def test_a_date_that_is_still_to_come_is_asked_again_with_the_reason(talk):
    talk.report("on m'a insulté sur Facebook", ("insults/insults_defamation", 0.9))
    talk.slots["asked"] = "incident_date"
    talk.hear("le 3/12/2026")
    assert talk.asked == "incident_date"
    assert "incident_date" not in talk.values


def test_an_amount_above_the_known_ceiling_is_taken_and_explained(talk):
    talk.report("un faux conseiller a vidé mon compte hier par virement", ("fraud/fake_bank_employee", 0.9))
    talk.slots["asked"] = "amount_cents"
    talk.hear("7500 euros")
    assert talk.values["amount_cents"] == 750000
    assert "plafond" in talk.text


@pytest.mark.parametrize("text", ["non", "non merci", "aucun"])
def test_no_is_no_name_of_a_seller(talk, text):
    talk.report("je n'ai rien reçu", ("failed_delivery/not_delivered", 0.9))
    assert talk.asked == "merchant"
    assert talk.hear(text, "deny").values["merchant"] == UNKNOWN


def test_yes_is_no_name_of_a_seller_either(talk):
    talk.report("je n'ai rien reçu", ("failed_delivery/not_delivered", 0.9)).hear("oui", "affirm")
    assert talk.asked == "merchant"


def test_what_is_told_instead_of_an_answer_is_kept_and_the_question_stands(talk):
    talk.report("on a piraté mon compte", ("suspicious_behaviour/account_hacked", 0.9))
    assert talk.asked == "incident_date"
    talk.hear("je ne sais plus me connecter", "dont_know")
    assert talk.values["access_lost"] is True
    assert talk.asked == "incident_date"


def test_an_attack_that_goes_on_is_not_asked_for_its_date(talk):
    now = {"safety": "ongoing"}
    talk.report("ils sont dans mon pc", ("suspicious_behaviour/remote_access", 0.9), metadata=now)
    assert talk.values["incident_date"] == "2026-11-23"


def test_an_answer_that_says_more_fills_more(talk):
    talk.report("je n'ai rien reçu", ("failed_delivery/not_delivered", 0.9))
    talk.slots["asked"] = "merchant"
    talk.hear("Bol.com, commandé le 3 novembre pour 45 €")
    assert talk.values["order_date"] == "2026-11-03"
    assert talk.values["amount_cents"] == 4500


DAMAGED = ("failed_delivery/damaged_or_defective", 0.9)


def test_the_day_the_goods_came_is_read_from_the_story_and_is_not_the_day_of_the_facts_too(talk):
    talk.report("télé commandée le 30 octobre chez Krëfel, livrée cassée le 12 novembre", DAMAGED)
    assert talk.values["reception_date"] == "2026-11-12"
    assert "incident_date" not in talk.values
    assert "14 jours" in talk.text


def test_the_day_the_goods_came_is_asked_where_something_came_and_nowhere_else(talk):
    assert talk.report("ma télé achetée chez Krëfel est cassée", DAMAGED).asked == "reception_date"
    talk.report("ma commande Krëfel, reçue le 12 novembre par le voisin selon eux", ("failed_delivery/late", 0.9))
    assert "reception_date" not in talk.values


def test_goods_that_came_before_they_were_ordered_are_asked_again_with_the_reason(talk):
    talk.report("télé commandée le 12 novembre chez Krëfel, elle est cassée", DAMAGED).hear("le 2 novembre")
    assert talk.asked == "reception_date"
    assert "plus tardif" in talk.text


def test_the_draft_is_kept_at_every_step(phishing, records):
    assert records.begun().values["amount_cents"] == 85000


def test_when_nothing_is_missing_the_recap_shows_every_value_each_to_be_tapped(recapped):
    assert recapped.asked == "confirmed"
    card = recapped.wished("card")[0]
    amount = next(line for line in card["lines"] if line["field"] == "amount_cents")
    assert "850,00" in amount["value"]
    message = next(message for message in recapped.said if (message.get("custom") or {}).get("card"))
    assert message["buttons"][amount["button"]]["payload"] == '/correct{"field": "amount_cents"}'


def test_a_line_of_the_recap_whose_first_word_begins_another_is_named_by_it(talk):
    talk.report("mon retour est perdu", ("failed_delivery/return_lost", 0.9))
    while talk.asked != "confirmed":
        talk.hear("je ne sais pas", "dont_know")
    assert talk.hear("le vendeur est faux", "nlu_fallback").asked == "merchant"


def test_a_url_in_the_recap_cannot_be_clicked(talk):
    talk.report(
        "commandé hier chez Zalando, 30 € par carte, l'adresse était https://zapatox.shop/promo",
        ("fraud/fake_shop", 0.9),
    ).answer("bank_contacted", True)
    assert "zapatox[.]shop" in talk.text
    assert "https://zapatox" not in talk.text


@pytest.mark.parametrize(
    ("text", "intent"), [("oui c'est ça", "affirm"), ("oui", "affirm"), ("c'est bon", "nlu_fallback")]
)
def test_yes_opens_the_claim(recapped, records, text, intent):
    recapped.hear(text, intent)
    assert records.opened[0].draft.values["amount_cents"] == 85000
    assert records.begun() is None


def test_a_bare_yes_is_no_correction_of_a_choice(talk, records):
    talk.report("on m'insulte sur Facebook depuis hier", ("insults/insults_defamation", 0.9)).hear("un inconnu")
    assert talk.asked == "confirmed"
    talk.hear("oui", "affirm")
    assert records.opened[0].draft.values["author_known"] == "unknown"


def test_a_tap_on_the_recap_opens_the_claim(recapped, records):
    recapped.answer("confirmed", True)
    assert len(records.opened) == 1


@pytest.mark.parametrize("text", ["oui sauf quelque chose", "oui mais ce n'est pas bon", "non"])
def test_a_yes_with_a_reserve_asks_which_line_is_wrong(recapped, records, text):
    assert recapped.hear(text, "affirm").asked == "correction"
    assert records.opened == []


def test_a_line_tapped_at_the_recap_is_asked_again(recapped):
    recapped.tap("correct", field="amount_cents")
    assert recapped.asked == "amount_cents"
    assert recapped.hear("250").values["amount_cents"] == 25000
    assert recapped.asked == "confirmed"


@pytest.mark.parametrize("text", ["le montant", "oui mais le montant est faux", "Montant"])
def test_a_line_named_in_words_is_asked_again(recapped, text):
    assert recapped.hear(text, "out_of_scope").asked == "amount_cents"


def test_a_bare_yes_to_which_line_is_wrong_opens_nothing(recapped, records):
    recapped.hear("non", "deny").hear("oui", "affirm")
    assert records.opened == []


def test_an_unclear_word_at_the_recap_shows_it_again(recapped):
    assert recapped.hear("bof", "out_of_scope").asked == "confirmed"


def test_a_late_tap_on_a_question_does_not_confirm_the_recap(recapped, records):
    recapped.answer("bank_contacted", True)
    assert (recapped.asked, records.opened) == ("confirmed", [])
