"""Which messages become proposals by themselves, under which label, and which never do."""

from uuid import uuid4

import pytest

from bot.conversations.erasure import erase
from bot.conversations.models import Conversation, Message
from bot.conversations.receiving import open_conversation
from bot.desk.models import Adviser
from bot.learning import finding
from bot.learning.correcting import correct
from bot.learning.finding import look
from bot.learning.models import Example
from bot.members.models import Member
from bot.members.services import find_member
from tests.learning import PHISHING, ROMANCE, SHOP, report, rest, tell

pytestmark = pytest.mark.django_db(transaction=True)
MISSED = ("not_understood", {"misses": 1})
MISSED_TWICE = ("not_understood", {"misses": 2})


def found() -> list[tuple[str, str, str]]:
    rest()
    look()
    return list(Example.objects.order_by("found_at").values_list("text", "label", "why"))


def test_a_members_own_correction_and_the_answer_to_a_straddle_name_the_right_label(conversation):
    other = open_conversation("web")
    report(conversation, "on m'a pris de l'argent après un sms")
    tell(conversation, "non pas ça", ("incident_corrected", {"family": "fraud", "subtype": "fake_shop"}), best={})
    report(other, "un homme sur internet me demande de l'argent")
    tell(other, "oui je crois", ("straddle_answered", {"family": "fraud", "subtype": "romance_scam"}), best={})
    assert found() == [
        ("on m'a pris de l'argent après un sms", f"report_{SHOP}", "member"),
        ("un homme sur internet me demande de l'argent", f"report_{ROMANCE}", "straddle"),
    ]


def test_two_misses_propose_both_messages_under_what_it_turned_out_to_be(conversation):
    tell(conversation, "j'ai un souci avec un truc", MISSED, best={PHISHING: 0.2, SHOP: 0.1})
    tell(conversation, "le truc ne marche pas bien", MISSED_TWICE, best={SHOP: 0.2})
    report(conversation, "une boutique ne livre rien du tout", SHOP)
    assert {(text, label, why) for text, label, why in found()} == {
        ("j'ai un souci avec un truc", f"report_{SHOP}", "missed"),
        ("le truc ne marche pas bien", f"report_{SHOP}", "missed"),
    }


def test_little_confidence_is_worth_a_look_and_much_is_not(conversation):
    tell(conversation, "peut-être une arnaque je ne sais pas", best={PHISHING: 0.5, SHOP: 0.3})
    tell(conversation, "une arnaque par sms sans aucun doute", best={PHISHING: 0.9})
    assert found() == [("peut-être une arnaque je ne sais pas", f"report_{PHISHING}", "unsure")]


def test_what_was_no_concern_of_ours_is_looked_at_again_when_a_human_was_called(conversation):
    tell(conversation, "quel temps fait-il demain chez vous", best={SHOP: 0.1}, intent="out_of_scope")
    assert found() == []
    tell(conversation, "quelqu'un a ouvert un compte avec ma carte", best={ROMANCE: 0.1}, intent="out_of_scope")
    tell(conversation, "je veux un conseiller", best={}, intent="ask_human", hand_off="asked")
    assert {why for _, _, why in found()} == {"out_of_scope"}
    assert Example.objects.count() == 2


def test_nothing_is_proposed_before_the_conversation_has_rested(conversation):
    tell(conversation, "peut-être une arnaque je ne sais pas", best={PHISHING: 0.5})
    assert look() == 0
    assert found() != []


def test_each_sign_is_looked_at_once_in_batches(conversation, monkeypatch):
    monkeypatch.setattr(finding, "BATCH", 2)
    for word in ("un", "deux", "trois", "quatre", "cinq"):
        tell(conversation, f"message peu clair numéro {word}", best={SHOP: 0.5})
    rest()
    assert [look(), look(), look(), look()] == [2, 2, 1, 0]
    assert Example.objects.count() == 5


@pytest.mark.parametrize("text", ["oui", "??", "pas moi"])
def test_what_says_nothing_is_not_proposed(conversation, text):
    tell(conversation, text, MISSED, best={SHOP: 0.2})
    assert found() == []


def test_a_danger_to_life_is_never_proposed(conversation):
    report(conversation, "je ne sais plus quoi faire avec tout ça")
    Message.objects.filter(author="member").update(safety="life")
    correct(conversation.pk, uuid4(), f"report_{ROMANCE}")
    assert found() == []


def test_the_same_sentence_is_one_example_under_the_surest_sign(conversation):
    for talk in (conversation, open_conversation("web")):
        tell(talk, "Peut-être une ARNAQUE, je ne sais pas !", best={PHISHING: 0.5})
    found()
    third = open_conversation("web")
    report(third, "peut etre une arnaque je ne sais pas")
    correct(third.pk, uuid4(), f"report_{ROMANCE}")
    assert [(text, why) for text, _, why in found()] == [("Peut-être une ARNAQUE, je ne sais pas !", "adviser")]


def test_names_of_the_household_and_of_advisers_are_taken_out(conversation):
    same = {"contract": "C-1", "household": "H-1", "imported_at": "2026-01-01T00:00Z"}
    me = Member.objects.create(first_name="Gwendoline", last_name="Petitjean", **same)
    Member.objects.create(first_name="Télesphore", last_name="Petitjean", **same)
    Adviser.objects.create_user("s@example.be", "Solveig Exemple", "adviser")
    Conversation.objects.filter(pk=conversation.pk).update(member=me.pk)
    assert find_member(me.pk)
    tell(conversation, "bonjour solveig, ici gwendoline petitjean et telesphore a payé", best={PHISHING: 0.5})
    ((text, _, _),) = found()
    assert not any(name in text.lower() for name in ("solveig", "gwendoline", "petitjean", "telesphore")), text


def test_what_is_not_accepted_goes_with_its_conversation(conversation):
    message = report(conversation, "on m'a pris de l'argent après un sms")
    correct(conversation.pk, uuid4(), f"report_{ROMANCE}")
    assert Example.objects.count() == 1
    erase(conversation.pk, keep=message.pk)
    assert Example.objects.count() == 0
