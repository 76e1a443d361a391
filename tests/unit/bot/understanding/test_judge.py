"""How candidates are weighed, and what becomes of them."""

import json
from pathlib import Path

import pytest

from bot.errors import StartupProblem
from bot.understanding.candidates import Candidate
from bot.understanding.judge import SURE_OF, Judge, judge

JUDGE = Judge(weights={"amount_cents": {"before perdu": 2.0, "before solde": -3.0}}, bias={"amount_cents": 0.0})


def candidate(value: int, *cues: str, field: str = "amount_cents") -> Candidate:
    return Candidate(field, value, frozenset(cues))


def test_the_likeliest_candidate_is_taken() -> None:
    story = [candidate(100, "before solde"), candidate(200, "before perdu"), candidate(300)]
    assert JUDGE.choose(story) == {"amount_cents": 200}


def test_nothing_is_taken_that_is_not_sure_enough() -> None:
    assert JUDGE.likelihood(candidate(300, "before autre")) == 0.5 < SURE_OF["amount_cents"]
    assert JUDGE.choose([candidate(300, "before autre"), candidate(100, "before solde")]) == {}


def test_a_field_that_nothing_was_learnt_about_is_believed() -> None:
    assert JUDGE.choose([candidate(1, field="iban")]) == {"iban": 1}


def test_without_training_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StartupProblem, match="make train"):
        judge(tmp_path / "reading.json")


def test_weights_are_read_from_their_file(tmp_path: Path) -> None:
    path = tmp_path / "reading.json"
    path.write_text(json.dumps({"of": "x", "weights": {"victim": {"rule True": 1.5}}, "bias": {"victim": -0.5}}))
    assert judge(path).likelihood(candidate(1, "rule True", field="victim")) == pytest.approx(0.731, abs=0.001)
