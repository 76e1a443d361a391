"""The danger head, trained on a few invented messages."""

import numpy as np
import pytest

from engine.components.danger import FALSE_ALARMS, Danger, Told, fit_danger
from engine.components.wording import Wording

CALM = (
    "mon colis n'est pas arrivé",
    "la carte a été débitée deux fois",
    "un faux site de chaussures",
    "merci beaucoup",
)
DARK = ("je ne veux plus me réveiller", "ce soir je disparais pour de bon", "j'ai compté tous mes cachets")
LIKE = ("je disparais en vacances ce soir", "les cachets du colis sont intacts")
FILLER = "bonjour je vous écris parce que depuis lundi le service client ne répond pas au téléphone et je ne sais plus"
PLACE = np.full((1, 4), 0.5, np.float32)  # where all messages point: only wording tells them apart


def texts() -> list[str]:
    return [f"{FILLER} {words} {'x' * (number % 5)}" for number in range(20) for words in (*CALM, *DARK, *LIKE)]


def told(wording: Wording) -> Told:
    kinds = [words for _ in range(20) for words in (*CALM, *DARK, *LIKE)]
    dangerous, alike = (np.array([words in some for words in kinds]) for some in (DARK, LIKE))
    return Told(wording.read(texts()), np.repeat(PLACE, len(kinds), axis=0), dangerous, alike)


@pytest.fixture(scope="module")
def trained() -> tuple[Danger, Wording]:
    wording = Wording.fit(texts())
    return fit_danger(told(wording)), wording


def confidence(trained: tuple[Danger, Wording], text: str) -> float:
    danger, wording = trained
    return float(danger.confidences(wording.read([text]), PLACE, [text])[0])


@pytest.mark.parametrize("dark", DARK)
def test_danger_said_in_passing_is_seen_within_a_long_story(trained, dark):
    assert confidence(trained, f"{FILLER} {dark}") >= 0.5
    story = f"{FILLER} {CALM[0]} {dark} {CALM[1]}"
    assert confidence(trained, story) > confidence(trained, story.replace(dark, CALM[2]))


@pytest.mark.parametrize("dark", DARK)
def test_a_short_message_is_read_too(trained, dark):
    assert confidence(trained, f"bon voilà {dark}") > max(confidence(trained, f"bon voilà {calm}") for calm in CALM)


@pytest.mark.parametrize("few", ["", "cachets", "ce soir je disparais"])
def test_a_few_words_are_left_to_the_rules(trained, few):
    assert confidence(trained, few) == 0.0


@pytest.mark.parametrize("calm", CALM)
def test_an_everyday_complaint_is_no_danger(trained, calm):
    assert confidence(trained, f"{FILLER} {calm}") < 0.5


@pytest.mark.parametrize("alike", LIKE)
def test_a_look_alike_is_told_from_a_danger_that_shares_its_words(trained, alike):
    assert confidence(trained, f"{FILLER} {alike}") < min(confidence(trained, f"{FILLER} {dark}") for dark in DARK)


def test_hardly_any_ordinary_message_is_an_alarm(trained):
    danger, wording = trained
    examples = told(wording)
    alarms = danger.confidences(examples.words, examples.pointing, texts())[examples.ordinary] >= 0.5
    assert alarms.mean() <= FALSE_ALARMS + 0.01


def test_of_many_ordinary_examples_only_the_hardest_and_some_others_are_learnt(trained, monkeypatch):
    monkeypatch.setattr("engine.components.danger.HARDEST", 10)
    monkeypatch.setattr("engine.components.danger.DRAWN", 5)
    examples = told(trained[1])
    assert examples.ordinary.sum() > 15
    assert len(fit_danger(examples).example_weights) == (~examples.ordinary).sum() + 15


def test_what_is_stored_answers_the_same(trained, tmp_path):
    danger, wording = trained
    danger.save(tmp_path)
    story = f"{FILLER} {DARK[0]}"
    assert confidence((Danger.load(tmp_path), wording), story) == pytest.approx(confidence(trained, story))
