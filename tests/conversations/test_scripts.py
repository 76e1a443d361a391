"""Every script, played against the real engine, actions and database, on the web and on Telegram."""

from collections import defaultdict
from statistics import median

import pytest

from tests.conversations.playing import Play
from tests.conversations.script import Script, scripts
from tests.conversations.talkers import OnTelegram, OnTheWeb, Talker
from tests.telegram_chat import Chat

pytestmark = pytest.mark.slow
SCRIPTS = scripts()
PLAYED = [
    pytest.param(script, channel, id=f"{script.name}, {channel}") for script in SCRIPTS for channel in script.channels
]
#: Questions asked per claim, by how much the member told at first; filled by the plays.
questions: dict[str, list[int]] = defaultdict(list)
MOST_QUESTIONS = {"full_story": 4, "one_line": 7}


@pytest.fixture
def talker(channel: str, stack, stack_peer) -> Talker:
    return OnTheWeb(stack) if channel == "web" else OnTelegram(Chat(stack, stack_peer))


@pytest.mark.parametrize(("script", "channel"), PLAYED)
def test_the_conversation_goes_as_written(script: Script, talker: Talker):
    played = Play(talker).run(script)
    if script.kind:
        questions[script.kind].append(played.questions)


@pytest.mark.parametrize("kind", MOST_QUESTIONS)
def test_the_median_number_of_questions_is_low(kind: str, record_property):
    if not questions[kind]:
        pytest.skip("no script of this kind was played")
    record_property("median questions", median(questions[kind]))
    assert median(questions[kind]) <= MOST_QUESTIONS[kind], sorted(questions[kind])


def test_names_are_unique_and_every_sub_type_has_its_script():
    names = [script.name for script in SCRIPTS]
    assert len(set(names)) == len(names)
