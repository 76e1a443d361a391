import json
import subprocess
import sys

import psutil
import pytest

from bot.runtime import records

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)",
]


@pytest.fixture
def sleeper():
    with subprocess.Popen(SLEEP) as process:
        yield process
        process.kill()


def test_an_orphan_is_found_and_ended(tmp_path, sleeper):
    records.remember(tmp_path, "worker", sleeper.pid)

    assert records.end_orphans(tmp_path) == ["worker"]

    assert not psutil.pid_exists(sleeper.pid)
    assert not list(tmp_path.iterdir())


def test_a_foreign_process_that_reuses_the_number_is_left_alone(tmp_path, sleeper):
    (tmp_path / "worker.json").write_text(json.dumps({"pid": sleeper.pid, "created": 1.0}))

    assert records.end_orphans(tmp_path) == []

    assert psutil.pid_exists(sleeper.pid)
    assert sleeper.poll() is None
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": "x", "created": 1}', '{"pid": 1}'])
def test_a_damaged_record_is_removed(tmp_path, content):
    (tmp_path / "worker.json").write_text(content)

    assert records.end_orphans(tmp_path) == []

    assert not list(tmp_path.iterdir())


def test_a_process_that_ignores_the_request_is_killed():
    with subprocess.Popen(STUBBORN, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        records.end(psutil.Process(process.pid), grace=0.3)
        assert process.wait(5) in (-9, 0)  # psutil may have reaped it already
