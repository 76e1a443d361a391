"""The danger head, trained on a few invented messages."""

from dataclasses import replace

import numpy as np
import pytest

from engine.components.danger import FALSE_ALARMS, Told
from engine.components.fitting import fit
from engine.components.pool import Pool
from engine.components.targets import Targets
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
KINDS = (*CALM, *DARK, *LIKE)
PLACE = np.full((1, 4), 0.5, np.float32)  # where all messages point: only wording tells them apart


def texts() -> list[str]:
    return [f"{FILLER} {words} {'x' * (number % 5)}" for number in range(20) for words in KINDS]


def told() -> Told:
    kinds = KINDS * 20
    dangerous, alike = (np.array([words in some for words in kinds]) for some in (DARK, LIKE))
    return Told(dangerous, alike, unclear=np.zeros(len(kinds), bool))


def trained_on(dangers: Told) -> Pool:
    """Return a pool of three labels, beside which it learns the dangers."""
    labels = [*["report"] * len(CALM), *["distress"] * len(DARK), *["out_of_scope"] * len(LIKE)] * 20
    wording, count = Wording.fit(texts()), len(labels)
    targets = Targets.of(labels, np.ones(count, bool), dangers)
    return fit(wording, np.zeros(4, np.float32), wording.read(texts()), np.repeat(PLACE, count, axis=0), targets)


@pytest.fixture(scope="module")
def pool() -> Pool:
    return trained_on(told())


def confidence(pool: Pool, text: str) -> float:
    return float(pool.judge(PLACE, [text])[1][0])


@pytest.mark.parametrize("dark", DARK)
def test_danger_said_in_passing_is_seen_within_a_long_story(pool, dark):
    assert confidence(pool, f"{FILLER} {dark}") >= 0.5
    story = f"{FILLER} {CALM[0]} {dark} {CALM[1]}"
    assert confidence(pool, story) > confidence(pool, story.replace(dark, CALM[2]))


@pytest.mark.parametrize("dark", DARK)
def test_a_short_message_is_read_too(pool, dark):
    assert confidence(pool, f"bon voilà {dark}") > max(confidence(pool, f"bon voilà {calm}") for calm in CALM)


@pytest.mark.parametrize("few", ["", "cachets", "ce soir je disparais"])
def test_a_few_words_are_left_to_the_rules(pool, few):
    assert confidence(pool, few) == 0.0


@pytest.mark.parametrize("calm", CALM)
def test_an_everyday_complaint_is_no_danger(pool, calm):
    assert confidence(pool, f"{FILLER} {calm}") < 0.5


@pytest.mark.parametrize("alike", LIKE)
def test_a_look_alike_is_told_from_a_danger_that_shares_its_words(pool, alike):
    assert confidence(pool, f"{FILLER} {alike}") < min(confidence(pool, f"{FILLER} {dark}") for dark in DARK)


def test_hardly_any_ordinary_message_is_an_alarm(pool):
    alarms = pool.judge(np.repeat(PLACE, len(texts()), axis=0), texts())[1][told().ordinary] >= 0.5
    assert alarms.mean() <= FALSE_ALARMS + 0.01


def test_what_is_unclear_teaches_neither_danger_nor_harmlessness(pool):
    story = f"{FILLER} {DARK[0]}"
    dangers = told()
    harmless = replace(dangers, dangerous=dangers.dangerous & np.array([words != DARK[0] for words in KINDS * 20]))
    unclear = replace(harmless, unclear=~harmless.dangerous & dangers.dangerous)
    sure = [confidence(trained_on(each), story) for each in (harmless, unclear, dangers)]
    assert sure[0] < sure[1] < sure[2]


def test_what_is_stored_answers_the_same(pool, tmp_path):
    pool.save(tmp_path)
    story = f"{FILLER} {DARK[0]}"
    assert confidence(Pool.load(tmp_path), story) == pytest.approx(confidence(pool, story))
