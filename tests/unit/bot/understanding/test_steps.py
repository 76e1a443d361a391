"""What the member has already done: police, bank, Card Stop."""

import pytest

from bot.understanding.fields import plain_words
from bot.understanding.folding import fold
from bot.understanding.steps import read_bank_contacted, read_police_report


def plain(told: str) -> str:
    return plain_words(told, fold(told))


@pytest.mark.parametrize(
    ("told", "done"),
    [
        ("plainte déposée à la zone Boraine", True),
        ("nous sommes allés au commissariat hier", True),
        ("la police a pris ma déposition", True),
        ("j'ai fait une déposition en mars", True),
        ("j'ai le PV de la police", True),
        ("deux plaintes déjà, rien ne bouge", True),
        ("les policiers ont enregistré ma plainte", True),
        ("j'ai déclaré les faits à la police de Namur", True),
        ("plainte pas encore faite", False),
        ("pas de plainte pour le moment", False),
        ("je n'ai pas osé aller à la police", False),
        ("je compte porter plainte", False),
        ("aucune plainte n'a été déposée", False),
        ("sans avoir porté plainte", False),
        ("la police a refusé de prendre ma plainte", False),
        ("Plainte à la zone de police de Wavre le 12", True),
        ("j'ai fait acter les faits au commissariat", True),
        ("PV dressé à Liège", True),
        ("aucun PV pour l'instant", False),
        ("aucune démarche à la police à ce stade", False),
        ("police pas encore prévenue", False),
        ("je n'ai contacté ni la banque ni la police", False),
        ("j'envisage une plainte", None),
        ("faut-il porter plainte ?", None),
        ("un faux policier m'a appelé", None),
        ("le vendeur menace de porter plainte contre moi", None),
        ("j'ai payé 30 €", None),
    ],
)
def test_a_police_report_is_read(told: str, done: bool | None) -> None:
    assert read_police_report(plain(told)) is done


@pytest.mark.parametrize(
    ("told", "done"),
    [
        ("elle a téléphoné à Card Stop dans la foulée", True),
        ("j'ai prévenu KBC le soir même", True),
        ("ma banque ne veut pas rembourser", True),
        ("Belfius dit que j'ai validé moi-même", True),
        ("la banque se lave les mains de l'affaire", True),
        ("j'ai fait opposition sur ma carte", True),
        ("nous avons eu la banque au téléphone, dossier ouvert", True),
        ("la banque est prévenue", True),
        ("carte bloquée par Card Stop", True),
        ("ma banque, que j'ai contactée, enquête", True),
        ("pas encore téléphoné à la banque", False),
        ("je n'ai pas prévenu ma banque", False),
        ("la banque est fermée jusque lundi", None),
        ("elle n'a rien dit à la banque", False),
        ("je n'ai contacté ni la banque ni la police", False),
        ("la banque, avertie le lendemain, ne récupère rien", True),
        ("sa banque a vérifié, rien n'est parti", True),
        ("impossible de joindre Card Stop", False),
        ("je dois appeler ma banque demain", False),
        ("dois-je appeler ma banque ?", None),
        ("un monsieur de ma banque m'a appelé", None),
        ("un soi-disant employé de KBC m'a contacté", None),
        ("sms de Belfius qui dit que mon compte est bloqué", None),
        ("j'ai payé 30 €", None),
    ],
)
def test_a_call_to_the_bank_is_read(told: str, done: bool | None) -> None:
    assert read_bank_contacted(plain(told)) is done
