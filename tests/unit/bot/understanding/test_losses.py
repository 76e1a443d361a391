"""Which of several sums was lost or paid."""

import pytest

from bot.understanding.fields import plain_words
from bot.understanding.folding import fold
from bot.understanding.losses import read_credit, read_loss


def loss(told: str) -> int | None:
    return read_loss(plain_words(told, fold(told)))


@pytest.mark.parametrize(
    ("told", "cents"),
    [
        ("j'ai versé 300 € d'acompte pour une location à 1200 € et le type a disparu", 30000),
        ("la console était à 350 €, j'ai payé la moitié, 175 €, et plus de nouvelles", 17500),
        ("ils ont retiré 500 € puis encore 400 € au distributeur", 90000),
        ("trois virements : 200, 300 et 400 €, soit 900 € en tout", 90000),
        ("J'ai acheté un drone 459 € sur un site, il ne vole pas", 45900),
        ("un sac Guess à 89€ commandé chez Zalando, jamais reçu", 8900),
        ("Robe reçue trouée (54,90 €), ils ne répondent pas", 5490),
        ("2 x 49,99 prélevés sur mon compte par un site de streaming", 9998),
        ("il voulait 1000 €, j'ai fini par payer 600 €", 60000),
        ("au lieu de 19 euros ils m'ont débité 190 euros", 19000),
        ("J'ai perdu deux mille cinq cents euros dans cette histoire", 250000),
        ("il m'a fait virer 8.000 € sur un compte soi-disant sécurisé", 800000),
        ("on m'a débité 39,99 EUR pour un abonnement que je n'ai pas demandé", 3999),
        ("parti en fumée, 750 balles", 75000),
        ("j'ai payé 120 € d'acompte et 80 € de transport à un faux éleveur, soit 200 €", 20000),
        ("ils m'ont pris 45 € le lundi et encore 45 € le jeudi", 9000),
        ("elle a placé 15.000 € chez un faux courtier qui promettait 30.000 €", 1500000),
        ("on m'a promis 500 € de gains, j'ai avancé 150 €", 15000),
        ("mon solde était de 2000 €, il ne reste rien, 1950 € sont partis", 195000),
        ("le vendeur me rembourse 20 € alors que j'avais payé 140 €", 14000),
        ("J'AI PAYE 65 EUROS POUR DES CHAUSSURES TROP PETITES", 6500),
        ("commande de 230,50 € jamais livrée", 23050),
        ("il me demandait 200 euros pour débloquer mon colis et j'ai payé", 20000),
        ("envolés, mes 3 400 euros d'économies", 340000),
        ("1k€ sur Revolut disparus d'un coup", 100000),
        ("il m'a extorqué quatre-vingts euros en tickets Neosurf", 8000),
        ("une veste à 129 €, reçue déchirée, et ils me proposent 15 € de réduction", 12900),
        ("j'ai envoyé 250€ via western union a une dame au benin", 25000),
        ("facturé deux fois 25 € pour le même article", 5000),
        ("c'était chez Decathlon, le 6 novembre 2026, pour 119 euros", 11900),
        ("oui mais le montant c'est 165 €", 16500),
        ("non le prix était de 89 euros", 8900),
        ("ma télé Krëfel de 649 € est arrivée avec l'écran fissuré", 64900),
        ("mon aspirateur Dyson de 399 euros ne marche pas", 39900),
        ("le retour m'a coûté 12 € mais l'article, 99 €, n'est toujours pas remboursé", 9900),
    ],
)
def test_the_sum_lost_or_paid_is_chosen(told: str, cents: int) -> None:
    assert loss(told) == cents


@pytest.mark.parametrize(
    "told",
    [
        "il menace de tout publier si je ne verse pas 600 €",
        "un sms me réclame 2,99 € pour un colis, je n'ai pas payé",
        "on m'annonce que j'ai gagné 5000 €",
        "un huissier me réclame 1.450 € pour un crédit que je n'ai pas signé",
        "ils ont pris un crédit de 12.000 € à mon nom",
        "il voulait 900 €, heureusement je n'ai rien envoyé",
        "mail d'amende de 136 euros, est-ce vrai ?",
        "ils demandent une rançon de 0,5 bitcoin ou 20000 €",
        "un acheteur m'offre 400 € au lieu de 250 €, bizarre",
        "entre 200 et 300 € je ne sais plus",
        "j'ai failli virer 800 €",
        "mon loyer est de 800 €",
        "ils ont vu mon compte épargne de 3000 €",
        "mon salaire net de 2.100 €",
        "le montant de 300 € qu'ils réclament est faux",
        "chez moi on gagne 2000 € pour vivre",
        "ils veulent 49 € pour réparer mon pc, j'ai raccroché",
        "j'ai 350 abonnés et on a volé mon compte",
    ],
)
def test_a_sum_only_asked_promised_or_beside_is_no_loss(told: str) -> None:
    assert loss(told) is None


@pytest.mark.parametrize(
    ("told", "cents"),
    [
        ("une lettre de Cofidis pour un crédit de 4.800 € que je n'ai jamais demandé", 480_000),
        ("quelqu'un a fait un prêt personnel d'un montant de 8000 euros à mon nom", 800_000),
        ("un crédit de 2.000 € à mon insu, on me réclame le crédit de 2.000 €", 200_000),
    ],
)
def test_the_sum_of_a_credit_that_somebody_took_in_ones_name_is_its_amount(told: str, cents: int) -> None:
    assert read_credit(plain_words(told, fold(told))) == cents


@pytest.mark.parametrize(
    "told",
    [
        "j'ai un crédit de 4.800 € chez Cofidis et ma carte a été volée",
        "un crédit à mon nom, on me réclame 300 € de frais",
        "un crédit de 1.000 € et un prêt de 2.000 € à mon nom",
    ],
)
def test_ones_own_credit_and_sums_at_odds_are_left_alone(told: str) -> None:
    assert read_credit(plain_words(told, fold(told))) is None
