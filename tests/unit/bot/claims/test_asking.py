"""Why a piece is asked for, by its name."""

import pytest

from bot.catalogue import catalogue
from bot.claims import asking
from bot.claims.models import Claim, Document


def request(name: str, subtype: str = "phishing_codes_given", family: str = "fraud") -> str:
    claim = Claim(reference="CC-1", family=family, subtype=subtype)
    return asking.request(Document(claim=claim, name=name))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("attestation de dépôt de plainte", "les faits ont été signalés"),
        ("extrait de compte avec les débits", "ce qui est parti"),
        ("confirmation de commande", "ce qui était convenu"),
        ("capture du message ou du SMS", "ce que vous avez reçu"),
        ("pseudo ou numéro de l'auteur", "qui est derrière"),
        ("heure de la perte de réseau", "dans le temps"),
        ("rapport de l'antivirus", "comprendre ce qui s'est passé"),
    ],
)
def test_the_reason_fits_the_piece(name, why):
    assert why in request(name)


def test_where_pictures_may_be_intimate_none_is_ever_asked_for():
    family = next(family for family in catalogue().families.values() if "intimate_images" in family.subtypes)
    assert "N'envoyez jamais d'image intime" in request("capture", "intimate_images", family.id)


def test_a_type_that_is_gone_still_has_its_sentence():
    assert "Cachez d'abord vos codes" in request("preuve", "gone", "gone")
