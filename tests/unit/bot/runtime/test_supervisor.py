import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from bot.errors import StartupProblem
from bot.runtime.children import Child
from bot.runtime.supervisor import Supervisor, cut_log, put_log_away

SLEEP = "import time; time.sleep(60)"


def child(code, is_healthy=lambda: True):
    return Child("worker", [sys.executable, "-c", code], dict(os.environ), is_healthy)


def supervised(tmp_path, *children):
    return Supervisor(list(children), tmp_path, lambda: None)


def test_a_process_that_keeps_dying_ends_the_start_with_the_name_of_its_log(tmp_path):
    supervisor = supervised(tmp_path, child("raise SystemExit(3)", lambda: False))
    supervisor.start()
    with pytest.raises(StartupProblem, match=r"worker process keeps ending: .*worker\.log"):
        supervisor.wait_until_healthy()
    supervisor.stop()


def test_a_sign_in_the_log_that_waiting_is_in_vain_ends_the_start_at_once(tmp_path):
    code = "print('Could not load model', flush=True); import time; time.sleep(60)"
    broken = replace(child(code, lambda: False), fatal=("Could not load model", "The model is broken."))
    supervisor = supervised(tmp_path, broken)
    supervisor.start()
    with pytest.raises(StartupProblem, match=r"^The model is broken\.$"):
        supervisor.wait_until_healthy()
    supervisor.stop()


def test_a_killed_process_is_started_again(tmp_path):
    supervisor = supervised(tmp_path, child(SLEEP))
    supervisor.start()
    try:
        kept = supervisor._kept[0]
        first = kept.process
        first.kill()
        first.wait()
        deadline = time.monotonic() + 10
        while (kept.process is None or kept.process is first) and time.monotonic() < deadline:
            kept.tend()
        assert kept.process not in (None, first)
        assert kept.process.poll() is None
    finally:
        supervisor.stop()


@pytest.fixture
def hanging(tmp_path, monkeypatch):
    """A listening process that runs but does not answer; nobody waits in these tests."""
    monkeypatch.setattr("bot.runtime.supervisor.ASK_SECONDS", 0.0)
    supervisor = supervised(tmp_path, replace(child(SLEEP, lambda: False), port=1))
    put_log_away(supervisor._kept[0].log)
    supervisor._kept[0].start()
    yield supervisor._kept[0]
    supervisor.stop()


def test_a_process_that_does_not_answer_any_more_is_killed(hanging):
    hanging.answered_at = hanging.started_at + 0.001
    hanging.started_at -= 61
    hanging.answered_at -= 61
    hanging.watch()
    assert hanging.process.wait(10) == -signal.SIGKILL


def test_a_process_gets_more_time_until_it_answers_for_the_first_time(hanging):
    hanging.started_at -= 61
    hanging.watch()
    assert hanging.process.poll() is None


def test_stopping_leaves_no_process_and_no_record(tmp_path):
    supervisor = supervised(tmp_path, child(SLEEP))
    supervisor.start()
    process = supervisor._kept[0].process
    supervisor.stop()
    assert process.returncode == -signal.SIGTERM
    assert not list((tmp_path / "run").iterdir())


def test_the_last_log_is_kept_and_a_new_one_begun(tmp_path):
    log = tmp_path / "logs" / "web.log"
    put_log_away(log)
    log.write_text("before")
    put_log_away(log)
    assert not log.exists()
    assert log.with_suffix(".log.1").read_text() == "before"


def test_a_large_log_is_cut_while_its_writer_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.runtime.supervisor.LOG_BYTES", 5)
    log = tmp_path / "web.log"
    with log.open("a") as writer:
        writer.write("0123456789")
        writer.flush()
        cut_log(log)
        writer.write("next")
    assert log.read_text() == "next"


def test_the_command_ends_with_one_sentence_when_a_setting_is_wrong():
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "run"],
        env={**os.environ, "CYBERCARE_PORT": "many"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "A setting is wrong (port:" in done.stderr.lower().replace("a setting", "A setting")
    assert "Traceback" not in done.stderr
