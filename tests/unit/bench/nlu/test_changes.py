from pathlib import Path

from click.testing import CliRunner

from bench.examples import Example, read_examples
from bench.nlu import __main__ as report
from bench.nlu.changes import compared
from bench.nlu.predictions import Prediction, Truth
from bot.settings import ROOT


def read(label: str, subtype: str, *, as_: str, kind: str = "") -> Prediction:
    return Prediction(Truth(f"un message de {label}", label, subtype), {as_: 0.9}, kind, False)


def test_what_gets_better_and_worse_is_told_line_by_line():
    before = [read("fraud", "fake_shop", as_="fraud", kind="romance_scam"), read("greet", "", as_="greet")]
    after = [read("fraud", "fake_shop", as_="fraud", kind="fake_shop"), read("greet", "", as_="thank")]
    assert list(compared("ours", before, after)) == [
        "ours: 2 messages, 0.500 → 0.500, 1 better, 1 worse",
        "  better: fraud/romance_scam → fraud/fake_shop  un message de fraud",
        "  worse: greet → thank  un message de greet",
    ]


def test_what_stays_as_it_was_is_counted_only():
    same = [read("greet", "", as_="greet")]
    assert list(compared("ours", same, same)) == ["ours: 1 messages, 1.000 → 1.000, 0 better, 0 worse"]


def test_a_review_file_is_trained_on_beside_our_examples_and_nothing_is_written(tmp_path: Path, monkeypatch):
    review = tmp_path / "review.yml"
    review.write_text('version: "3.1"\n\nnlu:\n- intent: greet\n  examples: |\n    - coucou la compagnie\n', "utf-8")
    trained: list[Example] = []
    monkeypatch.setattr(report, "train_into", lambda folder, examples: trained.extend(examples) or folder)
    monkeypatch.setattr(
        report, "predict", lambda _, truths: [Prediction(each, {each.label: 1.0}, "", False) for each in truths]
    )
    monkeypatch.setattr(Path, "write_text", lambda *_, **__: 1 / 0)
    done = CliRunner().invoke(report.main, ["--with-examples", str(review)])
    assert done.exit_code == 0, done.output
    assert trained == [*read_examples(ROOT / "data" / "nlu"), Example("greet", "coucou la compagnie")]
    assert "the lines themselves: 1 messages" in done.output
    assert "stories.jsonl: 549 messages" in done.output
