"""By what means the money left."""

import pytest

from bot.understanding.fields import plain_words
from bot.understanding.folding import fold
from bot.understanding.means import means_named, read_means


def means(told: str) -> str | None:
    return read_means(plain_words(told, fold(told)))


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("j'ai payé avec ma carte de crédit", "card"),
        ("réglé par Visa sur leur site", "card"),
        ("50 € par mois sur ma Mastercard, sans mon accord", "card"),
        ("j'ai donné mes données de carte et 400 € ont été débités", "card"),
        ("ma carte a servi à acheter des billets d'avion", "card"),
        ("il a pris ma carte et retiré 500 €", "card"),
        ("j'ai fait un virement de 600 € à un faux propriétaire", "transfer"),
        ("payé par virement", "transfer"),
        ("elle a viré 2000 euros sur leur compte", "transfer"),
        ("il m'a fait verser l'argent sur un compte sécurisé", "transfer"),
        ("j'ai envoyé l'argent par Western Union", "transfer"),
        ("payé 80 € par Paypal entre proches", "paypal"),
        ("réglé en bitcoins", "crypto"),
        ("j'ai transféré de l'USDT depuis Binance", "crypto"),
        ("j'ai acheté trois cartes Steam et donné les codes", "voucher"),
        ("il a réclamé des recharges PCS et j'ai payé", "voucher"),
        ("une domiciliation que je n'ai jamais signée, 35 € par mois prélevés", "direct_debit"),
        ("payé cash au livreur", "cash"),
        ("j'ai payé 300 € en liquide à la remise des clés", "cash"),
        ("acheté par Bancontact sur leur site", "bancontact"),
        ("payé via Payconiq", "bancontact"),
    ],
)
def test_the_means_that_paid_is_read(told: str, name: str) -> None:
    assert means(told) == name


@pytest.mark.parametrize(
    "told",
    [
        "il veut que je paie par virement",
        "j'ai bloqué ma carte tout de suite",
        "ils m'ont remboursé en bon d'achat",
        "on m'a volé ma carte d'identité",
        "j'ai donné mon numéro de carte, rien n'est parti",
        "l'acheteur m'a montré une fausse preuve de virement",
        "un faux mail PayPal",
        "une plateforme de crypto qui demande des taxes",
        "je n'ai pas voulu payer par carte",
        "il a demandé une photo de ma carte de banque pour le virement",
        "j'ai payé 60 € pour une veste",
    ],
)
def test_a_means_only_asked_denied_or_mentioned_is_none(told: str) -> None:
    assert means(told) is None


@pytest.mark.parametrize(
    ("answer", "name"), [("carte visa", "card"), ("virement", "transfer"), ("en liquide", "cash"), ("rien", None)]
)
def test_a_short_answer_names_a_means(answer: str, name: str | None) -> None:
    assert means_named(answer) == name
