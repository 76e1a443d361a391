"""From a report to the first question: advice, danger, children, two kinds, two harms, told twice, begun before."""

import pytest

from bot.catalogue import catalogue

SHOP_OR_LATE = (("fraud/fake_shop", 0.5), ("failed_delivery/not_delivered", 0.4))
CARD = {"intent": "report_fraud", "subtype": "unauthorised_payment", "confidence": 0.8}  # a second harm
FRESH = {"safety": "fresh_money"}


@pytest.mark.parametrize(("level", "said"), [("ongoing", "raccrochez"), ("fresh_money", "vient de partir")])
def test_danger_told_in_a_calm_matter_comes_before_its_advice(talk, level, said):
    talk.report("ma commande est en retard", ("failed_delivery/late", 0.9), metadata={"safety": level})
    first = next(message["text"] for message in talk.said if message.get("text"))
    assert said in first


def test_money_just_gone_in_a_calm_matter_is_asked_about_again_before_the_recap(talk):
    fresh = {"safety": "fresh_money"}
    talk.report("je viens de payer un SMS bizarre", ("suspicious_behaviour/suspicious_message", 0.9), metadata=fresh)
    while talk.asked in ("incident_date", "contact_channel"):
        talk.hear("je ne sais pas", "dont_know")
    assert talk.asked == "bank_contacted"
    assert talk.answer("bank_contacted", True).asked == "confirmed"


def test_an_attack_gets_three_instructions_at_most_and_the_rest_on_demand(talk):
    talk.report("ils sont sur mon pc avec anydesk", ("suspicious_behaviour/remote_access", 0.9))
    steps = catalogue().subtype("suspicious_behaviour", "remote_access").advice
    assert steps[2].do in talk.text
    assert steps[3].do not in talk.text
    assert "4. " not in talk.text
    talk.tap("ask_advice", field="rest")
    assert f"4. {steps[3].do}" in talk.text


def test_money_just_gone_has_the_number_before_any_question(talk):
    talk.report("je viens de payer 300 € à un escroc", ("fraud/transfer_to_scammer", 0.9))
    assert talk.text.index("078 170 170") < talk.text.index("?**")


def test_a_child_gets_simple_words_a_human_and_no_claim(talk, records):
    talk.report("j'ai 14 ans et on m'insulte", ("insults/minor_bullying", 0.9), metadata={"minor": True})
    assert "116 000" in talk.text
    assert "103" in talk.text
    assert "adulte en qui vous avez confiance" in talk.text
    assert talk.buttons == ["Parler à un conseiller"]
    assert (talk.following, talk.subtype, records.drafts) == ("action_listen", None, {})


def test_a_child_hurt_at_home_is_sent_to_an_adult_elsewhere(talk):
    talk.report("mon père me fait peur il me menace", ("insults/threats", 0.9), metadata={"minor": True})
    assert "en dehors de la maison" in talk.text


def test_a_child_found_out_in_the_form_leaves_it_and_nothing_is_kept(talk, records):
    talk.report("on m'insulte sur insta", ("insults/insults_defamation", 0.9))
    talk.hear("j'ai 15 ans", metadata={"minor": True})
    assert "116 000" in talk.text
    assert (talk.subtype, records.drafts) == (None, {})


def test_advice_alone_is_given_when_that_is_asked_and_a_declaration_stays_possible(talk, records):
    talk.report("je veux juste un conseil, un SMS bizarre", ("suspicious_behaviour/suspicious_message", 0.9))
    assert talk.following == "action_listen"
    assert "Faire une déclaration" in talk.buttons
    assert records.drafts == {}


@pytest.mark.parametrize(
    ("answer", "subtype"),
    [
        ("oui il répond encore", "not_delivered"),
        ("non plus rien", "fake_shop"),
        ("Non, plus aucune réponse", "fake_shop"),
    ],
)
def test_two_close_kinds_are_told_apart_by_one_question_before_the_advice(talk, answer, subtype):
    talk.report("j'ai payé un site et rien n'est venu", *SHOP_OR_LATE)
    assert talk.asked == "straddle"
    assert "répond-il encore" in talk.text
    assert talk.text.index("078 170 170") < talk.text.index("répond-il encore")
    assert "Pourquoi ?" not in talk.buttons
    talk.hear(answer)
    assert talk.subtype == subtype
    assert "Pourquoi ?" in talk.buttons


