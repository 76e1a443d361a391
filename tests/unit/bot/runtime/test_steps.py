import os
import signal
import threading
import time

import psutil
import pytest

from bot.errors import StartupProblem
from bot.runtime import steps

SLOW = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"


@pytest.fixture
def interruptible():
    """Hear Ctrl-C also where a shell started the tests in the background, which makes them deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_a_step_gives_what_it_prints():
    assert steps.take("-c", "print('postgresql://')") == "postgresql://\n"


def test_a_step_that_people_read_gives_nothing(capfd):
    assert steps.take("-c", "print('trained')", is_shown=True) == ""
    assert capfd.readouterr().out == "trained\n"


def test_a_step_that_fails_says_why_in_its_own_sentence():
    with pytest.raises(StartupProblem, match=r"^The disk is full\.$"):
        steps.take("-c", "import sys; sys.exit('Error: The disk is full.')")


def test_a_relative_folder_stays_where_it_is(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CYBERCARE_VAR", "mine")
    steps.settings.cache_clear()
    assert steps.take("-c", "import os; print(os.environ['CYBERCARE_VAR'])") == f"{tmp_path / 'mine'}\n"
    monkeypatch.undo()
    steps.settings.cache_clear()


def test_an_interrupted_step_leaves_no_process_behind(interruptible):
    me = psutil.Process()
    others = set(me.children(recursive=True))  # of tests before, as the database

    def interrupt() -> None:
        while len(set(me.children(recursive=True)) - others) < 2:
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        steps.take("-c", SLOW)
    assert set(me.children(recursive=True)) <= others
