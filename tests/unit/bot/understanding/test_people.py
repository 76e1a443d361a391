"""Who was touched: the author, or somebody around them."""

import pytest

from bot.understanding.fields import plain_words
from bot.understanding.folding import fold
from bot.understanding.people import read_victim


def victim(told: str) -> str | None:
    return read_victim(plain_words(told, fold(told)))


@pytest.mark.parametrize(
    ("told", "who"),
    [
        ("Ma belle-mère a donné son code à un soi-disant employé de banque", "other"),
        ("papa s'est laissé convaincre par un conseiller en crypto, il a versé 4000 €", "parent"),
        ("Mon beau-fils de 16 ans s'est fait voler son compte PlayStation", "child"),
        ("la carte de ma femme a servi à payer des hôtels à Lisbonne", "partner"),
        ("ils ont appelé mamy trois fois en se faisant passer pour Proximus", "other"),
        ("des élèves ont créé un faux profil de mon fils", "child"),
        ("Quelqu'un envoie des insultes à mon mari sur Messenger", "partner"),
        ("j'écris pour ma voisine, on lui a pris 600 euros", "other"),
        ("c'est pour mon papa, il a cliqué sur un lien itsme", "parent"),
        ("on a piraté le facebook de mon compagnon", "partner"),
        ("mon grand-père reçoit des colis qu'il n'a pas commandés", "other"),
        ("Les nudes de ma nièce circulent dans son école", "other"),
        ("mes parents ont payé un faux plombier trouvé sur internet", "parent"),
        ("un type a contacté ma gamine sur Roblox et veut des photos", "child"),
        ("Une collègue a perdu 2000 € avec un faux vendeur, elle n'ose pas appeler", "other"),
        ("mon frère attend toujours son vélo commandé en septembre", "other"),
        ("ma tante vend une commode et l'acheteur lui a envoyé un lien bizarre", "other"),
        ("MA MERE A RECU UN APPEL DE LA FAUSSE POLICE ET ELLE A REMIS SA CARTE", "parent"),
        ("mon épouse est harcelée par un ancien collègue", "partner"),
        ("il demande de l'argent à ma fille sinon il publie tout", "child"),
        ("ma soeur a fait un virement à un escroc qui disait être son fils", "other"),
        ("mon ado a acheté des skins à un inconnu, jamais reçus", "child"),
        ("ma meuf ma dit que jai été hacké, mon compte insta poste des trucs", "self"),
        ("Un homme se fait passer pour mon frère sur WhatsApp et me demande de l'argent", "self"),
        ("J'ai commandé un vélo pour ma fille et il n'est jamais arrivé", "self"),
        ("mon ex publie des photos de moi sur Telegram", "self"),
        ("mon mari m'a dit de vous écrire, on m'a débité 80 euros", "self"),
        ("mon copain m'insulte et fouille mon gsm", "self"),
        ("j'ai appelé ma mère pour vérifier, ce n'était pas elle, j'avais payé 300 €", "self"),
        ("ma voisine raconte des mensonges sur moi sur Facebook", "self"),
        ("avec ma femme nous avons réservé un gîte qui n'existe pas", "self"),
        ("Commandé une tente, jamais livrée", "self"),
        ("on ma volé mon compte snap", "self"),
        ("jme suis fait avoir comme un bleu", "self"),
        ("mon fils a cliqué sur une pub et je me retrouve avec 49 € par mois sur ma facture", "self"),
        ("j'ai cru que c'était ma fille qui m'écrivait, j'ai viré 1500 €", "self"),
        ("« Salut maman » : j'ai répondu et payé 900 €", "self"),
        ("mon patron m'insulte en public sur LinkedIn", "self"),
        ("ma fille rigole mais moi j'ai perdu 200 €", "self"),
        ("je suis harcelée depuis que j'ai quitté mon mari", "self"),
        ("le colis est arrivé cassé", None),
        ("comment reconnaître un faux site ?", None),
    ],
)
def test_the_person_touched_is_told_from_those_around(told: str, who: str | None) -> None:
    assert victim(told) == who
