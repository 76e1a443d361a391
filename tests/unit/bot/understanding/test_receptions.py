"""Which day is that on which the goods came."""

from datetime import datetime

import pytest

from bot.understanding.fields import plain_words
from bot.understanding.folding import fold
from bot.understanding.receptions import read_reception


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("commandé le 2/11 chez Zalando, livré cassé le 12/11", "2026-11-12"),
        ("Télé commandée chez Krëfel le 30 octobre 2026, arrivée le 3 novembre avec l'écran fissuré", "2026-11-03"),
        ("j'ai reçu le colis vendredi et ce n'est pas ce que j'ai commandé", "2026-11-20"),
        ("mon achat, reçu hier, est une contrefaçon", "2026-11-22"),
        ("à la livraison, le 10 novembre, le colis était ouvert", "2026-11-10"),
        ("LES CHAUSSURES SONT ARRIVEES LE 5 NOVEMBRE, MAUVAISE POINTURE, ACHAT SUR TORFS", "2026-11-05"),
    ],
)
def test_the_day_the_goods_came_is_read(told: str, day: str, now: datetime) -> None:
    assert read_reception(plain_words(told, fold(told)), now) == day


@pytest.mark.parametrize(
    "told",
    [
        "j'ai reçu un mail du vendeur le 10 novembre, mon colis est perdu",
        "ils ont bien reçu mon retour le 10 novembre mais le magasin ne rembourse pas",
        "commandé le 2 novembre, jamais reçu",
        "le colis devait être livré le 12 novembre",
        "livraison prévue le 12 novembre, toujours pas arrivé",
        "j'ai commandé le 2 novembre un sac qui est une contrefaçon",
        "vendredi j'ai reçu un colis que je n'ai jamais commandé",
        "on m'insulte depuis le 3 novembre, j'ai reçu des messages",
        "colis reçu le 3 novembre, l'autre reçu le 5 novembre",
        "acheté en mars, arrivé en avril",
    ],
)
def test_other_days_are_left_alone(told: str, now: datetime) -> None:
    assert read_reception(plain_words(told, fold(told)), now) is None
