"""From whom the member bought."""

import pytest

from bot.understanding.folding import fold
from bot.understanding.merchants import find_merchant


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("j'ai commandé un aspirateur chez Krefel", "Krëfel"),
        ("Commande passée sur Zalando, colis jamais reçu", "Zalando"),
        ("j'ai acheté des rideaux chez Tissus du Nord, ils sont déchirés", "Tissus"),
        ("Le site Bijoux Lumina m'a envoyé une bague en toc, payée 40 €", "Bijoux Lumina"),
        ("la boutique en ligne « Verdalia » ne m'a jamais livré", "Verdalia"),
        ("J'ai retourné la robe à Promod, pas de remboursement", "Promod"),
        ("commandé sur trottinette-eco.be, aucun colis", "trottinette-eco.be"),
        ("J'ai payé 40 € sur https://www.kado-box.shop/panier et rien reçu", "kado-box.shop"),
        ("j'ai pris un canapé chez poltronesofa, livré avec un trou", "poltronesofa"),
        ("le colis que j'attends de Decathlon est bloqué", "Decathlon"),
        ("ACHETE UN FRIGO CHEZ VANDEN BORRE JAMAIS LIVRE", "Vanden Borre"),
        ("ACHETE UN FRIGO SUR LE SITE ELECTRODEAL JAMAIS LIVRE", "ELECTRODEAL"),
        ("Pneuland refuse de me rembourser, j'ai commandé quatre pneus", "Pneuland"),
        ("j'ai réservé un vol sur eDreams, jamais reçu les billets", "eDreams"),
        ("le webshop s'appelle Kaelis, j'ai payé 80 €", "Kaelis"),
        ("acheté sur amazone, livré cassé", "Amazon"),
        ("j'ai reçu un colis d'Amazon à mon nom que je n'ai jamais commandé", "Amazon"),
        ("un paquet de chez Zalando est arrivé, je n'ai rien commandé", "Zalando"),
    ],
)
def test_the_seller_is_read(told: str, name: str) -> None:
    found = find_merchant(told, fold(told))
    assert fold(found or "") in {fold(name), fold(name) + " du nord"}


@pytest.mark.parametrize(
    "told",
    [
        "j'ai reçu un faux sms de bpost pour payer un colis",
        "un faux mail d'Amazon me demande de payer",
        "j'ai encodé ma carte sur un faux site Zalando",
        "mon colis est perdu chez DPD",
        "j'ai acheté des baskets sur Vinted",
        "on a commandé un iPhone chez Coolblue avec ma carte",
        "j'ai payé à Namur dans un distributeur",
        "il m'a demandé des cartes cadeaux Zalando, j'ai payé",
        "je n'ai jamais commandé sur Shein et pourtant un colis est arrivé",
        "j'ai payé ma facture chez Engie deux fois",
        "un faux sms pour un colis d'Amazon, je n'ai rien commandé",
        "quelqu'un a commandé un colis d'Amazon avec ma carte",
        "j'ai acheté un vélo sur un site chinois",
        "mon mari a payé chez eux",
    ],
)
def test_who_only_carries_pays_or_is_imitated_is_no_seller(told: str) -> None:
    assert find_merchant(told, fold(told)) is None
