"""What may happen at any question of the form: questions in between, corrections, ways out, pauses, returns."""

import pytest

from actions.advice import RepeatAdvice

STORY = "hier soir j'ai cliqué sur un faux SMS et ce matin 850 € ont disparu de mon compte"
PHISHING = ("fraud/phishing_codes_given", 0.9)
DAYS = {"silence": 3 * 24 * 3600.0}


@pytest.fixture
def phishing(talk):
    """A story that says all but whether the bank was called."""
    return talk.report(STORY, PHISHING)


@pytest.mark.parametrize(
    ("text", "intent", "said"),
    [
        ("c'est couvert ?", "ask_cover", "gestionnaire le vérifie"),
        ("vous êtes un robot ?", "ask_bot", "assistant automatique"),
        ("où vont mes données ?", "ask_privacy", "Effacer la conversation"),
        ("où en est mon dossier ?", "ask_status", "pas encore ouvert"),
        ("je peux envoyer des photos ?", "add_evidence", "captures d'écran"),
        ("pourquoi vous me demandez ça ?", "nlu_fallback", "je ne sais pas"),
    ],
)
def test_a_question_in_between_is_answered_and_the_form_goes_on_where_it_stood(phishing, text, intent, said):
    phishing.hear(text, intent)
    assert said in phishing.text
    assert phishing.asked == "bank_contacted"
    assert phishing.text.endswith("votre banque ?")


@pytest.mark.parametrize(
    ("text", "key"), [("Pourquoi ?", "why"), ("comment faire ?", "how"), ("et comment je fais ?", "how")]
)
def test_why_and_how_give_one_more_sentence_for_each_step(phishing, text, key):
    from bot.catalogue import catalogue

    phishing.hear(text)
    for step in catalogue().subtype("fraud", "phishing_codes_given").advice:
        assert getattr(step, key) in phishing.text
    assert phishing.asked == "bank_contacted"


def test_why_and_how_are_buttons_under_the_advice(phishing):
    assert {"Pourquoi ?", "Comment faire ?"} <= set(phishing.buttons)
    phishing.tap("ask_advice", field="why")
    assert "Pourquoi ces étapes" in phishing.text


@pytest.mark.parametrize(("text", "intent"), [("merci", "thank"), ("bonjour", "greet")])
def test_a_courtesy_is_no_answer(phishing, text, intent):
    assert phishing.hear(text, intent).asked == "bank_contacted"
    assert "bank_contacted" not in phishing.values


def test_a_yes_with_thanks_is_a_yes(phishing):
    assert phishing.hear("oui merci", "thank").values["bank_contacted"] is True


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("non c'était 250 €", "amount_cents", 25000),
        ("en fait 900 euros", "amount_cents", 90000),
        ("je me suis trompé, c'était le 20 novembre", "incident_date", "2026-11-20"),
    ],
)
def test_a_correction_in_free_words_changes_the_value_and_the_question_stands(phishing, text, field, value):
    phishing.hear(text, "correct")
    assert phishing.values[field] == value
    assert phishing.asked == "bank_contacted"
    assert "bank_contacted" not in phishing.values


def test_in_fact_it_is_my_mother_changes_who_is_touched(phishing):
    phishing.hear("en fait c'est ma mère", "correct")
    assert phishing.values["victim"] == "parent"
    assert phishing.asked == "bank_contacted"


def test_no_fraud_just_the_parcel_changes_the_family_and_keeps_what_applies(talk):
    talk.report("j'ai payé 60 € par carte sur un site et rien n'arrive", ("fraud/fake_shop", 0.9))
    talk.hear(
        "pas une fraude, juste le colis",
        "correct",
        incident=[{"intent": "report_failed_delivery", "subtype": "not_delivered", "confidence": 0.6}],
    )
    assert (talk.slots["family"], talk.subtype) == ("failed_delivery", "not_delivered")
    assert talk.values["amount_cents"] == 6000
    assert "transporteur" in talk.text


@pytest.mark.parametrize(
    "text", ["NON CE N ETAIT PAS 850 MAIS 900", "pas 850 euros mais 900 euros", "c'est pas 850, plutôt 900"]
)
def test_of_what_it_was_not_and_what_it_was_the_latter_is_taken(phishing, text):
    assert phishing.hear(text, "correct").values["amount_cents"] == 90000


