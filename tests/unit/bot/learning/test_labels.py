import pytest
import yaml

from bot.learning import labels
from bot.settings import ROOT


def test_every_label_of_the_training_data_has_words_and_no_other_has():
    files = sorted((ROOT / "data" / "nlu").rglob("*.yml"))
    found = {item["intent"] for path in files for item in yaml.load(path.read_text(), yaml.CSafeLoader).get("nlu", [])}
    assert found - labels.incidents().keys() == set(labels.spoken())
    assert labels.incidents().keys() <= found


def test_a_label_is_read_from_its_id_or_its_words():
    for label, words in {**labels.incidents(), **labels.spoken()}.items():
        assert labels.read_label(label) == labels.read_label(f" {words.upper()} ") == label


@pytest.mark.parametrize("text", ["", "fraude", "report_fraud", "report_fraud/nothing"])
def test_what_is_no_label_is_refused(text):
    with pytest.raises(LookupError):
        labels.read_label(text)


def test_words_lead_to_one_label_only():
    words = [*labels.incidents().values(), *labels.spoken().values()]
    assert len({each.casefold() for each in words}) == len(words)
