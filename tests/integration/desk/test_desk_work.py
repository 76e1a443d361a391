"""Writing: answers with placeholders, files, notes, drafts, requests for pieces, and the claim's state."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from bot.claims.models import Claim, Document
from bot.conversations import evidence, handling
from bot.conversations.erasure import erase
from bot.conversations.models import Author, Message, SentFile
from bot.conversations.ownership import Owner
from bot.conversations.receiving import Inbound, receive
from bot.desk import moves
from bot.desk.forgetting import forget_what_is_over
from bot.desk.models import CannedReply, Draft, Note
from bot.events.models import Event
from bot.members.models import Member
from bot.texts import contacts
from tests.claims import exchange, open_one, tap
from tests.desk import new_adviser, say_as, signed_in
from tests.pictures import GPS, PDF, opened, photo_with_gps

pytestmark = pytest.mark.django_db(transaction=True)


def write(conversation, text="bonjour") -> Message:
    return receive(Inbound(conversation.pk, uuid4().hex, text))


def send(desk, conversation, text="", **form):
    return desk.post(f"/desk/c/{conversation.pk}/reply", {"text": text, "key": uuid4().hex, **form})


def answers(conversation) -> list[str]:
    found = conversation.messages.filter(author=Author.ADVISER).order_by("number")
    return list(found.values_list("text", flat=True))


def page(desk, conversation) -> str:
    answer = desk.get(f"/desk/c/{conversation.pk}")
    assert answer.status_code == 200
    return answer.content.decode()


def amelie(conversation) -> Member:
    member = Member.objects.create(
        contract="EX-1", household="H", first_name="Amélie", last_name="Exemple", imported_at=timezone.now()
    )
    conversation.member = member.pk
    conversation.save()
    return member


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


def test_a_picture_loses_where_it_was_taken_and_is_seen_by_the_member_and_by_colleagues(desk, conversation, marc):
    given = SimpleUploadedFile("plan.jpg", photo_with_gps())
    assert send(desk, conversation, "Voici le plan.", file=given).status_code == 204
    sent = SentFile.objects.get()
    assert not opened(evidence.read(sent)).getexif().get_ifd(GPS)
    assert (sent.message.text, sent.name, sent.media_type) == ("Voici le plan.", "plan.jpg", "image/jpeg")
    colleague = signed_in(marc)
    assert f"/files/{sent.pk}" in page(colleague, conversation)
    assert colleague.get(f"/desk/c/{conversation.pk}/files/{sent.pk}")["Content-Type"] == "image/jpeg"
    assert colleague.get(f"/desk/c/{conversation.pk}/files/{sent.pk}?small").status_code == 200
    assert colleague.get(f"/desk/c/{uuid4()}/files/{sent.pk}").status_code == 404


@pytest.mark.parametrize(
    ("content", "words"), [(b"MZ a program", "PDF"), (b"\xff\xd8\xff broken", "ouvrir"), (bytes(21 << 20), "20 Mo")]
)
def test_a_file_that_is_not_taken_is_explained_and_nothing_is_sent(desk, conversation, content, words):
    answer = send(desk, conversation, "Voici.", file=SimpleUploadedFile("f.pdf", content))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert answers(conversation) == []
    assert not SentFile.objects.exists()
    assert list((evidence.settings().var / "evidence").rglob("*/*")) == []


def test_a_file_sent_twice_arrives_once(desk, conversation):
    for _ in range(2):
        send(desk, conversation, key="same", file=SimpleUploadedFile("a.pdf", PDF))
    assert SentFile.objects.count() == len(answers(conversation)) == 1


def test_a_colleagues_conversation_takes_no_file(desk, conversation, marc):
    say_as(conversation.pk, marc.pk, "Bonjour", "desk:1")
    answer = send(desk, conversation, file=SimpleUploadedFile("a.pdf", PDF))
    assert answer.status_code == 409
    assert "Marc Exemple a déjà pris" in answer.content.decode()
    assert not SentFile.objects.exists()
    assert list((evidence.settings().var / "evidence").rglob("*/*")) == []


def test_what_the_member_has_erased_leaves_no_sent_file_no_note_and_no_draft(desk, conversation):
    send(desk, conversation, file=SimpleUploadedFile("a.pdf", PDF))
    send(desk, conversation, "Attention.", note="1")
    desk.post(f"/desk/c/{conversation.pk}/draft", {"text": "commencé"})
    erase(conversation.pk, keep=write(conversation).pk)
    assert not SentFile.objects.exists()
    assert not Note.objects.exists()
    assert not Draft.objects.exists()
    assert [path for path in (evidence.settings().var / "evidence").rglob("*") if path.is_file()] == []


def test_a_note_is_read_by_colleagues_only_and_stays_across_hand_overs(desk, conversation, sophie, marc):
    write(conversation)
    key = uuid4().hex
    for _ in range(2):
        assert send(desk, conversation, "Il est très inquiet. {prenom}", note="1", key=key).status_code == 204
    note = Note.objects.get()
    assert (note.text, note.author_id, note.about) == ("Il est très inquiet. {prenom}", sophie.pk, "")
    assert answers(conversation) == []
    conversation.refresh_from_db()
    assert conversation.owner == Owner.BOT

    handling.take(conversation.pk, sophie.pk)
    moves.transfer(conversation.pk, sophie, f"adviser:{marc.pk}", "à suivre")
    moves.release(conversation.pk, marc)
    assert "Il est très inquiet." in page(signed_in(marc), conversation)


def test_a_note_appears_on_a_desk_that_shows_the_conversation_already(desk, conversation, marc):
    number = write(conversation).number
    Message.objects.filter(number=number).update(edited_at=None, delivered_at=None)
    send(desk, conversation, "Relire le récit.", note="1")
    news = signed_in(marc).get(f"/desk/c/{conversation.pk}/messages?after={number}").content.decode()
    assert "Relire le récit." in news


def test_a_colleague_may_note_where_another_one_answers(desk, conversation, marc):
    say_as(conversation.pk, marc.pk, "Bonjour", "desk:1")
    assert send(desk, conversation, "Je l'ai eu hier.", note="1").status_code == 204


def test_a_draft_is_kept_for_each_adviser_and_each_conversation(desk, conversation, marc):
    desk.post(f"/desk/c/{conversation.pk}/draft", {"text": "  Chère <Madame>", "note": "1"})
    assert "  Chère &lt;Madame&gt;</textarea>" in page(desk, conversation)
    assert Draft.objects.get().is_note
    assert "Madame" not in page(signed_in(marc), conversation)
    desk.post(f"/desk/c/{conversation.pk}/draft", {"text": " "})
    assert not Draft.objects.exists()


def test_a_draft_that_nobody_touched_for_a_month_is_forgotten(desk, conversation):
    desk.post(f"/desk/c/{conversation.pk}/draft", {"text": "Bonjour"})
    forget_what_is_over()
    assert Draft.objects.exists()
    Draft.objects.update(at=timezone.now() - timedelta(days=31))
    forget_what_is_over()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("form", [{}, {"note": "1"}])
def test_what_was_sent_is_no_draft_any_more(desk, conversation, form):
    desk.post(f"/desk/c/{conversation.pk}/draft", {"text": "Bonjour"})
    send(desk, conversation, "Bonjour", **form)
    assert not Draft.objects.exists()


def test_an_answer_that_is_refused_stays_a_draft(desk, conversation):
    desk.post(f"/desk/c/{conversation.pk}/draft", {"text": "Bonjour {prenom}"})
    send(desk, conversation, "Bonjour {prenom}")
    assert Draft.objects.get().text == "Bonjour {prenom}"


def test_a_piece_is_asked_for_with_its_reason_and_marked_when_the_answer_leaves(desk, conversation):
    claim = open_one(conversation)
    piece = claim.documents.get(name="attestation de dépôt de plainte")
    shown = page(desk, conversation)
    assert f'data-ask="{piece.pk}"' in shown
    assert "Elle montre que les faits ont été signalés." in shown

    desk.post(f"/desk/c/{conversation.pk}/draft", {"text": "Il nous manque", "piece": str(piece.pk)})
    assert f'name="piece" value="{piece.pk}"' in page(desk, conversation)
    assert Document.objects.get(pk=piece.pk).asked_at is None

    send(desk, conversation, "Il nous manque une pièce.", piece=[str(piece.pk), "nonsense"])
    piece.refresh_from_db()
    assert piece.asked_at is not None
    assert "demandée le" in page(desk, conversation)
    assert Event.objects.get(name="document_asked").properties == {"number": piece.number}
    message = conversation.messages.get(author=Author.ADVISER)
    assert "attestation" in tap(conversation, message, "pièces")[0].text


def test_a_piece_of_somebody_else_is_not_marked(desk, conversation, browser_of):
    other = open_one(uuid4()).documents.first()
    send(desk, conversation, "Bonjour", piece=str(other.pk))
    other.refresh_from_db()
    assert other.asked_at is None
    assert conversation.messages.get(author=Author.ADVISER).buttons == []


def test_the_claims_state_is_changed_and_the_member_is_told(desk, conversation, sophie):
    claim = open_one(conversation)
    answer = desk.post(f"/desk/c/{conversation.pk}/claims/{claim.pk}/state", {"state": "in_review"})
    assert answer.status_code == 200
    assert "En cours d&#x27;examen" in answer.content.decode()
    assert claim.history.latest("pk").by == str(sophie.pk)
    assert "avance" in conversation.messages.get().text


def test_a_claim_is_closed_with_an_outcome_only(desk, conversation):
    claim = open_one(conversation)
    address = f"/desk/c/{conversation.pk}/claims/{claim.pk}/state"
    refused = desk.post(address, {"state": "closed"})
    assert refused.status_code == 422
    assert "Choisissez comment" in refused.content.decode()
    closed = desk.post(address, {"state": "closed", "outcome": "withdrawn"}).content.decode()
    assert closed.count("Déclaration retirée") >= 3  # the tag, the choice, the history
    assert Claim.objects.get().outcome == "withdrawn"
    assert desk.post(address, {"state": "paid"}).status_code == 422


def test_the_state_of_a_claim_that_is_not_beside_the_conversation_is_a_404(desk, conversation):
    other = open_one(uuid4())
    assert desk.post(f"/desk/c/{conversation.pk}/claims/{other.pk}/state", {"state": "in_review"}).status_code == 404


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


def test_pieces_and_erasure_are_answered_beside_the_adviser_and_nobody_waits_for_that(desk, conversation):
    claim = open_one(conversation)
    send(desk, conversation, "Bonjour")
    (shown,) = exchange(conversation, command="checklist")
    assert claim.reference in shown.text
    (noted,) = exchange(conversation, command=f"piece:{claim.documents.first().pk}:none")
    assert "C'est noté." in noted.text
    assert claim.documents.first().state == Document.State.NONE
    exchange(conversation, command="ask_erasure")
    (told,) = exchange(conversation, command="erase")
    conversation.refresh_from_db()
    assert (conversation.owner, conversation.waiting_since) == (Owner.AGENT, None)
    assert list(conversation.messages.order_by("number").values_list("number", flat=True)) == [
        told.number - 1,
        told.number,
    ]


def test_words_to_an_adviser_are_still_the_advisers_to_answer(desk, conversation):
    send(desk, conversation, "Bonjour")
    assert exchange(conversation, "pièces", "") == []
    assert exchange(conversation, "", "/affirm") == []
    conversation.refresh_from_db()
    assert conversation.waiting_since is not None


def test_an_analyst_sends_nothing(conversation):
    browser = signed_in(new_adviser("A Exemple", "analyst"))
    assert send(browser, conversation, "Bonjour").status_code == 403
    assert answers(conversation) == []