def test_a_child_who_asks_what_to_do_hears_again_whom_to_talk_to(talk):
    talk.run(RepeatAdvice(), "jfais koi alors", "ask_advice", metadata={"minor": True})
    assert "103" in talk.text
    assert not talk.slots.get("advice_only")


def test_no_said_to_a_question_corrects_nothing(phishing):
    assert phishing.hear("non pas encore", "deny").values["bank_contacted"] is False
    assert phishing.values["amount_cents"] == 85000


@pytest.mark.parametrize("intent", ["cancel", "start_over"])
def test_cancelling_keeps_nothing(phishing, records, intent):
    phishing.hear("laissez tomber", intent)
    assert phishing.slots["requested_slot"] is None
    assert phishing.subtype is None
    assert records.drafts == {}


def test_a_human_is_called_and_the_declaration_kept(phishing, records):
    phishing.hear("je veux parler à quelqu'un", "ask_human")
    assert phishing.wished("hand_off") == ["asked"]
    assert phishing.subtype == "phishing_codes_given"
    assert records.drafts


def test_distress_puts_the_form_away_and_calls_a_human_first(phishing, records):
    phishing.hear("je n'ai plus la force de rien", "distress")
    assert phishing.wished("hand_off") == ["danger_to_life"]
    assert "0800 32 123" in phishing.text
    assert phishing.subtype is None
    assert records.drafts


@pytest.mark.parametrize("text", ["non c'était 250 €", "non", "le 3 novembre", "plutôt 300", "oui merci"])
def test_a_short_answer_or_correction_that_sounds_like_distress_leaves_the_form_where_it_is(phishing, records, text):
    phishing.hear(text, "distress", confidence=0.7)
    assert phishing.slots["requested_slot"] == "step"
    assert phishing.wished("hand_off") == []
    assert "107" in phishing.text


@pytest.mark.parametrize(
    ("text", "extra"),
    [
        ("il m'a pris 3000 € et je n'en peux plus", {}),
        ("il est dans la maison", {}),
        ("250 € et après je me tue", {}),
        ("c'était le 3 novembre, depuis ce jour je ne dors plus et je ne vois plus d'issue", {"danger": 0.3}),
    ],
)
def test_a_second_sign_or_no_value_puts_the_form_away(phishing, text, extra):
    phishing.hear(text, "distress", confidence=0.7, **extra)
    assert phishing.slots["requested_slot"] is None
    assert phishing.wished("hand_off") == ["danger_to_life"]


def test_a_child_in_distress_hears_of_the_lines_for_children(phishing):
    phishing.hear("j'ai 15 ans, je n'ai plus la force", "distress", metadata={"minor": True})
    assert "116 000" in phishing.text
    assert phishing.wished("hand_off") == ["danger_to_life"]


@pytest.mark.parametrize("text", ["pas de déclaration merci", "je veux juste un conseil"])
def test_the_declaration_may_be_declined_in_words(phishing, records, text):
    phishing.hear(text, "deny")
    assert "rien n'est déclaré" in phishing.text
    assert (phishing.subtype, records.drafts) == (None, {})


def test_the_declaration_may_be_declined_by_its_button(phishing):
    phishing.tap("cancel", value="no_claim")
    assert "rien n'est déclaré" in phishing.text


@pytest.mark.parametrize("text", ["je reviens demain", "je continue plus tard", "pause", "je dois y aller"])
def test_a_pause_keeps_the_declaration_and_continuing_asks_where_it_stood(phishing, text):
    phishing.hear(text)
    assert phishing.asked == "paused"
    assert phishing.hear("merci à demain", "thank").asked == "paused"
    assert phishing.hear("continuer", metadata=DAYS).asked == "bank_contacted"


def test_a_human_asked_for_in_a_pause_is_called(phishing):
    phishing.hear("pause").hear("je veux parler à quelqu'un", "ask_human")
    assert phishing.wished("hand_off") == ["asked"]


def test_a_date_told_to_a_question_about_another_date_answers_it(talk):
    talk.report("mon colis abîmé est arrivé le 20 novembre", ("failed_delivery/damaged_or_defective", 0.9))
    talk.slots |= {"asked": "order_date", "values": {"incident_date": "2026-11-20"}}
    talk.hear("en fait c'était le 10 novembre", "correct")
    assert (talk.values["order_date"], talk.values["incident_date"]) == ("2026-11-10", "2026-11-20")


