from datetime import UTC, datetime

import pytest

from bot.conversations.danger import answer_life, heed, level_of, life_sentence
from bot.conversations.models import Message
from bot.texts import say
from bot.turn import Reply, Turn


@pytest.mark.parametrize(
    ("text", "said", "unsaid"),
    [
        ("je veux mourir", ["112", "0800 32 123", "107"], ["0800 30 030", "101"]),
        ("il est devant ma porte avec un couteau", ["101", "112"], ["0800 32 123", "0800 30 030"]),
        ("mon mari me frappe", ["101", "0800 30 030"], ["0800 32 123"]),
        ("au secours", ["101", "112", "0800 32 123"], ["0800 30 030"]),
    ],
)
def test_a_life_in_danger_comes_with_the_numbers_that_fit(text, said, unsaid):
    sentence = life_sentence(text)
    assert all(f"**{number}**" in sentence for number in said)
    assert not any(f"**{number}**" in sentence for number in unsaid)


def test_a_child_in_danger_has_lines_of_its_own():
    assert "**103**" in life_sentence("je veux mourir", minor=True)
    assert "**116 000**" in life_sentence("je veux mourir", minor=True)


@pytest.mark.parametrize(
    ("text", "language", "line"),
    [
        ("ik wil dood, ik kan niet meer", "nl", "1813"),
        ("i want to die", "en", "0800 32 123"),
        ("ich will nicht mehr leben", "de", "108"),
    ],
)
def test_a_life_in_danger_is_answered_in_its_language_with_the_numbers_and_a_human(message, text, language, line):
    message.text = text
    turn = answer_life(message)
    assert (level_of(message), turn.hand_off) == ("life", "danger_to_life")
    assert [reply.text for reply in turn.replies] == [say(f"life_{language}")]
    assert all(f"**{number}**" in turn.replies[0].text for number in ("112", "101", line))


def test_a_phrase_of_another_language_in_a_french_sentence_is_answered_in_french(message):
    message.text = "je n'en peux plus, i want to die"
    assert level_of(message) == "life"
    assert life_sentence(message.text).startswith(say("life"))


def test_a_calm_message_is_no_danger_in_any_language(message):
    message.text = "mijn rekening is geblokkeerd"
    assert level_of(message) == "none"


def test_it_never_asks_for_more_and_says_that_a_human_comes():
    assert life_sentence("je veux mourir").endswith("rien ne presse.")


def turn(danger: float) -> Turn:
    return Turn([Reply("Voici mes conseils."), Reply("Une question ?")], understood={"danger": danger})


@pytest.fixture
def message(monkeypatch) -> Message:
    monkeypatch.setattr("bot.conversations.danger.is_minor", lambda _: False)
    return Message(
        sent_at=datetime(2026, 11, 23, 10, tzinfo=UTC), text="depuis cette arnaque je range mes affaires", safety="none"
    )


def test_a_danger_that_only_the_engine_sees_is_answered_like_one_that_a_rule_saw(message):
    heeded = heed(message, turn(0.6))
    assert (heeded.hand_off, heeded.ends_episode, message.safety) == ("danger_to_life", True, "life")
    assert "0800 32 123" in heeded.replies[0].text
    assert len(heeded.replies) == 1


def test_a_possible_danger_gets_a_word_and_the_dialogue_goes_on(message):
    heeded = heed(message, turn(0.3))
    assert [reply.text for reply in heeded.replies] == ["Voici mes conseils.", say("life_possible"), "Une question ?"]
    assert (heeded.hand_off, message.safety) == ("", "none")
    assert heeded.events == [("danger_possible", {})]


@pytest.mark.parametrize("understood", [None, {}, {"danger": 0.1}])
def test_no_danger_changes_nothing(message, understood):
    calm = Turn([Reply("Bien.")], understood=understood)
    assert heed(message, calm) == calm
