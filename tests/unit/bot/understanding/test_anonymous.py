import re

import pytest

from bot.learning.familiar import ordinary
from bot.understanding.anonymous import anonymise

#: Stories of invented people, and what no reader may find in them any more.
STORIES = [
    ("Bonjour, je m'appelle Sophie Desmet et on m'a volé 450 €.", ["Sophie", "Desmet"]),
    ("je m'appelle jean dupont et j'ai recu un sms de bpost", ["jean", "dupont"]),
    ("JE SUIS MICHEL DURAND DE NAMUR ET ON M'A PRIS 1.250 EUROS", ["MICHEL", "DURAND"]),
    ("c'est kevin de ma classe qui m'insulte sur insta", ["kevin"]),
    ("ma fille emma a 13 ans, quelqu'un publie des photos d'elle", ["emma"]),
    ("Mon ex Julien Lefebvre me menace tous les jours", ["Julien", "Lefebvre"]),
    ("J'ai acheté une console à Sandrine Lambert sur Vinted", ["Sandrine", "Lambert"]),
    ("virement au nom de S. Lambrechts, jamais vu", ["Lambrechts"]),
    ("Un certain Marc Van den Broeck m'a appelé de Microsoft", ["Marc", "Broeck"]),
    ("Mme Vandenbroucke de chez ING m'a demandé mon code. Luc Deprez", ["Vandenbroucke", "Luc", "Deprez"]),
    ("le pseudo c'est @kev_du59 et son autre compte xx_darkboy_xx", ["kev", "darkboy"]),
    ("appelez-moi au 0475 12 34 56 ou au +32 2 123 45 67", ["0475", "34 56", "123 45"]),
    ("écrivez à sophie.desmet@gmail.com svp", ["sophie", "desmet", "gmail"]),
    ("j'ai payé sur BE68 5390 0754 7034 sans réfléchir", ["5390", "7034"]),
    ("mon dossier CC-2026-1234-5678-90 n'avance pas", ["1234", "5678"]),
    ("commande 402-1234567-8901234 chez Amazon, colis 3232012345678901234", ["1234567", "32320123"]),
    ("faux site https://bpost-livraison.xyz/track?id=88aa", ["livraison.xyz", "88aa"]),
    ("son profil facebook.com/jean.dupont.75 est encore là", ["jean", "dupont"]),
    ("débité le 12 mars 2026, puis le 03/04 et le 12.05.2025", ["12 mars", "03/04", "12.05"]),
    ("né le 12-05-1954 et plaque 1-ABC-234", ["1954", "ABC"]),
    ("J'habite rue de la Loi 16 à 1040 Etterbeek", ["Loi", "16", "1040", "Etterbeek"]),
    ("il vit Chaussée de Wavre 125 bte 3, 1050 Ixelles", ["Wavre", "125", "1050", "Ixelles"]),
]  # fmt: skip
ORDINARY = ordinary()


@pytest.mark.parametrize(("story", "hidden"), STORIES)
def test_nothing_that_points_to_a_person_is_left(story, hidden):
    text = anonymise(story, ordinary=ORDINARY)
    left = [word for word in hidden if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)]
    assert left == [], text


def test_names_that_are_known_go_however_they_are_written():
    text = anonymise("merci amandine, dites à DESMEDT et à Mme de smedt que non", ["Amandine", "Desmedt", "De Smedt"])
    assert not re.search("amandine|smedt", text, re.IGNORECASE)


@pytest.mark.parametrize(
    "story",
    [
        "On m'a débité 2 500 € hier vers 23h40 sur Vinted",
        "Bonjour Monsieur, Je vous écris car Proximus me facture 89,99 € par erreur",
        "J'ai donné mon code [code masqué] et ma carte [numéro de carte masqué] à Card Stop",
        "Du coup Belfius a bloqué Bancontact, le GSM ne marche plus",
        "j'ai perdu 5000 euros et 3000 personnes ont vu la photo",
        "commandé chez MediaMarkt et sur bol.com, rien reçu à Namur",
        "ON M'A VOLÉ MON COMPTE INSTAGRAM AIDEZ MOI",
    ],
)
def test_what_tells_the_incident_stays(story):
    assert anonymise(story, ordinary=ORDINARY) == story


def test_what_stands_instead_reads_as_a_sentence():
    story = (
        "J'ai commandé chez Modaluxe le 12 mars, livraison rue de la Loi 16 à 1040 Etterbeek, j'ai écrit à Paul Maes."
    )
    assert anonymise(story, ordinary=ORDINARY) == (
        "J'ai commandé chez Boutique Exemple l'autre jour, livraison rue de l'Exemple 1 à Bruxelles, "
        "j'ai écrit à Camille Martin."
    )


def test_it_comes_on_one_line_and_taking_it_out_twice_changes_nothing():
    once = anonymise("Bonjour,\n\nmon numéro : 0475 12 34 56\nSophie Desmet\nrue de la Loi 16, 1000 Bruxelles")
    assert "\n" not in once
    assert anonymise(once) == once
