"""How a message is folded before its words are counted."""

import pytest

from engine.components.wording import fold, stems


@pytest.mark.parametrize(
    ("careful", "hurried"),
    [
        ("J'ai reçu un colis cassé", "jai recu un colis casé"),
        ("c'est quelqu'un que je connais", "c qqn que je conais"),
        ("toujours rien dans ma boîte", "tjs rien ds ma boite"),
        ("IL M'A PRIS 1.250 EUROS", "il m a pris 300 euros"),
        ("mot de passe volé", "mdp volé"),
    ],
)
def test_hurried_spelling_reads_like_careful_spelling(careful, hurried):
    assert stems(fold(careful)) == stems(fold(hurried))


def test_a_letter_before_an_apostrophe_is_no_abbreviation():
    assert fold("c'est") == "c'est"
    assert fold("g’ai") == "g’ai"


def test_a_euro_sign_reads_like_the_word():
    assert fold("50 €").split() == fold("50 euros").split()
