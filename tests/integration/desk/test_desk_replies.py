"""The ready answers as supervisors keep them."""

import pytest
from django.utils import timezone

from bot.conversations.models import Conversation
from bot.desk.models import CannedReply, Role
from bot.desk.panel import panel_of
from bot.desk.placeholders import values_of
from bot.members.models import Member
from tests.claims import open_one
from tests.desk import new_adviser

pytestmark = pytest.mark.django_db(transaction=True)
GOOD = {"shortcut": "Merci", "title": "Remercier", "text": "Merci {prenom}.\r\nAppelez {card_stop}. "}


@pytest.fixture(autouse=True)
def _none_yet(transactional_db):
    """Begin with none, also in the first test on a new database, which has the shipped ones."""
    CannedReply.objects.all().delete()


@pytest.fixture
def anne(browser_of):
    """A supervisor's browser."""
    return browser_of(Role.SUPERVISOR)


def test_one_is_written_changed_and_taken_away(anne):
    assert anne.post("/desk/replies/new", GOOD)["Location"] == "/desk/replies"
    made = CannedReply.objects.get()
    assert (made.shortcut, made.text) == ("merci", "Merci {prenom}.\nAppelez {card_stop}.")
    assert "Remercier" in anne.get("/desk/replies").content.decode()

    anne.post(f"/desk/replies/{made.pk}", GOOD | {"title": "Dire merci"})
    made.refresh_from_db()
    assert made.title == "Dire merci"

    anne.post(f"/desk/replies/{made.pk}/delete")
    assert not CannedReply.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": "Bonjour {prénom} {nom}"}, "{nom}"),
        ({"text": "Appelez le 078 170 170"}, "{card_stop}"),
        ({"text": "Voyez https://example.be"}, "{card_stop}"),
        ({"shortcut": "deux mots"}, "sans espace"),
        ({"shortcut": "salut"}, "existe déjà"),
        ({"title": ""}, "obligatoire"),
    ],
)
def test_what_members_should_not_read_is_refused_in_words(anne, wrong, words):
    CannedReply.objects.create(shortcut="salut", title="Saluer", text="Bonjour")
    answer = anne.post("/desk/replies/new", GOOD | wrong)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert CannedReply.objects.count() == 1


def test_an_adviser_reads_them_in_the_composer_and_changes_none(desk, conversation):
    assert desk.get("/desk/replies").status_code == 403
    assert desk.post("/desk/replies/new", GOOD).status_code == 403
    assert not CannedReply.objects.exists()


def test_a_new_installation_has_the_shipped_ones():
    from importlib import import_module

    from django.apps import apps

    import_module("bot.desk.migrations.0004_working").load(apps, None)
    assert CannedReply.objects.filter(shortcut="bloquer", text__contains="{card_stop}").exists()
    assert CannedReply.objects.count() >= 15


def test_the_reference_inserted_is_that_of_the_claim_beside(conversation):
    member = Member.objects.create(contract="1", first_name="Jeanne", last_name="Exemple", imported_at=timezone.now())
    before = Conversation.objects.create(channel="web", member=member.pk)
    claim = open_one(before)
    conversation.member = member.pk
    conversation.save()
    assert panel_of(conversation).claim == claim
    assert values_of(conversation, new_adviser("Sophie Exemple"))["reference"] == claim.reference
