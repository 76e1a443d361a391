"""Processes are killed (SIGKILL) in the middle: nothing is lost or done twice, nobody is left without a word."""

import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest

from tests.member import Member
from tests.sse import listening
from tests.stack import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
#: Five messages of which each has exactly one reply.
SAYINGS = ("bonjour", "êtes-vous un robot ?", "où vont mes données ?", "où en est mon dossier ?", "merci")
STORY = "hier soir j'ai cliqué sur un faux SMS et ce matin 850 € ont disparu"
CONFIRM = "C'est exact, ouvrir le dossier"
BACK_SECONDS = 60  # until a killed process works again on a busy machine; 4 to 15 on an idle one
HONEST_SECONDS = 12  # the member's patience is 8, and one last attempt may be under way


@pytest.fixture(autouse=True)
def _whole_again(stack):
    """Each test begins and ends with everything running."""
    wait_until(stack.is_healthy, BACK_SECONDS)
    yield
    wait_until(stack.is_healthy, BACK_SECONDS)


def stored(stack):
    """Return how many messages of members there are."""
    return stack.rows("SELECT count(*) AS n FROM conversations_message WHERE author = 'member'")[0]["n"]


def wait_until_answered(members, seconds=BACK_SECONDS):
    unanswered = (
        "SELECT 1 FROM conversations_message "
        "WHERE author = 'member' AND answered_at IS NULL AND conversation_id::text = ANY(%s)"
    )
    conversations = [member.conversation for member in members]
    wait_until(lambda: not members[0].stack.rows(unanswered, conversations), seconds)


def assert_each_message_has_one_answer_in_order(member, messages):
    answers = [number for _, numbers in member.answers_by_message() for number in numbers]
    assert len(answers) == messages
    assert answers == sorted(answers)
    numbers = [message["id"] for message in member.messages()]
    assert numbers == list(range(1, 2 * messages + 1))


def answered_after(member):
    """Return the time from the latest message to its answer."""
    sent, replied = (
        member.stack.rows(
            "SELECT sent_at FROM conversations_message WHERE conversation_id = %s AND number = %s",
            member.conversation,
            number,
        )[0]["sent_at"]
        for number in (member.last, member.replies(member.last)[0]["id"])
    )
    return replied - sent


def outage_told(member):
    """Return whether the member heard of an outage; then, all that belongs to it must be so."""
    texts = [message["text"] for message in member.replies(member.last)]
    outages = [text for text in texts if "problème technique" in text]
    if outages:
        assert len(texts) == 1, "an outage or an answer, never both"
        assert "**078 170 170**" in outages[0]
        assert (member.row["owner"], member.row["owner_reason"]) == ("waiting", "engine_failure")
    else:
        assert member.row["owner"] == "bot"
    return bool(outages)


def test_a_killed_worker_loses_and_doubles_nothing(stack):
    members = [Member.arrives(stack) for _ in range(6)]
    for round_, text in enumerate(SAYINGS):
        for member in members:
            member.send(text)
        if round_ == 2:
            before = stack.kill("worker")
    wait_until_answered(members)

    assert stack.pid("worker") != before
    for member in members:
        assert_each_message_has_one_answer_in_order(member, len(SAYINGS))
        assert member.row["owner"] == "bot", "a killed worker is no outage"


def test_jobs_of_a_killed_worker_go_on_within_seconds_of_the_next_ones_start(stack):
    worker = stack.rows("SELECT id FROM procrastinate_workers ORDER BY last_heartbeat DESC LIMIT 1")[0]["id"]
    stack.kill("worker")
    job = stack.rows(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id) "
        "VALUES ('answers', 'answer_message', '{\"message_id\": 0}', 'doing', %s) RETURNING id",
        worker,
    )[0]["id"]
    wait_until((stack.var / "run" / "worker.ready").exists, BACK_SECONDS)
    wait_until(lambda: not stack.rows("SELECT 1 FROM procrastinate_jobs WHERE id = %s", job), 10)


