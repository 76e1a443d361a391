import re
from datetime import timedelta

import pytest
from django.utils import timezone

from bot.claims.models import AccessCode
from bot.claims.reference import new_reference
from bot.claims.services import set_email
from bot.conversations.models import Message
from bot.conversations.receiving import open_conversation
from bot.events.models import Event
from bot.texts import say
from tests.claims import do_jobs, exchange, open_one
from tests.mail_server import text_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def claim(conversation, mail):
    opened = open_one(conversation, story="Un secret que personne d'autre ne doit lire")
    set_email(opened.pk, "jeanne@example.be")
    do_jobs()
    mail.messages.clear()
    return opened


@pytest.fixture
def elsewhere(transactional_db):
    return open_conversation("web")


def ask(conversation, reference: str) -> str:
    (told,) = exchange(conversation, f"où en est le dossier {reference}")
    do_jobs(queues=["emails"])
    return told.text


def code_in(mail) -> str:
    return re.search(r"^    ([A-Z]{4}-[A-Z]{4})$", text_of(mail.messages[-1]), re.MULTILINE)[1]


def type_(conversation, text: str) -> str:
    (told,) = exchange(conversation, text)
    return told.text


def test_whoever_reads_the_claims_e_mail_learns_its_state_and_nothing_else(claim, elsewhere, mail):
    ask(elsewhere, claim.reference)
    assert mail.messages[0]["To"] == "jeanne@example.be"
    assert claim.reference not in text_of(mail.messages[0])
    told = type_(elsewhere, f"voici le code : {code_in(mail).lower()}")
    assert "Ouvert, en attente d'un gestionnaire" in told
    assert "secret" not in told
    assert "jeanne" not in told
    assert Event.objects.filter(name="access_code_used", claim=claim.pk).exists()


def test_a_reference_that_does_not_exist_gets_the_same_answers(claim, elsewhere, mail):
    stranger = open_conversation("web")
    unknown = new_reference()
    assert ask(elsewhere, claim.reference) == ask(stranger, unknown)
    assert len(mail.messages) == 1
    wrong = [[type_(talk, "BCDF-GHJK") for _ in range(7)] for talk in (elsewhere, stranger)]
    assert wrong[0] == wrong[1]
    assert wrong[0][4:6] == [say("access_wrong"), say("access_too_many")]


def test_a_claim_without_an_e_mail_gets_the_same_answer_and_no_code(conversation, elsewhere, mail):
    claim = open_one(conversation)
    assert ask(elsewhere, claim.reference) == say("access_asked")
    assert (mail.messages, AccessCode.objects.count()) == ([], 0)


def test_a_code_works_once_in_its_own_conversation_and_for_ten_minutes(claim, elsewhere, mail):
    ask(elsewhere, claim.reference)
    code = code_in(mail)
    other = open_conversation("web")
    ask(other, new_reference())
    assert type_(other, code) == say("access_wrong")
    assert "Ouvert" in type_(elsewhere, code)
    assert type_(elsewhere, code) == say("access_wrong")

    ask(elsewhere, claim.reference)
    AccessCode.objects.filter(used_at=None).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert type_(elsewhere, code_in(mail)) == say("access_wrong")


def test_after_five_wrong_codes_even_the_right_one_is_refused(claim, elsewhere, mail):
    ask(elsewhere, claim.reference)
    for _ in range(5):
        type_(elsewhere, "BCDF-GHJK")
    assert type_(elsewhere, code_in(mail)) == say("access_too_many")
    wrong = Event.objects.filter(name="access_code_wrong")
    assert [event.properties for event in wrong] == [{}] * 5


def test_one_conversation_may_ask_five_times_an_hour(elsewhere):
    for _ in range(5):
        assert ask(elsewhere, new_reference()) == say("access_asked")
    assert ask(elsewhere, new_reference()) == say("access_too_many")
    Event.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert ask(elsewhere, new_reference()) == say("access_asked")


def test_a_mailbox_gets_three_codes_an_hour_whoever_asks(claim, mail):
    for _ in range(5):
        ask(open_conversation("web"), claim.reference)
    assert len(mail.messages) == 3


def test_the_code_itself_is_kept_nowhere(claim, elsewhere, mail):
    ask(elsewhere, claim.reference)
    code = code_in(mail)
    assert code.replace("-", "") not in str(AccessCode.objects.values())
    assert not Message.objects.filter(text__contains=code).exists()


def test_a_long_text_with_a_reference_goes_to_the_dialogue(elsewhere):
    text = f"bonjour j'ai le dossier {new_reference()} et depuis hier ma banque m'a encore appelé pour dire que"
    (told,) = exchange(elsewhere, text)
    assert told.text.startswith("moteur")


def test_letters_like_a_code_mean_nothing_where_no_code_was_asked(elsewhere):
    (told,) = exchange(elsewhere, "BCDF-GHJK")
    assert told.text.startswith("moteur")


@pytest.mark.parametrize("written", ["CC 4827 1930 5562 {}", "cc-4827-1930-5562-{}", "CC4827193055 62{}"])
def test_a_reference_is_read_however_it_is_written(elsewhere, written):
    from stdnum.iso7064 import mod_97_10

    check = mod_97_10.calc_check_digits("482719305562")
    assert ask(elsewhere, written.format(check)) == say("access_asked")


def test_while_a_person_is_awaited_a_reference_is_left_to_them(elsewhere):
    exchange(elsewhere, "", "ask_human")
    (told,) = exchange(elsewhere, new_reference())
    assert told.text != say("access_asked")
    assert not Event.objects.filter(name="access_code_asked").exists()
