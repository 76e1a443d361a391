import pytest

from bot.conversations.danger import heed, life_sentence
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


def test_it_never_asks_for_more_and_says_that_a_human_comes():
    assert life_sentence("je veux mourir").endswith("rien ne presse.")


def turn(danger: float) -> Turn:
    return Turn([Reply("Voici mes conseils."), Reply("Une question ?")], understood={"danger": danger})


@pytest.fixture
def message(monkeypatch) -> Message:
    monkeypatch.setattr("bot.conversations.danger.is_minor", lambda _: False)
    return Message(text="depuis cette arnaque je range mes affaires", safety="none")


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
