"""Indirect signs of danger to a life, and everyday phrases that resemble them."""

from datetime import datetime

import pytest

from bot.understanding import read_safety


@pytest.mark.parametrize(
    "told",
    [
        "demain je ne serai plus là, ils n'auront plus rien à montrer",
        "ce serait plus simple pour tout le monde si je n'existais plus",
        "prenez soin de mes enfants, moi je dépose les armes",
        "quand vous lirez ceci ce sera trop tard pour moi",
        "je regarde passer les trains depuis une heure",
        "je suis garé au-dessus du viaduc",
        "j'ai mis de côté assez de somnifères",
        "ma fille a donné ses bijoux à ses copines",
        "mon mari a sorti son fusil du coffre",
        "elle m'a écrit une lettre d'adieu",
        "mon père dit qu'il vaut plus mort, avec l'assurance vie",
        "je n'ai plus envie de me réveiller",
        "personne ne remarquera que je suis parti",
        "à quoi ça sert que vous me rendiez l'argent si je suis plus là pour le dépenser",
        "j'ai choisi la date",
        "le gaz est ouvert",
        "je vais foncer dans un mur",
        "mon frère ne répond plus et respire mal",
        "mon mari se tient la poitrine et il est tout gris",
        "il m'a cassé deux doigts hier soir",
        "il y a un homme dans le hall avec une barre de fer",
        "ils essaient de forcer le verrou",
        "il est en route avec de l'essence pour mettre le feu à la maison",
        "ma fille est dans un hôtel avec un adulte",
        "il m'a serré la gorge",
        "ils disent qu'ils prendront ma fille à la sortie de l'école",
        "si ça sort je saute du pont",
        "mon ado s'enfonce un compas dans la cuisse",
        "elle est assise sur les rails",
        "je vous dis au revoir, c'est la dernière fois",
    ],
)
def test_an_indirect_sign_counts_as_a_life_in_danger(told: str, now: datetime) -> None:
    assert read_safety(told, now).level == "life"


@pytest.mark.parametrize(
    "told",
    [
        "mon argent est en danger ?",
        "mes parents vont me tuer, j'ai payé 80 € un faux ticket",
        "cette arnaque, c'était suicidaire de commander là",
        "on m'écrit « va te pendre » sous ma photo, je veux que ce soit retiré",
        "mon père est décédé et sa carte a encore servi",
        "ma mère a acheté une corde à linge chez Brico, jamais livrée",
        "mon imprimante va finir par mourir",
        "l'an dernier il m'attendait devant le bureau, il a été condamné",
        "je n'ai pas d'idées noires, je veux juste mon remboursement",
        "j'ai pris le train pour aller au magasin, il était fermé",
        "le livreur est venu chez moi avec un colis vide",
        "je ne suis plus à la maison la semaine prochaine, livrez chez le voisin",
        "merci pour tout et au revoir",
        "je n'aurai pas besoin de facture",
        "je me repose le dimanche, rappelez lundi",
        "le lit que j'ai commandé est arrivé avec une porte cassée",
        "cette chaleur me tue",
        "il ne m'a jamais menacé de mort",
        "je suis au bout du rouleau avec ce service client",
        "le vendeur ne répond plus",
    ],
)
def test_everyday_phrases_are_no_sign(told: str, now: datetime) -> None:
    assert read_safety(told, now).level != "life"


@pytest.mark.parametrize(
    "told",
    [
        "la souris se promène toute seule sur mon écran",
        "il y a un monsieur au téléphone qui me demande mon code",
        "je reçois des demandes itsme toutes les 30 secondes",
        "mes fichiers changent de nom sous mes yeux",
        "mon gsm envoie des sms tout seul en ce moment",
        "le coursier est devant la porte pour prendre ma carte",
        "quelqu'un est entré dans mon ordinateur et il fouille",
        "les paiements continuent, je fais quoi",
    ],
)
def test_what_goes_on_now_is_ongoing(told: str, now: datetime) -> None:
    assert read_safety(told, now).level == "ongoing"


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ("un coursier est venu le 3 octobre prendre sa carte", "none"),
        ("le 10 juin il a fait installer AnyDesk à mon père, il a coupé après dix minutes", "none"),
        ("un acheteur veut que je paie 1 € pour que le coursier passe", "none"),
        ("j'ai envoyé 400€ en bitcoin hier", "fresh_money"),
        ("deux achats de 75 € hier à mon insu", "fresh_money"),
        ("j'ai donné il y a une heure le numéro de ma carte sur un faux site", "fresh_money"),
        ("on vient de me prendre 1.250 € sur mon compte", "fresh_money"),
        ("hier il m'a demandé une photo de ma carte, j'ai refusé", "none"),
        ("mon compte Vinted a été piraté cette nuit, mon porte-monnaie était vide", "none"),
        ("personne n'a payé, il demande depuis vendredi", "none"),
    ],
)
def test_past_attacks_and_refused_payments_are_not_urgent(told: str, level: str, now: datetime) -> None:
    assert read_safety(told, now).level == level
