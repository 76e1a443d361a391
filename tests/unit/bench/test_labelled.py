import re
from pathlib import Path

import pytest

from bench.examples import read_examples
from bench.labelled import FAMILIES, OWN_FILE, Labelled, best_guess, measure_accuracy, read_labelled, stories
from bench.problems import BenchProblem

DATA = Path("data") / "nlu"


def plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def test_messages_with_two_incidents_are_skipped(tmp_path: Path) -> None:
    file = tmp_path / "some.jsonl"
    file.write_text('{"text": "a", "label": "multi"}\n\n{"text": "b", "label": "fraud"}\n')
    assert read_labelled(file) == [Labelled("b", "fraud")]


@pytest.mark.parametrize("line", ["text", '{"text": "a"}', "[1]"])
def test_a_bad_line_is_named_without_its_text(tmp_path: Path, line: str) -> None:
    file = tmp_path / "some.jsonl"
    file.write_text('{"text": "a", "label": "greet"}\n' + line)
    with pytest.raises(BenchProblem, match=r"some.jsonl, line 2"):
        read_labelled(file)


def test_accuracy_counts_all_messages_and_incidents_apart() -> None:
    messages = [Labelled("a", "fraud"), Labelled("b", "insults"), Labelled("c", "greet"), Labelled("d", "greet")]
    accuracy = measure_accuracy(messages, ["fraud", "fraud", "greet", "greet"])
    assert (accuracy.overall, accuracy.incidents) == (0.75, 0.5)
    assert (accuracy.messages, accuracy.incident_messages) == (4, 2)


def test_the_guess_behind_a_fallback_counts() -> None:
    assert best_guess([{"name": "nlu_fallback"}, {"name": "report_fraud"}]) == "fraud"


def test_the_intent_report_keeps_its_name() -> None:
    assert best_guess([{"name": "report"}]) == "report"


def test_no_ranking_is_no_guess() -> None:
    assert best_guess([]) == ""


def test_our_messages_are_many_balanced_and_known_labels() -> None:
    messages = read_labelled(OWN_FILE)
    intents = {example.label.split("/")[0].removeprefix("report_") for example in read_examples(DATA)}
    assert len(messages) >= 120
    assert {message.label for message in messages} == intents
    for family in FAMILIES:
        assert sum(message.label == family for message in messages) >= 20


def test_our_messages_are_not_trained_on() -> None:
    trained = {plain(example.text) for example in read_examples(DATA)}
    assert [message for message in read_labelled(OWN_FILE) if plain(message.text) in trained] == []


def test_there_are_stories_enough_for_a_load() -> None:
    assert len(stories(read_labelled(OWN_FILE))) >= 20
