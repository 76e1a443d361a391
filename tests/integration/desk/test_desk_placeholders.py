"""Answers with placeholders, and the list of what can be inserted."""

import pytest

from bot.conversations.ownership import Owner
from bot.desk.models import CannedReply
from bot.members.models import Member
from bot.texts import contacts
from tests.claims import open_one
from tests.desk import amelie, answers, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_placeholders_are_filled_with_the_member_the_claim_and_the_adviser(desk, conversation):
    amelie(conversation)
    claim = open_one(conversation)
    text = "Bonjour {prenom}, ici {conseiller} : {reference} ({incident}), {etat}. Appelez {card_stop}."
    assert send(desk, conversation, text).status_code == 204
    (told,) = answers(conversation)
    assert told.startswith(f"Bonjour Amélie, ici Sophie : {claim.reference} (")
    assert "attente d'un gestionnaire" in told
    assert contacts()["card_stop"].markdown in told


def test_the_missing_pieces_become_a_list(desk, conversation):
    claim = open_one(conversation)
    send(desk, conversation, "Il manque :\n{pieces_manquantes}")
    assert answers(conversation)[0].count("\n- ") == claim.documents.count()


@pytest.mark.parametrize("text", ["Bonjour {prenom}", "Dossier {reference}", "{merci}"])
def test_a_placeholder_without_a_value_stops_the_answer_and_says_which(desk, conversation, text):
    answer = send(desk, conversation, text)
    assert answer.status_code == 422
    assert text[text.index("{") :] in answer.content.decode()
    assert answers(conversation) == []
    conversation.refresh_from_db()
    assert conversation.owner == Owner.BOT, "what was not sent takes nothing over"


def test_a_members_name_cannot_bring_markup(desk, conversation):
    member = amelie(conversation)
    Member.objects.filter(pk=member.pk).update(first_name="[A](https://x.be) {reference}")
    send(desk, conversation, "Bonjour {prenom}")
    assert not set("[](){}") & set(answers(conversation)[0])


def test_braces_that_are_no_placeholder_are_left_alone(desk, conversation):
    send(desk, conversation, "Le code { } et {Nom} ne servent à rien")
    assert answers(conversation) == ["Le code { } et {Nom} ne servent à rien"]


def test_the_list_offers_answers_the_incidents_advice_and_contacts_filled_in(desk, conversation):
    CannedReply.objects.all().delete()
    CannedReply.objects.create(shortcut="salut", title="Saluer", text="Bonjour {prenom}, appelez {card_stop}.")
    amelie(conversation)
    open_one(conversation)
    told = desk.get(f"/desk/c/{conversation.pk}/picks").json()
    near = [pick for pick in told["picks"] if pick["is_near"]]
    assert near[0] | {"group": ""} == {
        "group": "",
        "title": "Saluer",
        "hint": "/salut · Bonjour Amélie, appelez {card_stop}.",
        "text": "Bonjour Amélie, appelez {card_stop}.",
        "is_near": True,
    }
    assert any(pick["group"].startswith("Conseils : ") and "{card_stop}" in pick["text"] for pick in near)
    assert any(pick["text"] == "{child_focus}" for pick in near)
    assert not any("](" in pick["text"] for pick in told["picks"]), "contacts by name, to be filled on sending"
    assert sum(not pick["is_near"] for pick in told["picks"]) > 100
    assert told["values"]["card_stop"].endswith("078 170 170")


def test_every_step_of_advice_can_be_sent_as_it_is_offered(desk, conversation):
    from bot.desk.placeholders import ready

    picks = desk.get(f"/desk/c/{conversation.pk}/picks").json()["picks"]
    steps = [pick["text"] for pick in picks if pick["group"] != "Réponses"]
    assert len(steps) > 100
    assert all(ready(text, {}) for text in steps)
