"""The training data is what it claims to be: enough, varied, written and not generated, and never tested on."""

import json
import re
from collections import Counter, defaultdict
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest
import yaml

from bot.catalogue import catalogue
from bot.settings import ROOT

NEAR = 0.8  # share of a text's five-word runs that another text holds too


@cache
def examples() -> list[tuple[str, str]]:
    """Return all training examples as (intent, text)."""
    found = []
    for file in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        blocks = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]
        for block in blocks:
            lines = [line.strip() for line in block["examples"].splitlines() if line.strip()]
            assert all(line.startswith("- ") for line in lines), (file.name, block["intent"])
            found += [(block["intent"], line[2:]) for line in lines]
    return found


@cache
def stories_with_facts() -> list[dict[str, Any]]:
    """Return the labelled stories by which facts are learnt to be read."""
    lines = (ROOT / "data" / "reading.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + 5]) for start in range(len(words) - 4)}


def near_duplicates(texts: list[str]) -> list[str]:
    """Return the texts that share most of their five-word runs with one other text."""
    holders = defaultdict(list)
    for index, text in enumerate(texts):
        for run in runs(text):
            holders[run].append(index)
    found = []
    for index, text in enumerate(texts):
        shared = Counter(other for run in runs(text) for other in holders[run] if other != index)
        if shared and shared.most_common(1)[0][1] >= NEAR * len(runs(text)):
            found.append(text)
    return found


def test_every_sub_type_has_sixty_examples_and_half_of_them_are_stories():
    by_intent = defaultdict(list)
    for intent, text in examples():
        by_intent[intent].append(text)
    for family in catalogue().families.values():
        for subtype in family.subtypes.values():
            texts = by_intent[f"{family.intent}/{subtype.id}"]
            stories = sum(20 <= len(text.split()) <= 80 for text in texts)
            assert len(texts) >= 60, subtype.id
            assert stories >= len(texts) / 2, subtype.id


def test_there_are_enough_examples_and_look_alikes_that_are_not_ours():
    assert len(examples()) >= 3500
    assert sum(intent == "out_of_scope" for intent, _ in examples()) >= 500


def test_examples_are_not_templates_with_swapped_words():
    found = near_duplicates([text for _, text in examples()])
    assert len(found) <= 0.005 * len(examples()), found[:10]


def test_no_example_stands_under_two_intents():
    intents = defaultdict(set)
    for intent, text in examples():
        intents[text.lower()].add(intent)
    assert not {text: found for text, found in intents.items() if len(found) > 1}


def test_people_write_in_many_ways():
    texts = [text for _, text in examples()]
    without_accents = sum(not re.search(r"[àâéèêëîïôûùç]", text) for text in texts if len(text.split()) > 15)
    capitals = sum(text.isupper() for text in texts if len(text) > 20)
    assert without_accents / len(texts) > 0.05
    assert capitals >= 50


def test_the_facts_of_labelled_stories_are_well_formed():
    for story in stories_with_facts():
        assert story["fields"].keys() <= catalogue().fields.keys(), story["text"]
        assert not set(story["fields"]) & set(story["unsure"]), story["text"]
        for field, value in story["fields"].items():
            kind = catalogue().fields[field].kind
            if kind == "date":
                assert date.fromisoformat(value) <= datetime.fromisoformat(story["now"]).date(), story["text"]
            elif kind == "choice":
                assert value in catalogue().fields[field].choices, (value, story["text"])


@pytest.mark.parametrize("file", ["bench/labelled.jsonl", "bench/two_harms.jsonl", "bench/stories.jsonl"])
def test_labelled_messages_for_measuring_are_not_trained_on(file: str):
    trained_on = [text for _, text in examples()] + [story["text"] for story in stories_with_facts()]
    known = {text.lower() for text in trained_on}
    known_runs = {run for text in trained_on for run in runs(text)}
    for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        assert text.lower() not in known or len(text.split()) < 5, text
        assert len(runs(text) & known_runs) <= 0.5 * max(len(runs(text)), 1), text
