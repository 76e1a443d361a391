"""The danger head, trained on a few invented messages."""

import numpy as np
import pytest

from engine.components.danger import Danger, Told, fit_danger, windows
from engine.components.wording import Wording

CALM = (
    "mon colis n'est pas arrivé",
    "la carte a été débitée deux fois",
    "un faux site de chaussures",
    "merci beaucoup",
)
DARK = ("je ne veux plus me réveiller", "ce soir je disparais pour de bon", "j'ai compté tous mes cachets")
FILLER = "bonjour je vous écris parce que depuis lundi le service client ne répond pas au téléphone et je ne sais plus"


def told() -> Told:
    texts = [f"{FILLER} {words} {number}" for number in range(20) for words in (*CALM, *DARK)]
    dangerous = np.array([words in DARK for _ in range(20) for words in (*CALM, *DARK)])
    wording = Wording.fit(texts)
    return Told(np.array(texts, dtype=object), wording.read(texts), np.zeros((len(texts), 4), np.float32), dangerous)


@pytest.fixture(scope="module")
def trained() -> tuple[Danger, Wording]:
    examples = told()
    wording = Wording.fit(list(examples.texts))
    return fit_danger(examples, wording), wording


def confidence(trained: tuple[Danger, Wording], text: str) -> float:
    danger, wording = trained
    return float(danger.confidences(wording.read([text]), np.zeros((1, 4), np.float32), [text], wording)[0])


def test_danger_said_in_passing_is_seen_within_a_long_story(trained):
    story = f"{FILLER} {CALM[0]} {FILLER} {DARK[0]} {CALM[1]} {FILLER}"
    assert confidence(trained, story) > confidence(trained, story.replace(DARK[0], CALM[2]))
    assert confidence(trained, f"{FILLER} {DARK[1]}") >= 0.5


def test_an_everyday_complaint_is_no_danger(trained):
    assert confidence(trained, f"{FILLER} {CALM[1]}") < 0.5


def test_a_short_message_is_left_to_the_rules(trained):
    assert confidence(trained, DARK[0]) == 0.0


def test_what_is_stored_answers_the_same(trained, tmp_path):
    danger, wording = trained
    danger.save(tmp_path)
    story = f"{FILLER} {DARK[0]}"
    assert confidence((Danger.load(tmp_path), wording), story) == pytest.approx(confidence(trained, story))


@pytest.mark.parametrize(("words", "count"), [(0, 1), (1, 1), (16, 1), (17, 2), (24, 2), (40, 4)])
def test_windows_overlap_and_cover_every_word(words, count):
    text = " ".join(f"w{number}" for number in range(words))
    cut = windows(text)
    assert len(cut) == count
    assert {word for window in cut for word in window.split()} == set(text.split())