@pytest.mark.parametrize(
    ("likelier", "other", "said"),
    [
        ("failed_delivery/not_delivered", "fraud/fake_shop", "vient de partir"),
        ("fraud/fake_helpdesk_paid", "suspicious_behaviour/remote_access", "raccrochez"),
    ],
)
def test_the_more_pressing_of_two_close_kinds_is_heard_before_the_question(talk, likelier, other, said):
    talk.report("j'ai payé et rien n'est venu", (likelier, 0.5), (other, 0.4))
    assert talk.asked == "straddle"
    assert talk.text.index(said) < talk.text.index("?**" if "?**" in talk.text else "?")


def test_urgent_words_are_said_once_where_the_danger_told_is_that_of_a_close_kind(talk):
    talk.report("j'ai payé un site hier et rien n'est venu", *SHOP_OR_LATE, metadata=FRESH)
    assert talk.text.count("078 170 170") == 1


def test_a_straddle_question_is_answered_in_other_words_of_the_same_family(talk):
    close = (("insults/humiliating_profile", 0.5), ("suspicious_behaviour/identity_misuse", 0.4))
    talk.report("un faux compte avec mes photos", *close).hear("c'est pour tromper des gens")
    assert talk.subtype == "identity_misuse"


def test_what_the_story_says_of_the_kind_it_turned_out_to_be_is_not_asked(talk):
    close = (("suspicious_behaviour/account_hacked", 0.5), ("fraud/unauthorised_payment", 0.4))
    late = {"intent": "report_failed_delivery", "subtype": "late", "confidence": 0.9}
    talk.report("on est entré sur mon compte, 300 € débités par Visa hier", *close, also=[late])
    assert "amount_cents" not in talk.values
    talk.answer("straddle", 0)
    assert (talk.values["amount_cents"], talk.values["payment_means"]) == (30000, "card")
    assert talk.asked == "bank_contacted"


@pytest.mark.parametrize("likelier", [("fraud/fake_shop", "failed_delivery/not_delivered"), SHOP_OR_LATE])
def test_no_fraud_said_to_a_straddle_question_is_no_no_to_what_it_asks(talk, likelier):
    places = [place if isinstance(place, str) else place[0] for place in likelier]
    talk.report("le site où j'ai payé ne livre pas", (places[0], 0.5), (places[1], 0.4))
    talk.hear("ce n'est pas une fraude, juste le colis", "nlu_fallback")
    assert talk.subtype == "not_delivered"


def test_a_sum_above_the_known_ceiling_in_the_story_is_explained(talk):
    talk.report("on m'a débité 7500 euros hier par carte", ("fraud/unauthorised_payment", 0.9))
    assert "plafond" in talk.text


def test_a_straddle_question_is_answered_by_a_tap(talk):
    talk.report("j'ai payé un site et rien n'est venu", *SHOP_OR_LATE).answer("straddle", 1)
    assert talk.subtype == "fake_shop"


def test_a_kind_that_is_clearly_ahead_is_not_asked_about(talk):
    talk.report("faux site", ("fraud/fake_shop", 0.8), ("failed_delivery/not_delivered", 0.1))
    assert talk.asked != "straddle"


def test_an_unclear_answer_to_it_is_asked_once_more_and_then_the_likeliest_stays(talk):
    talk.report("j'ai payé un site et rien n'est venu", *SHOP_OR_LATE).hear("bof")
    assert talk.asked == "straddle"
    assert talk.hear("bof").subtype == "fake_shop"
    assert talk.asked != "straddle"


def test_of_two_harms_the_more_urgent_comes_first_and_the_other_is_offered_after_the_claim(talk, records):
    story = "on m'insulte sur insta et on a débité 200 € de ma carte hier"
    talk.report(story, ("insults/insults_defamation", 0.9), also=[CARD], metadata=FRESH)
    assert talk.subtype == "unauthorised_payment"
    talk.answer("bank_contacted", True).answer("confirmed", True)
    assert len(records.opened) == 1
    talk.answer("email", False)
    assert talk.asked == "second"
    talk.answer("second", True)
    assert talk.subtype == "insults_defamation"
    assert talk.values["platform"]
    assert "amount_cents" not in talk.values
    assert "200" in talk.slots["story"]


