"""The sum that French words name, and the one of several that was lost."""

import pytest

from bot.understanding.amounts import find_amounts
from bot.understanding.folding import fold
from bot.understanding.losses import read_loss
from bot.understanding.numbers import digits_for_words


def plain(text: str) -> str:
    return digits_for_words(fold(text))


@pytest.mark.parametrize(
    ("told", "cents"),
    [
        ("850 balles", 85_000),
        ("2 mille euros", 200_000),
        ("nonante euros", 9_000),
        ("septante-huit €", 7_800),
        ("1.250,50 €", 125_050),
        ("1 250,50 eur", 125_050),
        ("2k", 200_000),
        ("1,5k €", 150_000),
        ("50 cents", 50),
        ("€ 20", 2_000),
        ("EUR 45,90", 4_590),
        ("trois cents euros", 30_000),
        ("douze cents euros", 120_000),
        ("2 mille 500 euros", 250_000),
        ("3x 40 €", 12_000),
        ("trois fois quarante euros", 12_000),
        ("40 € à trois reprises", 12_000),
        ("deux retraits de 250 €", 50_000),
        ("20 euros 50", 2_050),
        ("1 euro et 99 centimes", 199),
        ("640 euros et vingt invités", 64_000),
        ("un euro", 100),
        ("une centaine d'euros", 10_000),
        ("850e", 85_000),
        ("12.500,- €", 1_250_000),
        ("un vélo neuf 850 euros", 85_000),
        ("un iphone 15 800 euros", 80_000),
        ("le 3/11 400 euros", 40_000),
        ("mille balles", 100_000),
    ],
)
def test_everyday_words_name_a_sum(told: str, cents: int) -> None:
    assert [amount.cents for amount in find_amounts(plain(told))] == [cents]


@pytest.mark.parametrize(
    "told",
    ["j'ai 45 ans", "à 14h30", "en 2024", "0470 12 34 56", "300 $", "des milliers d'euros", "entre 200 et 300 €"],
)
def test_an_age_a_year_an_hour_or_a_phone_is_no_sum(told: str) -> None:
    assert find_amounts(plain(told)) == []


@pytest.mark.parametrize(
    ("told", "cents"),
    [
        ("J'ai payé 1,99 € et une heure après on m'a pris 730 €", 73_000),
        ("Il voulait 1.400 € de garantie, je les ai virés", 140_000),
        ("Ils ont débité 12,50 puis encore 60 euros", 7_250),
        ("une veste à 85 € au lieu de 120 €", 8_500),
        ("ils m'ont pris 40 € puis 60 €, soit 100 € en tout", 10_000),
        ("il m'a pris 850", 85_000),
        ("Il me menace si je ne paie pas 500 euros, je n'ai rien payé", None),
        ("une facture de 54 euros à payer, j'ai pas cliqué", None),
        ("on me demande 50 € de caution", None),
    ],
)
def test_the_loss_is_chosen_among_the_sums(told: str, cents: int | None) -> None:
    assert read_loss(plain(told)) == cents
