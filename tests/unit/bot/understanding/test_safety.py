"""How urgent a message is."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import read_safety


@pytest.mark.parametrize(
    "told",
    [
        "je veux mourir",
        "jveux crever",
        "J'en peux plus, je veux en finir",
        "je veux en finir avec la vie",
        "j'ai plus envi de vivre",
        "je n'ai plus envie de vivre",
        "je pense au suicide",
        "je veux plus être là",
        "ils seraient mieux sans moi",
        "j'ai envie de me tuer à cause de ces photos",
        "je vais mourir de honte, j'ai envie de me tuer",
        "je vais me foutre en l'air",
        "il dit qu'il va me tuer",
        "mon ex me menace de mort",
        "il est devant chez moi avec un couteau",
        "il m'a frappée hier",
        "j'ai avalé des somnifères",
        "ma vie ne vaut plus rien",
        "je ne veux plus vivre",
        "je vais faire une bêtise",
        "des fois je me dis que ce serait plus simple de mourir",
        "j'arrive plus à vivre",
        "je peux pas continuer à vivre avec cette honte",
        "je vais me tirer une balle",
        "si ça continue je me tue",
        "s'il publie la photo je me suicide",
        "je mérite de mourir",
        "jveux plus etre la",
        "je suis au bord du pont",
        "j'ai peur qu'il me tue",
        "il m'attend devant mon travail",
        "il menace de brûler ma maison",
        "quelqu'un essaie de rentrer chez moi",
    ],
)
def test_a_life_in_danger_is_never_missed(told: str, now: datetime) -> None:
    assert read_safety(told, now).level == "life"
    assert not read_safety(told, now).about_other


@pytest.mark.parametrize(
    "told",
    [
        "ma fille veut mourir",
        "mon fils de 15 ans s'est scarifié",
        "ma femme parle de suicide",
        "mon frère a dit qu'il voulait en finir",
    ],
)
def test_the_danger_of_somebody_else_is_a_life_too(told: str, now: datetime) -> None:
    safety = read_safety(told, now)
    assert (safety.level, safety.about_other) == ("life", True)


@pytest.mark.parametrize(
    "told",
    [
        "ma batterie va mourir",
        "mort de rire",
        "je vais mourir de honte",
        "je ne veux pas mourir",
        "je veux en finir avec ce dossier",
        "mon gsm est mort",
        "je veux faire disparaître ces photos",
        "mon colis a disparu",
        "ma mère va me tuer si elle l'apprend",
        "je meurs de faim",
        "je veux plus être abonné",
        "je veux que tout s'arrête avec ces prélèvements",
        "le vendeur veut venir chez moi chercher le colis",
        "on m'a agressé verbalement sur facebook",
        "bonjour",
        "il m'insulte tous les jours",
        "j'ai commandé un canapé",
    ],
)
def test_a_figure_of_speech_is_no_danger(told: str, now: datetime) -> None:
    assert read_safety(told, now).level == "none"


@pytest.mark.parametrize(
    "told",
    [
        "ils sont sur mon pc en ce moment",
        "la souris bouge toute seule",
        "je suis au téléphone avec un gars de Microsoft",
        "un coursier va venir chercher ma carte",
        "il m'a fait installer AnyDesk",
        "ils sont en train de vider mon compte",
    ],
)
def test_an_attack_going_on_is_seen(told: str, now: datetime) -> None:
    assert read_safety(told, now).level == "ongoing"


@pytest.mark.parametrize(
    "told",
    [
        "je viens de donner mon code à un faux banquier",
        "j'ai fait un virement de 800 € ce matin",
        "hier on m'a débité 300 €",
        "il y a deux heures j'ai encodé mon digipass",
        "j'ai payé avant-hier, c'était un faux site",
        "ma femme a donné ses codes hier soir",
        "j'ai fait un virement vendredi à un escroc",
    ],
)
def test_money_just_gone_is_seen(told: str, now: datetime) -> None:
    assert read_safety(told, now).level == "fresh_money"


@pytest.mark.parametrize(
    "told",
    [
        "un acheteur Vinted m'a envoyé un lien pour recevoir mon argent et il m'a vidé mon compte",
        "on m'a tout pris sur mon compte",
        "ils m'ont vidé mes comptes hier",
        "mon compte est vide, je n'ai rien fait",
        "MON COMPTE A ETE VIDE",
        "je me suis fait vider mon compte par un faux banquier",
        "toutes mes économies ont disparu",
        "il n'y a plus rien sur mon compte",
        "j'ai refusé de payer et ils ont quand même vidé mon livret",
        "on m'a pris tout mon argent sur le compte de la banque",
        "1.200 € ont disparu de mon compte",
        "on m'a volé 500 € sur mon compte",
        "ils ont vidé ma carte bancaire",
        "on a vidé mon paypal",
        "il m'a tout pris, tout mon argent",
        "on a retiré tout l'argent de mon compte",
        "ils ont pris tout ce que j'avais sur mon compte",
        "le compte de ma mère est vidé, je n'ai pas compris comment",
    ],
)
def test_an_emptied_account_is_urgent_unless_it_is_old(told: str, now: datetime) -> None:
    assert read_safety(told, now).level == "fresh_money"


@pytest.mark.parametrize(
    "told",
    [
        "on m'a vidé mon compte le 3 octobre",
        "en 2024 on m'a vidé mon compte, et là je reçois un sms bizarre",
        "on m'a vidé mon compte le mois passé",
        "il menace de vider mon compte",
        "ils n'ont pas vidé mon compte",
        "comment savoir si on m'a vidé mon compte ?",
        "mon compte Instagram a été vidé de ses photos",
        "la banque m'a tout remboursé sur mon compte",
        "la carte SIM de mon gsm a été vidée",
        "j'ai retiré tout mon argent par précaution",
        "mon porte-monnaie était vide heureusement",
        "il n'y a plus rien sur le compte Insta",
        "on m'avait vidé mon compte",
    ],
)
def test_an_account_that_was_emptied_long_ago_or_not_at_all_is_not_urgent(told: str, now: datetime) -> None:
    assert read_safety(told, now).level == "none"


@pytest.mark.parametrize(
    "told",
    [
        "mon colis retour Zalando de 150 € a été perdu par le transporteur hier",
        "mon paquet d'une valeur de 80 euros a disparu hier",
        "la télé à 649 € a été volée hier par le voisin",
        "mon colis a disparu ce matin, il y avait pour 150 € dedans",
        "le livreur a pris mon colis hier, 60 €",
    ],
)
def test_goods_that_were_lost_are_no_money_that_left(told: str, now: datetime) -> None:
    assert read_safety(told, now).level == "none"


@pytest.mark.parametrize(
    "told",
    [
        "un virement de 900 € est parti hier",
        "plus de 400 € ont disparu hier",
        "une somme de 250 € a été volée ce matin",
        "j'ai payé hier 150 € pour un colis retour",
        "sms pour mon colis et 300 € sont partis hier",
        "j'ai cliqué sur le lien du colis 300 € partis hier",
    ],
)
def test_a_sum_that_left_is_urgent_however_it_is_introduced(told: str, now: datetime) -> None:
    assert read_safety(told, now).level == "fresh_money"


@pytest.mark.parametrize(
    "told",
    [
        "j'ai payé 200 € il y a un mois, hier ils m'ont réécrit",
        "je n'ai rien payé, hier ils m'ont écrit",
        "j'ai pas donné mon code ce matin",
        "on m'a volé 300 € le 3/10",
        "on m'insulte en ligne, plainte déposée ce matin",
        "un faux profil à mon nom, nous sommes allés déposer plainte hier",
    ],
)
def test_old_money_or_none_is_not_urgent(told: str, now: datetime) -> None:
    assert read_safety(told, now).level == "none"


@pytest.mark.parametrize(
    ("told", "minor"),
    [
        ("j'ai 14 ans et on m'insulte", True),
        ("ma fille de 13 ans se fait insulter", True),
        ("mon prof l'a vu", True),
        ("ma fille de 25 ans s'est fait arnaquer", False),
        ("j'ai 45 ans", False),
        ("on m'a volé 300 €", False),
    ],
)
def test_a_child_is_recognised(told: str, minor: bool, now: datetime) -> None:
    assert read_safety(told, now).minor is minor


@given(st.text(max_size=300))
def test_reading_safety_never_raises(text: str) -> None:
    assert read_safety(text).level
