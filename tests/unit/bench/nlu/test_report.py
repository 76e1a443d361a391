import json

import pytest
from django import conf

from bench.nlu.predictions import Prediction, Truth, prediction, read_truths
from bench.nlu.reading import Counts, Reading
from bench.nlu.report import Report
from bench.problems import BenchProblem

PREDICTIONS = [
    Prediction(Truth("…", "fraud", "fake_shop"), {"fraud": 0.9, "insults": 0.1}, "fake_shop", False),
    Prediction(Truth("…", "out_of_scope"), {"fraud": 0.6, "out_of_scope": 0.4}, "", False),
]

READING = Reading({"merchant": Counts(right=3, wrong=1, missed=0)})


def test_page_plots_and_summary_are_written(tmp_path):
    docs = tmp_path / "nlu.md"
    docs.write_text("before\n<!-- >>> nlu-report -->\nformer figures\n<!-- <<< nlu-report -->\nafter\n")
    written = Report("2026-01-02", 10, {"ours": PREDICTIONS}, "ours", {"set a": READING}).write(tmp_path / "out", docs)
    assert [path.name for path in written] == ["index.html", "reliability.png", "risk-coverage.png", "nlu.md"]
    assert written[1].read_bytes().startswith(b"\x89PNG")
    text = docs.read_text()
    assert text.startswith("before\n")
    assert "| merchant | 0.750 | 1.000 |" in text
    assert text.endswith("after\n")
    assert "| ours | 2 | 0.500 ± 0.354 |" in text
    assert "former figures" not in text
    assert "<td>out_of_scope</td><td>fraud</td><td>1</td>" in written[0].read_text()


def test_the_page_needs_no_settings_of_django(tmp_path, monkeypatch):
    monkeypatch.setattr(conf.settings, "_wrapped", conf.empty)
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")
    docs = tmp_path / "nlu.md"
    docs.write_text("<!-- >>> nlu-report -->\n<!-- <<< nlu-report -->\n")
    assert Report("2026-01-02", 10, {"ours": PREDICTIONS}, "ours", {"set a": READING}).write(tmp_path, docs)


def test_an_answer_of_the_engine_becomes_a_prediction():
    parsed = {
        "ranking": [{"name": "report_fraud", "confidence": 0.7}, {"name": "greet", "confidence": 0.3}],
        "incident": [
            {"intent": "report_insults", "subtype": "threats", "confidence": 0.5},
            {"intent": "report_fraud", "subtype": "fake_shop", "confidence": 0.4},
        ],
    }
    found = prediction(Truth("…", "fraud", "fake_shop"), parsed)
    assert (found.guess, found.subtype, found.confidence, found.also) == ("fraud", "fake_shop", 0.7, False)


def test_one_set_of_a_file_can_be_read_and_a_bad_line_is_named(tmp_path):
    path = tmp_path / "messages.jsonl"
    lines = [{"text": "un", "label": "fraud", "set": "a"}, {"text": "deux", "label": "greet", "set": "b"}]
    path.write_text("\n".join(json.dumps(line) for line in lines))
    assert read_truths(path, "b") == [Truth("deux", "greet")]
    path.write_text('{"text": "un"}')
    with pytest.raises(BenchProblem, match="line 1"):
        read_truths(path)
