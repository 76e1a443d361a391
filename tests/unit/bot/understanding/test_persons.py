import pytest

from bot.understanding.persons import (
    Danger,
    fears_family,
    fears_someone_close,
    is_adult_writing,
    is_minor_writing,
    read_danger,
)


@pytest.mark.parametrize(
    "text",
    [
        "j'ai 15 ans et on m'insulte",
        "jai quinze ans",
        "jé 13 ans",
        "g 14 ans et jai peur",
        "je suis en 3e secondaire",
        "dans ma classe ils se moquent de moi",
    ],
)
def test_a_child_who_writes_is_noticed(text):
    assert is_minor_writing(text)


@pytest.mark.parametrize(
    "text",
    [
        "ma fille de 12 ans est harcelée par sa classe",
        "j'ai 45 ans",
        "j'ai 15 ans d'ancienneté chez Proximus",
        "je suis prof et ma classe m'insulte",
        "j'ai acheté un jeu pour enfant de 12 ans",
        "mon compte a 10 ans",
        "je 1 fois par jour",
    ],
)
def test_an_adult_who_writes_is_not_taken_for_a_child(text):
    assert not is_minor_writing(text)


@pytest.mark.parametrize("text", ["je suis sa maman", "c'est son papa qui écrit", "j'ai 41 ans"])
def test_an_adult_who_takes_over_is_noticed(text):
    assert is_adult_writing(text)


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("je veux mourir", Danger(suicide=True, violence=False, partner=False)),
        ("ma fille veut en finir", Danger(suicide=True, violence=False, partner=False)),
        ("mon mari me frappe", Danger(suicide=False, violence=True, partner=True)),
        ("il est devant chez moi avec un couteau", Danger(suicide=False, violence=True, partner=False)),
        ("au secours", Danger(suicide=False, violence=False, partner=False)),
    ],
)
def test_a_danger_is_told_apart_so_that_the_numbers_fit(text, danger):
    assert read_danger(text) == danger


@pytest.mark.parametrize(
    "text", ["mon ex menace de diffuser mes photos", "j'ai peur de mon mari", "mon père me frappe"]
)
def test_someone_close_who_does_harm_is_noticed(text):
    assert fears_someone_close(text)


@pytest.mark.parametrize(
    "text", ["mon mari a commandé un colis", "un inconnu me menace", "mon ex m'avait conseillé ce site"]
)
def test_someone_close_who_does_no_harm_is_left_alone(text):
    assert not fears_someone_close(text)


def test_a_parent_who_does_harm_is_no_adult_to_confide_in():
    assert fears_family("mon beau-père me menace")
    assert fears_family("mon beau-père me fait du chantage avec des photos de moi")
    assert not fears_family("mon père m'aide, un inconnu me menace")
