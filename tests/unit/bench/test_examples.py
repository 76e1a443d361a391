from pathlib import Path

import yaml

from bench.examples import Example, read_examples, subset, without_subtypes, write_examples
from bench.stock_bot import ACTION, domain, rules, stories

LINES = [Example(f"report_fraud/{kind}", f"histoire {n}") for kind in ("a", "b") for n in range(9)]


def test_written_examples_are_read_again(tmp_path: Path) -> None:
    lines = [Example("greet", "Bonjour : ça va ?"), Example("report_fraud/a", "« 850 € », dit-il # hier")]
    write_examples(lines, tmp_path / "data" / "nlu.yml")
    assert read_examples(tmp_path) == lines


def test_a_subset_takes_so_many_of_each_label_whatever_the_order() -> None:
    chosen = subset(LINES, 4)
    assert [line.label for line in chosen] == ["report_fraud/a"] * 4 + ["report_fraud/b"] * 4
    assert subset(reversed(LINES), 4) == chosen


def test_a_smaller_subset_lies_within_a_larger_one() -> None:
    assert set(subset(LINES, 2)) < set(subset(LINES, 5))


def test_without_a_number_nothing_is_left_out() -> None:
    assert set(subset(LINES, None)) == set(LINES)


def test_the_stock_bot_gets_the_same_lines_under_their_families() -> None:
    stock = without_subtypes(LINES)
    assert [line.text for line in stock] == [line.text for line in LINES]
    assert {line.label for line in stock} == {"report_fraud"}


def test_every_intent_of_the_stock_bot_runs_the_custom_action() -> None:
    intents = ["greet", "report_fraud"]
    covered = {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in rules(intents)["rules"]}
    assert covered == dict.fromkeys([*intents, "nlu_fallback"], ACTION)
    assert domain(intents)["actions"] == [ACTION]
    assert {step["action"] for story in stories(intents)["stories"] for step in story["steps"] if "action" in step} == {
        ACTION
    }


def test_the_stock_configuration_is_french_and_complete() -> None:
    config = yaml.safe_load((Path("bench") / "stock" / "config.yml").read_text())
    assert config["language"] == "fr"
    assert [policy["name"] for policy in config["policies"]] == [
        "MemoizationPolicy",
        "RulePolicy",
        "UnexpecTEDIntentPolicy",
        "TEDPolicy",
    ]
    assert "DIETClassifier" in [component["name"] for component in config["pipeline"]]
