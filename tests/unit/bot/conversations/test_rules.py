import pytest

from bot.conversations.models import Rule
from bot.conversations.rules import Facts, fits, has_words

TOLD = Facts("fraud", "fake_shop", 100_000, False, "fresh_money", ("Mon avocat a appelé", "bonjour"), True)


@pytest.mark.parametrize(
    "conditions",
    [
        {"family": "fraud"},
        {"family": "fraud", "subtype": "fake_shop"},
        {"amount_cents": 100_000},
        {"safety": "fresh_money"},
        {"words": "notaire, avocat"},
        {"is_known": True},
        {"family": "fraud", "amount_cents": 50_000, "words": "bonjour", "is_known": True},
    ],
)
def test_a_rule_fits_when_all_its_conditions_hold(conditions):
    assert fits(Rule(**conditions), TOLD)


@pytest.mark.parametrize(
    "conditions",
    [
        {},
        {"family": "insults"},
        {"family": "fraud", "subtype": "romance_scam"},
        {"amount_cents": 100_001},
        {"is_child": True},
        {"safety": "ongoing"},
        {"words": "notaire"},
        {"is_known": False},
        {"family": "fraud", "is_child": True},
    ],
)
def test_a_rule_with_no_condition_or_a_false_one_fits_nothing(conditions):
    assert not fits(Rule(**conditions), TOLD)


def test_an_amount_that_nobody_told_reaches_no_amount():
    assert not fits(Rule(amount_cents=0), Facts(family="fraud"))


@pytest.mark.parametrize(
    ("words", "text", "has"),
    [
        ("avocat", "MES AVOCATS ARRIVENT", True),
        ("décès", "un deces dans la famille", True),
        ("journal, tv", "je préviens la tv", True),
        ("journal", "un journaliste", False),
        ("c++", "c++ et rien d'autre", False),  # no letter behind it: no word
        (" , ", "tout", False),
        ("avocat", "", False),
    ],
)
def test_words_are_whole_words_however_they_are_written(words, text, has):
    assert has_words(words, text) is has
