"""Taking over, in every order: the bot silent at once, one owner, nothing replayed."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from bot.claims.models import Claim
from bot.conversations import handling
from bot.conversations.answering import answer
from bot.conversations.erasure import erase
from bot.conversations.models import Author, CallBack, Conversation, Message
from bot.conversations.ownership import Owner
from bot.conversations.receiving import Inbound, open_conversation, receive
from bot.conversations.services import hand_off
from bot.desk import moves
from bot.desk.models import Note, Role, Team
from bot.errors import IllegalMove, TakenByOther
from bot.events.models import Event
from tests.claims import DeafEngine, exchange, open_one
from tests.desk import new_adviser, say_as

pytestmark = pytest.mark.django_db(transaction=True)


def write(conversation: Conversation, text: str = "bonjour") -> Message:
    return receive(Inbound(conversation.pk, uuid4().hex, text))


def say(conversation, who, text="Bonjour, je lis votre dossier.", key=""):
    return say_as(conversation.pk, who.pk, text, key or uuid4().hex)


def ours(conversation) -> list[str]:
    return list(conversation.messages.exclude(author=Author.MEMBER).order_by("number").values_list("text", flat=True))


def owner(conversation) -> tuple[str, object]:
    conversation.refresh_from_db()
    return conversation.owner, conversation.adviser


@pytest.mark.parametrize("before", [Owner.BOT, Owner.WAITING, Owner.CLOSED])
def test_the_first_reply_takes_the_conversation_and_tells_the_member(conversation, sophie, before):
    if before == Owner.WAITING:
        hand_off(conversation, "asked")
    if before == Owner.CLOSED:
        handling.close(conversation.pk, sophie.pk, "solved")
    message = say(conversation, sophie)
    assert owner(conversation) == (Owner.AGENT, sophie.pk)
    assert (message.author, message.adviser) == (Author.ADVISER, sophie.pk)
    assert "conseiller prend la suite" in ours(conversation)[-2]


def test_a_reply_sent_twice_is_said_once(conversation, sophie):
    say(conversation, sophie, key="desk:1")
    say(conversation, sophie, key="desk:1")
    assert conversation.messages.filter(author=Author.ADVISER).count() == 1


def test_a_colleague_cannot_answer_in_a_conversation_that_is_taken(conversation, sophie, marc):
    say(conversation, sophie)
    with pytest.raises(TakenByOther):
        say(conversation, marc)
    assert conversation.messages.filter(author=Author.ADVISER).count() == 1


def test_the_bot_is_silent_also_about_a_message_that_already_waits_in_the_queue(conversation, sophie):
    queued = write(conversation)
    say(conversation, sophie)
    answer(queued.pk, DeafEngine())
    assert not any("moteur" in text for text in ours(conversation))


def test_the_bot_is_silent_when_it_was_taken_while_the_engine_thought(conversation, sophie):
    class Slow(DeafEngine):
        def take_turn(self, question):
            say(conversation, sophie)
            return super().take_turn(question)

    answer(write(conversation).pk, Slow())
    assert not any("moteur" in text for text in ours(conversation))


def test_after_the_release_the_bot_answers_what_is_new_and_nothing_old(conversation, sophie):
    old = write(conversation, "ancien")
    say(conversation, sophie)
    meanwhile = write(conversation, "entre-temps")
    conversation.refresh_from_db()
    episode = conversation.episode
    moves.release(conversation.pk, sophie)

    answer(old.pk, DeafEngine())
    answer(meanwhile.pk, DeafEngine())
    assert not any("moteur" in text for text in ours(conversation))
    assert owner(conversation) == (Owner.BOT, None)
    assert conversation.episode == episode + 1, "the engine must not go on with a half-told claim"
    assert [message.text for message in exchange(conversation, "nouveau")] == ["moteur : nouveau"]


def test_the_member_reads_where_their_claim_stands_when_the_bot_goes_on_and_no_second_claim_is_made(
    conversation, sophie
):
    claim = open_one(conversation)
    say(conversation, sophie)
    moves.release(conversation.pk, sophie)
    assert claim.reference in ours(conversation)[-1]
    assert Claim.objects.count() == 1


def test_a_closed_conversation_says_so_and_the_next_message_opens_it(conversation, sophie):
    say(conversation, sophie)
    moves.close(conversation.pk, sophie, "solved")
    assert owner(conversation) == (Owner.CLOSED, None)
    assert "terminée" in ours(conversation)[-1]
    assert [message.text for message in exchange(conversation, "encore")] == ["moteur : encore"]
    assert owner(conversation) == (Owner.BOT, None)


def test_an_unknown_reason_closes_nothing(conversation, sophie):
    say(conversation, sophie)
    with pytest.raises(LookupError):
        moves.close(conversation.pk, sophie, "whatever")
    assert owner(conversation)[0] == Owner.AGENT


def test_a_transfer_to_a_colleague_leaves_a_note_and_one_owner(conversation, sophie, marc):
    say(conversation, sophie)
    moves.transfer(conversation.pk, sophie, f"adviser:{marc.pk}", "Rappeler la banque.")
    assert owner(conversation) == (Owner.AGENT, marc.pk)
    note = Note.objects.get()
    assert (note.text, note.about, note.after) == ("Rappeler la banque.", "Marc Exemple", conversation.last_number)
    with pytest.raises(TakenByOther):
        say(conversation, sophie)


def test_a_transfer_to_a_team_puts_it_back_into_the_queue(conversation, sophie, marc):
    Team.objects.create(slug="fraude", name="Fraude")
    say(conversation, sophie)
    moves.transfer(conversation.pk, sophie, "team:fraude", "")
    assert owner(conversation) == (Owner.WAITING, None)
    assert conversation.team == "fraude"
    say(conversation, marc)
    assert owner(conversation) == (Owner.AGENT, marc.pk)


@pytest.mark.parametrize("to", ["", "team:nowhere", "adviser:nobody", "adviser:00000000-0000-0000-0000-000000000000"])
def test_a_transfer_to_nobody_is_refused(conversation, sophie, to):
    with pytest.raises(LookupError):
        moves.transfer(conversation.pk, sophie, to, "")


def test_only_a_supervisor_gives_away_what_a_colleague_has(conversation, sophie, marc):
    say(conversation, sophie)
    with pytest.raises(TakenByOther):
        moves.transfer(conversation.pk, marc, f"adviser:{marc.pk}", "")
    boss = new_adviser("Anne Exemple", Role.SUPERVISOR)
    moves.transfer(conversation.pk, boss, f"adviser:{marc.pk}", "")
    assert owner(conversation) == (Owner.AGENT, marc.pk)


def test_the_bots_own_conversation_cannot_be_released(conversation, sophie):
    with pytest.raises(IllegalMove):
        moves.release(conversation.pk, sophie)


def test_every_move_leaves_an_event(conversation, sophie):
    hand_off(conversation, "asked")
    say(conversation, sophie)
    moves.release(conversation.pk, sophie)
    moves.close(conversation.pk, sophie, "solved")
    names = list(Event.objects.filter(conversation=conversation.pk).order_by("pk").values_list("name", flat=True))
    expected = ["moved_to_waiting", "moved_to_agent", "member_taken_over", "moved_to_bot", "moved_to_closed"]
    assert [name for name in names if name in expected] == expected


def test_a_member_who_writes_to_their_adviser_waits_until_the_answer(conversation, sophie):
    say(conversation, sophie)
    write(conversation)
    conversation.refresh_from_db()
    since = conversation.waiting_since
    assert since is not None
    write(conversation)
    conversation.refresh_from_db()
    assert conversation.waiting_since == since
    say(conversation, sophie)
    conversation.refresh_from_db()
    assert conversation.waiting_since is None


def test_on_telegram_the_answer_is_delivered_and_typing_is_shown_once_at_a_time(transactional_db, sophie):
    member = open_conversation("telegram", "815")
    say(member, sophie)
    for _ in range(3):
        handling.show_typing(member.pk, sophie.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, count(*) FROM procrastinate_jobs GROUP BY 1")
        jobs = dict(cursor.fetchall())
    assert jobs == {"deliver_telegram": 2, "show_telegram_typing": 1}  # the notice and the answer


def test_a_colleague_who_only_looks_shows_no_typing(transactional_db, sophie, marc):
    member = open_conversation("telegram", "815")
    say(member, sophie)
    handling.show_typing(member.pk, marc.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'show_telegram_typing'")
        assert cursor.fetchone() == (0,)


def test_what_the_member_has_erased_leaves_no_note_and_no_telephone_number(conversation, sophie, marc):
    CallBack.objects.create(conversation=conversation, phone="+32470000000")
    moves.transfer(conversation.pk, sophie, f"adviser:{marc.pk}", "Son numéro est le 0470 00 00 00.")
    erase(conversation.pk, keep=write(conversation).pk)
    assert not CallBack.objects.exists()
    assert not Note.objects.exists()


TRIES = 1000


def test_two_advisers_never_both_take_a_conversation(sophie, marc):
    """Both answer at the same moment, a thousand times: one is in, the other is told."""
    keys = [Conversation.objects.create(channel="web", owner=Owner.WAITING).pk for _ in range(TRIES)]
    start = threading.Barrier(2)
    outcome: dict[str, list[bool]] = {"sophie": [], "marc": []}

    def run(name: str, who) -> None:
        try:
            for key in keys:
                start.wait()
                try:
                    say_as(key, who.pk, "Bonjour", f"desk:{name}")
                    outcome[name].append(True)
                except TakenByOther:
                    outcome[name].append(False)
        except BaseException:
            start.abort()
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in (("sophie", sophie), ("marc", marc))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    both = [pair for pair in zip(outcome["sophie"], outcome["marc"], strict=True) if pair[0] == pair[1]]
    assert len(outcome["sophie"]) == TRIES
    assert both == []
    assert Message.objects.filter(author=Author.ADVISER).count() == TRIES
    assert Event.objects.filter(name="moved_to_agent").count() == TRIES
    wins = sum(outcome["sophie"])
    assert 0 < wins < TRIES, "one of them always came first: no race was run"
