"""By what channel the author reached the member."""

import pytest

from bot.understanding.channels import channel_named, read_channel
from bot.understanding.fields import plain_words
from bot.understanding.folding import fold


def channel(told: str) -> str | None:
    return read_channel(plain_words(told, fold(told)))


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Un monsieur m'a téléphoné en disant travailler pour Visa", "phone"),
        ("appel d'un soi-disant policier hier, il voulait ma carte", "phone"),
        ("une dame m'appelle tous les soirs pour m'insulter", "phone"),
        ("ils ont appelé ma grand-mère trois fois", "phone"),
        ("j'étais au téléphone avec un faux technicien", "phone"),
        ("il m'a sonné sur mon gsm en se disant de Belfius", "phone"),
        ("J'ai reçu un texto de la Poste", "sms"),
        ("hier soir j'ai reçu un SMS de ma banque, j'ai cliqué et ce matin 850 € ont disparu", "sms"),
        ("un mail de la police avec un lien, j'ai donné mes codes", "email"),
        ("sms de soi-disant itsme, j'ai cliqué", "sms"),
        ("Un faux mail du SPF Finances", "email"),
        ("j'ai cliqué sur le lien dans un courriel de Netflix", "email"),
        ("il m'a écrit par mail qu'il avait des vidéos de moi", "email"),
        ("reçu un message sur WhatsApp d'un numéro anglais", "whatsapp"),
        ("on m'a contacté via whatsapp pour un job", "whatsapp"),
        ("une fille rencontrée sur Facebook me demande de l'argent", "social"),
        ("il m'a ajoutée sur Snapchat puis a demandé des photos", "social"),
        ("un inconnu m'envoie des messages privés sur Instagram", "social"),
        ("un gars sur discord m'a demandé mon mot de passe", "social"),
        ("je vendais ma table sur 2ememain et l'acheteuse m'a envoyé un lien", "marketplace"),
        ("acompte versé à un vendeur sur Marketplace qui a disparu", "marketplace"),
        ("j'ai encodé mes codes sur un faux site de la banque", "website"),
        ("un pop-up disait que mon pc était infecté, appelez ce numéro", "website"),
        ("mon mari a reçu un sms puis un appel d'un faux banquier", "phone"),
        ("un acheteur de Vinted m'a contacté sur WhatsApp avec un lien de paiement", "whatsapp"),
    ],
)
def test_the_channel_of_the_author_is_read(told: str, name: str) -> None:
    assert channel(told) == name


@pytest.mark.parametrize(
    "told",
    [
        "mon compte Instagram a été piraté",
        "ils ont publié ma photo sur un groupe Facebook",
        "j'ai écrit au vendeur par mail, il ne répond pas",
        "j'ai appelé ma banque",
        "je n'arrive plus à ouvrir mes mails",
        "mon adresse mail a été piratée",
        "une vidéo de moi circule sur TikTok",
        "mon école a envoyé un mail : je n'ai pas compris le mail de la direction",
        "commandé sur un site, jamais reçu",
        "j'ai reçu un sms de ma banque pour me prévenir d'un débit de 300 €",
        "j'ai acheté des chaussures sur Vinted, elles sont trouées",
        "je l'ai relancé par sms et par mail sans réponse",
        "j'ai reçu des codes de connexion WhatsApp sans rien demander",
        "un faux profil à mon nom sur LinkedIn",
        "on m'insulte dans les commentaires sur TikTok",
    ],
)
def test_a_place_or_the_members_own_messages_are_no_channel(told: str) -> None:
    assert channel(told) is None


@pytest.mark.parametrize(
    ("answer", "name"),
    [("par sms", "sms"), ("il m'a appelé", "phone"), ("sur un site internet", "website"), ("vinted", "marketplace"),
     ("whatsapp", "whatsapp"), ("en mp", "social"), ("une appli", "app"), ("mail", "email"), ("je sais pas", None)],
)  # fmt: skip
def test_a_short_answer_names_a_channel(answer: str, name: str | None) -> None:
    assert channel_named(fold(answer)) == name
