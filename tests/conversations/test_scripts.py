"""Every script, played against the real engine, actions and database, on the web and on Telegram."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from statistics import median

import psutil
import pytest

from bot.catalogue import catalogue
from tests.conversations.adviser import Adviser
from tests.conversations.playing import Play
from tests.conversations.script import Script, scripts
from tests.conversations.talkers import OnTelegram, OnTheWeb, Talker
from tests.mail_server import MailServer
from tests.member import Member
from tests.stack import Stack, wait_until
from tests.telegram_chat import Chat
from tests.telegram_peer import TelegramPeer

pytestmark = pytest.mark.slow
SCRIPTS = scripts()
AT_ONCE = 3  # members who talk at the same time
TURNS, LONG = 20, 200
MOST_GROWTH = 1.5  # of what a turn costs, other work of the same processes included
MOST_QUESTIONS = {"full_story": 4, "one_line": 7}
Performance = Callable[[Script, str], Future[Play]]


def _played(script: Script, channel: str) -> object:
    gap = pytest.mark.xfail(reason=script.known_gap, strict=True, raises=AssertionError)
    return pytest.param(script, channel, id=f"{script.name}, {channel}", marks=[gap] if script.known_gap else [])


@pytest.fixture(scope="module")
def performance(
    request: pytest.FixtureRequest, mailing_stack: Stack, peer: TelegramPeer, mail: MailServer, adviser: Adviser
) -> Iterator[Performance]:
    """Begin all plays that were chosen, several at once, and return a way to wait for one."""
    begun: dict[tuple[str, str], Future[Play]] = {}

    def play(script: Script, channel: str) -> Play:
        talker: Talker = OnTheWeb(mailing_stack) if channel == "web" else OnTelegram(Chat(mailing_stack, peer))
        return Play(talker, mail, adviser).run(script)

    with ThreadPoolExecutor(AT_ONCE) as stage:

        def begin(script: Script, channel: str) -> Future[Play]:
            if (script.name, channel) not in begun:
                begun[script.name, channel] = stage.submit(play, script, channel)
            return begun[script.name, channel]

        for script, channel in _chosen(request.session):
            begin(script, channel)
        yield begin
        stage.shutdown(cancel_futures=True)


def _chosen(session: pytest.Session) -> list[tuple[Script, str]]:
    """Return what this run of pytest is to play."""
    params = [
        item.callspec.params
        for item in session.items
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
    ]
    return [(each["script"], each["channel"]) for each in params if "script" in each and "channel" in each]


@pytest.mark.parametrize(
    ("script", "channel"), [_played(script, channel) for script in SCRIPTS for channel in script.channels]
)
def test_the_conversation_goes_as_written(script: Script, channel: str, performance: Performance):
    performance(script, channel).result()


@pytest.mark.parametrize("kind", MOST_QUESTIONS)
def test_the_median_number_of_questions_is_low(kind: str, performance: Performance):
    counted = [script for script in SCRIPTS if script.kind == kind and not script.known_gap]
    plays = [performance(script, channel) for script in counted for channel in script.channels]
    questions = sorted(
        play.result().questions for play in plays if play.exception() is None
    )  # those fail by themselves
    print(f"{kind}: median {median(questions)} of {questions}")  # pytest -rP shows it
    assert median(questions) <= MOST_QUESTIONS[kind], questions


def test_names_are_unique():
    names = [script.name for script in SCRIPTS]
    assert len(set(names)) == len(names)


def test_every_sub_type_has_a_script_whose_questions_are_counted():
    opened = {
        (step.claim.family, step.claim.subtype)
        for script in SCRIPTS
        if script.kind
        for step in script.steps
        if step.claim
    }
    every = {(family.id, name) for family in catalogue().families.values() for name in family.subtypes}
    assert opened == every


def test_the_200th_turn_costs_no_more_than_the_first_ones(mailing_stack: Stack):
    cost_of(Member.arrives(mailing_stack), TURNS)  # the first ones of all load what later ones find loaded
    member = Member.arrives(mailing_stack)
    fresh = cost_of(member, TURNS)
    for _ in range(LONG - 2 * TURNS):
        member.send("merci")
    wait_until(lambda: member.answers_by_message()[-1][1], 60)
    late = cost_of(member, TURNS)
    print(f"seconds of processor for {TURNS} turns: {fresh:.2f} at first, {late:.2f} after {LONG - TURNS}")
    assert late < MOST_GROWTH * fresh


def cost_of(member: Member, turns: int) -> float:
    """Return the seconds of processor that the engine, the actions, the worker and the page take for some turns."""
    processes = [psutil.Process(member.stack.pid(name)) for name in ("engine", "actions", "worker", "web")]
    before = sum(sum(process.cpu_times()[:2]) for process in processes)
    for _ in range(turns):
        member.says("merci")
    return sum(sum(process.cpu_times()[:2]) for process in processes) - before