@pytest.mark.parametrize(
    ("first", "of_card", "level", "goes_before"),
    [
        ("failed_delivery/damaged_or_defective", 0.2, "none", False),  # "payée avec ma carte" says how, not what
        ("failed_delivery/damaged_or_defective", 0.5, "none", False),
        ("failed_delivery/damaged_or_defective", 0.5, "ongoing", False),  # another danger than that of the second
        ("failed_delivery/damaged_or_defective", 0.0, "fresh_money", True),
        ("insults/insults_defamation", 0.2, "none", False),
        ("insults/insults_defamation", 0.5, "none", True),
        ("insults/insults_defamation", 0.0, "fresh_money", True),
    ],
)
def test_a_second_harm_goes_first_only_if_as_sure_or_its_danger_was_heard(talk, first, of_card, level, goes_before):
    ranking = ((first, 0.8), ("fraud/unauthorised_payment", of_card))
    talk.report("deux soucis à la fois", *ranking, also=[CARD], metadata={"safety": level})
    told = [talk.subtype, talk.slots["second"][1]]
    assert told == ["unauthorised_payment", first.split("/")[1]][:: 1 if goes_before else -1]


def test_two_kinds_that_a_question_tells_apart_are_one_harm(talk):
    also = [{"intent": "report_suspicious_behaviour", "subtype": "remote_access", "confidence": 0.9}]
    talk.report("un faux Microsoft, 299 € payés", ("fraud/fake_helpdesk_paid", 0.9), also=also)
    assert (talk.subtype, talk.slots["second"]) == ("fake_helpdesk_paid", None)


def test_a_sure_first_harm_is_not_answered_with_the_number_of_the_second(talk):
    told = ("failed_delivery/damaged_or_defective", 0.8)
    talk.report("télé cassée, payée par carte", told, also=[CARD])
    assert "078 170 170" not in talk.text


def test_a_second_harm_that_is_less_pressing_never_goes_first(talk):
    late = [{"intent": "report_failed_delivery", "subtype": "late", "confidence": 0.9}]
    both = (("fraud/unauthorised_payment", 0.5), ("failed_delivery/late", 0.5))
    assert talk.report("carte débitée et colis en retard", *both, also=late).subtype == "unauthorised_payment"


def test_the_second_incident_is_offered_too_when_the_first_is_not_declared(talk, records):
    told = ("insults/insults_defamation", 0.9)
    talk.report("insultée sur insta, 200 € débités hier", told, also=[CARD], metadata=FRESH)
    talk.tap("cancel", value="no_claim")
    assert "rien n'est déclaré" in talk.text
    assert talk.asked == "second"
    assert records.drafts == {}
    talk.answer("second", True)
    assert talk.subtype == "insults_defamation"


def test_the_same_incident_told_again_is_recognised_and_not_opened_twice(talk, records):
    records.told_before = "CC-1"
    talk.report("on m'a volé 850 €", ("fraud/unauthorised_payment", 0.9))
    assert talk.asked == "same"
    assert "CC-1" in talk.text
    talk.answer("same", True)
    assert (records.opened, talk.subtype) == ([], None)


def test_another_incident_that_looks_the_same_may_be_told(talk, records):
    records.told_before = "CC-1"
    talk.report("on m'a volé 850 €", ("fraud/unauthorised_payment", 0.9)).hear("non, c'est un autre")
    assert talk.asked in catalogue().subtype("fraud", "unauthorised_payment").fields
    assert "078 170 170" in talk.text


def test_a_declaration_begun_before_is_offered_and_the_new_one_kept_for_later(talk, records):
    talk.report("on m'insulte sur Facebook", ("insults/insults_defamation", 0.9), message_id="old")
    talk.slots.clear()
    days = {"silence": 3 * 24 * 3600.0}
    talk.report("mon colis n'est pas arrivé", ("failed_delivery/not_delivered", 0.9), metadata=days)
    assert talk.asked == "unfinished"
    talk.answer("unfinished", True)
    assert talk.subtype == "insults_defamation"
    assert talk.slots["second"] == ["failed_delivery", "not_delivered"]
    assert talk.slots["second_story"] == "mon colis n'est pas arrivé"


def test_someone_close_who_does_harm_means_safety_first(talk):
    talk.report("mon ex me menace sur WhatsApp", ("insults/threats", 0.9))
    assert talk.text.index("0800 30 030") < talk.text.index("1. ")