def test_a_killed_engine_means_an_answer_or_an_honest_word_within_seconds_and_never_both(stack):
    members = [Member.arrives(stack) for _ in range(6)]
    for member in members:
        member.send(STORY)
    stack.kill("engine")
    outages = [member for member in members if outage_told(member)]
    assert all(answered_after(member) < timedelta(seconds=HONEST_SECONDS) for member in members)

    wait_until(stack.is_healthy, BACK_SECONDS)
    assert "assistant" in Member.arrives(stack).says("bonjour").text
    for member in outages[:1]:
        member.taps("Continuer avec l'assistant")
        heard = member.says(STORY).text  # the actions may have begun the draft before the engine died
        assert "1. " in heard or "déjà commencé" in heard
        assert "078 170 170" in heard
    assert all(len(member.messages()) in (2, 3) for member in members if member not in outages[:1])


def test_a_killed_web_process_loses_and_doubles_nothing_for_clients_that_send_again(stack):
    members = [Member.arrives(stack) for _ in range(5)]
    before = stored(stack)

    def talk(member):
        for number, text in enumerate(SAYINGS):
            member.send_through_trouble(text, client_id=f"c{number}")

    with ThreadPoolExecutor(len(members)) as pool:
        talking = [pool.submit(talk, member) for member in members]
        wait_until(lambda: stored(stack) > before + len(members), BACK_SECONDS, pause=0.01)
        stack.kill("web")
        for each in talking:
            each.result(BACK_SECONDS)
    wait_until_answered(members)
    for member in members:
        assert_each_message_has_one_answer_in_order(member, len(SAYINGS))


def test_a_stream_goes_on_where_a_killed_web_process_left_it(stack):
    member = Member.arrives(stack)
    seen, first_there = [], threading.Event()

    def listen():
        """Listen as a browser does: again and again, from the last event on."""
        while len(seen) < 4:
            try:
                with listening(stack.url, member.token, **{"Last-Event-ID": str(max(seen, default=0))}) as events:
                    for event in events:
                        if event.name == "message":
                            seen.append(int(event.id))
                        if len(seen) >= 2:
                            first_there.set()
                        if len(seen) >= 4:
                            return
            except httpx.HTTPError:
                threading.Event().wait(0.1)

    listener = threading.Thread(target=listen)
    listener.start()
    member.send("bonjour")
    assert first_there.wait(BACK_SECONDS)
    stack.kill("web")
    member.send_through_trouble("merci", client_id="second")
    listener.join(BACK_SECONDS)
    assert seen == [1, 2, 3, 4]


def test_killed_actions_are_a_failure_that_is_seen_and_no_claim_lacks_an_answer(stack):
    at_the_recap = Member.arrives(stack)
    heard = at_the_recap.says(STORY)
    while not heard.cards:
        heard = at_the_recap.taps("Je ne sais pas")
    asked = {line["field"] for line in heard.cards[-1]["lines"]}
    confirm = next(button["token"] for button in heard.messages[-1]["buttons"] if button["title"] == CONFIRM)
    telling = Member.arrives(stack)

    stack.kill("actions")
    at_the_recap.send(button=confirm)
    telling.send(STORY)

    assert outage_told(at_the_recap) == (not at_the_recap.claims)
    assert outage_told(telling) or "1. " in telling.messages()[1]["text"]
    assert all(answered_after(member) < timedelta(seconds=HONEST_SECONDS) for member in (at_the_recap, telling))
    for claim in at_the_recap.claims:
        assert asked <= set(claim["answers"])
    assert telling.claims == []

    wait_until(stack.is_healthy, BACK_SECONDS)
    assert "1. " in Member.arrives(stack).says(STORY).text


def test_hanging_actions_are_told_within_seconds_and_other_conversations_go_on_afterwards(stack):
    member = Member.arrives(stack)
    stack.signal("actions", signal.SIGSTOP)
    try:
        member.send(STORY)
        assert outage_told(member)
        assert answered_after(member) < timedelta(seconds=HONEST_SECONDS)
    finally:
        stack.signal("actions", signal.SIGCONT)
    assert "1. " in Member.arrives(stack).says(STORY).text
    said = [message for message in member.messages() if message["author"] == "bot"]
    assert len(said) == 1, "the late answer is not said after the outage"
