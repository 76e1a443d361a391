import pytest

from bot.claims.flags import AT_WORK
from bot.understanding import fold


@pytest.mark.parametrize(
    "story",
    [
        "le compte de ma société a été vidé",
        "J'ai une petite entreprise : on a piraté la page de mon restaurant",
        "je suis indépendant",
        "c'est sur l'ordinateur de l’employeur, à l'asbl",
        "mon adresse pro a été piratée",
    ],
)
def test_stories_of_work_are_noticed(story):
    assert AT_WORK.search(fold(story))


@pytest.mark.parametrize(
    "story",
    [
        "une entreprise de livraison m'a écrit",
        "un restaurant m'insulte sur Google",
        "j'ai vu l'annonce d'une société d'investissement",
        "le vendeur dit qu'il est professionnel",
        "au travail mes collègues m'ont dit que c'était un faux",
    ],
)
def test_others_companies_are_not_the_members_work(story):
    assert not AT_WORK.search(fold(story))
