from actions.guesses import OfferGuesses

GUESSES = [
    {"intent": "report_fraud", "subtype": "fake_shop", "confidence": 0.3},
    {"intent": "report_failed_delivery", "subtype": "wrong_item", "confidence": 0.25},
    {"intent": "report_failed_delivery", "subtype": "late", "confidence": 0.01},
]


def test_the_two_best_guesses_are_offered_and_the_story_is_kept(talk):
    changed = talk.run(OfferGuesses(), "payé sur un site et rien", "nlu_fallback", incident=GUESSES)
    titles = [button["payload"] for button in talk.said[-1]["buttons"]]
    assert titles == [
        '/report_fraud{"subtype": "fake_shop"}',
        '/report_failed_delivery{"subtype": "wrong_item"}',
        "/report",
    ]
    assert changed["story"] == "payé sur un site et rien"


def test_without_a_likely_guess_the_member_is_asked_to_tell_more(talk):
    talk.run(OfferGuesses(), "hmm", "nlu_fallback", incident=[])
    assert "Racontez-moi" in talk.text


def test_the_second_miss_in_a_row_calls_a_human(talk):
    talk.events = [{"event": "user"}, {"event": "action", "name": "action_offer_guesses"}, {"event": "user"}]
    talk.run(OfferGuesses(), "hmm", "nlu_fallback", incident=GUESSES)
    assert {"hand_off": "not_understood"} in talk.wishes


def test_a_miss_after_an_understood_message_is_a_first_miss(talk):
    missed = [{"event": "user"}, {"event": "action", "name": "action_offer_guesses"}]
    talk.events = [*missed, {"event": "user"}, {"event": "action", "name": "utter_greet"}, {"event": "user"}]
    talk.run(OfferGuesses(), "hmm", "nlu_fallback", incident=GUESSES)
    assert not any("hand_off" in wish for wish in talk.wishes)


def test_saying_that_no_guess_fits_does_not_begin_the_count_anew(talk):
    missed = [{"event": "user", "text": "hmm"}, {"event": "action", "name": "action_offer_guesses"}]
    none_fits = [{"event": "user", "text": "/report"}, {"event": "action", "name": "utter_tell_me"}]
    talk.events = [*missed, *none_fits, {"event": "user", "text": "hmm"}]
    talk.run(OfferGuesses(), "hmm", "nlu_fallback", incident=GUESSES)
    assert {"hand_off": "not_understood"} in talk.wishes


def test_danger_in_an_unclear_message_is_answered_before_the_guesses(talk):
    talk.run(OfferGuesses(), "ils vident tout", "nlu_fallback", incident=GUESSES, metadata={"safety": "ongoing"})
    assert [message["text"] for message in talk.said if message.get("text")][0].startswith("**Si quelqu'un agit")


def test_where_one_question_decides_between_the_guesses_it_is_asked_instead(talk):
    between = [{**GUESSES[0]}, {**GUESSES[1], "subtype": "not_delivered"}]
    talk.run(OfferGuesses(), "payé sur un site et rien", "nlu_fallback", incident=between)
    assert (talk.following, talk.text) == ("action_start_incident", "")


def test_a_bare_why_after_the_advice_is_answered(talk):
    talk.report("je veux juste un conseil, un SMS bizarre", ("suspicious_behaviour/suspicious_message", 0.9))
    talk.run(OfferGuesses(), "pourquoi ?", "nlu_fallback", incident=GUESSES)
    assert "Pourquoi ces étapes" in talk.text


def test_urgent_words_of_a_likely_guess_come_before_the_choice(talk):
    ranking = [{"intent": "report_suspicious_behaviour", "subtype": "remote_access", "confidence": 0.2}]
    talk.run(OfferGuesses(), "ils ont fait un truc sur mon pc", "nlu_fallback", incident=ranking)
    assert talk.text.index("raccrochez") < talk.text.index("Est-ce plutôt")


def test_an_unlikely_guess_alarms_nobody(talk):
    ranking = [{"intent": "report_suspicious_behaviour", "subtype": "remote_access", "confidence": 0.08}]
    talk.run(OfferGuesses(), "un truc bizarre", "nlu_fallback", incident=ranking)
    assert "Est-ce plutôt" in talk.text
    assert "raccrochez" not in talk.text
