import pytest

from bot.understanding.circumstances import read_circumstances


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("mon ex publie mes photos sur Insta", "author_known", "partner"),
        ("une collègue m'insulte sur Facebook", "author_known", "acquaintance"),
        ("je suis harcelée par un voisin", "author_known", "acquaintance"),
        ("un faux profil se moque de moi", "author_known", "anonymous"),
        ("un inconnu me menace", "author_known", "unknown"),
        ("mon beau-père me menace", "author_known", "household"),
        ("je n'ai plus accès à mon compte", "access_lost", True),
        ("ils ont changé le mot de passe", "access_lost", True),
        ("une connexion inconnue, mais j'ai encore l'accès", "access_lost", False),
        ("j'ai écrit au vendeur deux fois", "seller_contacted", True),
        ("le vendeur ne répond plus", "seller_contacted", True),
        ("ils refusent malgré mes trois mails", "seller_contacted", True),
        ("mes nombreux messages restent sans réponse", "seller_contacted", True),
        ("je n'ai pas encore écrit au vendeur", "seller_contacted", False),
        ("mon GSM est bizarre", "device", "phone"),
        ("j'ai donné mon mot de passe", "data_exposed", "password"),
        ("j'ai envoyé une photo de ma carte d'identité", "data_exposed", "identity_document"),
        ("je n'ai rien donné", "data_exposed", "nothing"),
    ],
)
def test_what_a_story_says_of_its_circumstances_is_read(text, field, value, now):
    assert read_circumstances(text, now).get(field) == value


@pytest.mark.parametrize(
    "text", ["un débit de 45 € hier", "je ne lui ai pas donné mon code", "mon PC et mon GSM", "ma banque ne répond pas"]
)
def test_what_is_not_said_is_left_open(text, now):
    assert read_circumstances(text, now) == {}
