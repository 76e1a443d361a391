"""Weights from right and wrong candidates."""

import io
import json

from engine.judging import FEWEST, fit, main

TOLD = [(["before perdu", f"word {n % 3}"], True) for n in range(20)] + [
    (["before solde", f"word {n % 3}"], False) for n in range(20)
]


def test_what_tells_right_from_wrong_gets_weight() -> None:
    weights = fit({"amount_cents": TOLD})["weights"]["amount_cents"]
    assert weights["before perdu"] > 1 > -1 > weights["before solde"]
    assert abs(weights.get("word 0", 0.0)) < 0.3


def test_a_cue_of_one_story_teaches_nothing() -> None:
    assert "once" not in fit({"amount_cents": [*TOLD, (["once"], True)]})["weights"]["amount_cents"]


def test_a_field_with_too_few_examples_is_left_out() -> None:
    assert fit({"iban": TOLD[: FEWEST // 4]}) == {"weights": {}, "bias": {}}


def test_lines_in_weights_out() -> None:
    out = io.StringIO()
    lines = [json.dumps({"field": "victim", "cues": cues, "right": right}) for cues, right in TOLD]
    main(lines, out)
    assert json.loads(out.getvalue())["weights"].keys() == {"victim"}
