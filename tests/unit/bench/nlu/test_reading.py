import json
from datetime import datetime

import pytest

from bench.nlu.reading import Story, measure, read_stories

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")


def story(text: str, safety: str = "none", **fields: object) -> Story:
    return Story(text, NOW, safety, fields)


def test_right_wrong_and_missed_values_are_counted():
    read = measure([story("j'ai perdu 850 € hier", amount_cents=85000, incident_date="2026-11-20", iban="BE00")], {})
    amount, day, iban = (read.by_field[name] for name in ("amount_cents", "incident_date", "iban"))
    assert (amount.precision, amount.recall) == (1.0, 1.0)
    assert (day.right, day.wrong, day.missed) == (0, 1, 1)
    assert (iban.wrong, iban.missed) == (0, 1)


def test_danger_seen_and_false_alarms_are_shares():
    read = measure(
        [story("je veux mourir", "life"), story("mon colis est en retard"), story("je veux mourir", "none")], {}
    )
    assert read.life_recall == 1.0
    assert read.false_alarms == 0.5


def test_spelling_of_a_name_does_not_matter():
    read = measure([story("commandé chez Krëfel, rien reçu", merchant="krefel", victim="self")], {})
    assert (read.total.wrong, read.total.missed) == (0, 0)


def test_fields_of_what_is_not_ours_are_not_counted(tmp_path):
    row = {"text": "j'ai perdu 850 € hier", "now": NOW.isoformat(), "safety": "none", "fields": {}, "set": "a"}
    path = tmp_path / "stories.jsonl"
    path.write_text(json.dumps(row | {"label": "out_of_scope"}))
    assert measure(read_stories(path), {}).by_field == {}
    path.write_text(json.dumps(row | {"label": "fraud"}))
    assert measure(read_stories(path, "a"), {}).by_field["amount_cents"].wrong == 1
    assert read_stories(path, "b") == []
    assert measure([], {}).life_recall != pytest.approx(0)