def test_after_days_the_declaration_is_offered_first_and_the_message_is_not_lost(phishing):
    phishing.hear("oui j'ai appelé", "affirm", metadata=DAYS)
    assert phishing.asked == "return"
    assert "Voulez-vous la continuer" in phishing.text
    phishing.answer("return", True)
    assert phishing.values["bank_contacted"] is True
    assert phishing.asked == "confirmed"


def test_after_days_a_greeting_leads_back_to_the_question(phishing):
    phishing.hear("bonjour", "greet", metadata=DAYS).hear("oui", "affirm")
    assert phishing.asked == "bank_contacted"


def test_after_days_going_on_keeps_the_other_incident_for_later(phishing):
    parcel = [{"intent": "report_failed_delivery", "subtype": "not_delivered", "confidence": 0.9}]
    phishing.hear("mon colis Zalando n'est jamais arrivé", "report_failed_delivery", incident=parcel, metadata=DAYS)
    phishing.answer("return", True)
    assert (phishing.asked, phishing.slots["second"]) == ("bank_contacted", ["failed_delivery", "not_delivered"])
    assert "bank_contacted" not in phishing.values


def test_an_answer_that_sounds_like_a_wish_for_a_human_is_an_answer(talk):
    talk.report("on m'insulte sur Facebook depuis hier", ("insults/insults_defamation", 0.9))
    assert talk.asked == "author_known"
    talk.hear("un collègue", "ask_human")
    assert talk.values["author_known"] == "acquaintance"


@pytest.mark.parametrize("text", ["Ask Me", "Le Bon Statut"])
def test_a_name_that_sounds_like_a_question_is_a_name(talk, text):
    talk.report("je n'ai rien reçu", ("failed_delivery/not_delivered", 0.9))
    assert talk.asked == "merchant"
    assert talk.hear(text, "ask_status").values["merchant"] == text


def test_a_yes_that_sounds_like_a_question_is_a_yes(talk):
    close = (("fraud/fake_shop", 0.5), ("failed_delivery/not_delivered", 0.4))
    talk.report("j'ai payé un site et rien n'est venu", *close).hear("oui il répond à mes messages", "ask_status")
    assert talk.subtype == "not_delivered"


def test_after_days_another_incident_begins_with_the_story_that_was_held_back(phishing):
    parcel = [{"intent": "report_failed_delivery", "subtype": "not_delivered", "confidence": 0.9}]
    phishing.hear("mon colis Zalando n'est jamais arrivé", "report_failed_delivery", incident=parcel, metadata=DAYS)
    assert phishing.asked == "return"
    phishing.answer("return", False)
    assert phishing.subtype == "not_delivered"
    assert phishing.slots["story"] == "mon colis Zalando n'est jamais arrivé"


def test_a_second_incident_told_in_between_is_noted_for_later(phishing):
    parcel = [{"intent": "report_failed_delivery", "subtype": "not_delivered", "confidence": 0.9}]
    phishing.hear(
        "et aussi ma commande chez Zalando d'octobre qui est toujours perdue quelque part",
        "report_failed_delivery",
        incident=parcel,
    )
    assert phishing.asked == "bank_contacted"
    assert phishing.slots["second"] == ["failed_delivery", "not_delivered"]


def test_a_second_incident_that_names_an_answer_is_still_a_second_incident(talk):
    talk.report("mon colis Zalando est perdu", ("failed_delivery/not_delivered", 0.9))
    talk.slots["asked"] = "payment_means"
    fraud = [{"intent": "report_fraud", "subtype": "phishing_codes_given", "confidence": 0.9}]
    talk.hear("j'ai aussi reçu un faux SMS et donné mon code de carte", "report_fraud", incident=fraud)
    assert talk.slots["second"] == ["fraud", "phishing_codes_given"]
    assert (talk.asked, talk.values.get("payment_means")) == ("payment_means", None)


def test_an_attack_told_in_the_middle_of_the_form_is_answered_first(phishing):
    phishing.hear("la souris bouge toute seule", metadata={"safety": "ongoing"})
    first = next(message["text"] for message in phishing.said if message.get("text"))
    assert "coupez Internet" in first
    assert phishing.asked == "bank_contacted"
