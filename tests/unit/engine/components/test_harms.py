"""Where a message can be cut in two, and what a second harm needs."""

import numpy as np
import pytest

from engine.components.harms import MAX_CUTS, halves, is_told, second_harm


def test_a_message_is_cut_at_the_end_of_a_sentence():
    text = "On m'a volé 300 euros. Mon colis n'est jamais arrivé."
    assert halves(text) == [("On m'a volé 300 euros.", "Mon colis n'est jamais arrivé.")]


def test_a_message_without_punctuation_is_cut_before_et():
    text = "mon compte insta est piraté et le vendeur ne livre rien"
    assert halves(text) == [("mon compte insta est piraté", "et le vendeur ne livre rien")]


def test_what_goes_on_about_the_same_person_is_no_other_matter():
    assert halves("un acheteur m'a envoyé un lien et il m'a vidé mon compte") == []


@pytest.mark.parametrize("text", ["", "Merci. Au revoir.", "Mon colis. Il est perdu depuis lundi dernier."])
def test_a_half_needs_a_few_words(text):
    assert halves(text) == []


def test_a_long_story_is_cut_a_bounded_number_of_times():
    assert len(halves("Voici encore une phrase entière. " * 50)) == MAX_CUTS


def test_two_harms_are_as_sure_as_the_less_sure_half():
    first, second = np.array([[0.9, 0.05, 0.05]]), np.array([[0.1, 0.2, 0.7]])
    assert second_harm(first, second, best=0) == (2, 0.7)


def test_the_order_of_the_halves_does_not_matter():
    first, second = np.array([[0.1, 0.8, 0.1]]), np.array([[0.9, 0.1, 0.0]])
    assert second_harm(first, second, best=0) == (1, 0.8)


def test_one_harm_told_twice_is_no_second_one():
    _, sure = second_harm(np.array([[0.9, 0.1]]), np.array([[0.95, 0.05]]), best=0)
    assert sure == 0.1


def test_the_surest_of_several_cuts_counts():
    first = np.array([[0.5, 0.4], [0.9, 0.1]])
    second = np.array([[0.5, 0.5], [0.2, 0.8]])
    assert second_harm(first, second, best=0) == (1, 0.8)


@pytest.mark.parametrize(
    ("text", "sure", "share", "told"),
    [
        ("On m'a volé. En plus, mon colis est perdu.", 0.8, 0.01, True),
        ("On m'a volé. En plus, mon colis est perdu.", 0.7, 0.3, False),
        ("On m'a volé. Mon colis est perdu.", 0.8, 0.3, False),
        ("On m'a volé. Mon colis est perdu.", 0.9, 0.3, True),
        ("On m'a volé. Mon colis est perdu.", 0.9, 0.01, False),
    ],
)
def test_a_second_harm_that_nothing_announces_must_be_surer(text, sure, share, told):
    assert is_told(text, sure, share) is told
