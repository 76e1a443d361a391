import pytest

from bot.understanding.wishes import asks_reason, wants_no_claim, wants_pause, wants_to_continue


@pytest.mark.parametrize("text", ["continuer", "Je veux continuer ma déclaration", "on reprend", "ok continuons svp"])
def test_a_wish_to_go_on_is_understood(text):
    assert wants_to_continue(text)


@pytest.mark.parametrize("text", ["ils continuent à me débiter", "je veux continuer à payer avec ma carte", "oui", ""])
def test_what_goes_on_elsewhere_is_no_wish_to_go_on(text):
    assert not wants_to_continue(text)


@pytest.mark.parametrize(
    "text", ["je reviens demain", "je continue plus tard", "pause", "on continue ce soir", "à demain"]
)
def test_a_pause_is_understood(text):
    assert wants_pause(text)


@pytest.mark.parametrize(
    "text",
    [
        "hier soir",
        "le vendeur revient demain",
        "je dois couper internet ?",
        "ma commande devait arriver demain",
        "passer",
    ],
)
def test_an_answer_is_no_pause(text):
    assert not wants_pause(text)


@pytest.mark.parametrize(
    "text", ["je veux juste un conseil", "pas de déclaration", "sans faire de déclaration", "que des conseils svp"]
)
def test_advice_alone_is_understood(text):
    assert wants_no_claim(text)


@pytest.mark.parametrize(
    "text",
    [
        "je veux faire une déclaration",
        "je n'ai pas reçu de conseil de ma banque",
        "pas encore de déclaration à la police",
        "pas de dossier chez le vendeur",
    ],
)
def test_a_claim_that_is_wanted_is_not_refused(text):
    assert not wants_no_claim(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Pourquoi ?", "why"),
        ("comment faire ?", "how"),
        ("comment faire l'étape 2", "how"),
        ("pourquoi vous me demandez ça ?", "why_asked"),
        ("pourquoi ils m'ont pris mon argent", ""),
        ("comment récupérer mon compte Instagram", ""),
    ],
)
def test_a_question_about_the_advice_or_the_form_is_told_from_one_about_the_facts(text, reason):
    assert asks_reason(text) == reason
