"""The supervisor, for real: what is killed comes back, what is stopped is gone, what is busy is told."""

import socket
import subprocess
import sys

import psycopg
import pytest
import requests

from tests.stack import ROOT, Stack, is_running, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
PROCESSES = ("engine", "actions", "worker", "web")


@pytest.fixture
def own_stack(tmp_path):
    stack = Stack(tmp_path / "var")
    yield stack
    stack.stop()


def test_after_a_kill_of_the_supervisor_the_next_start_recovers_and_the_end_leaves_nothing(own_stack):
    own_stack.start()
    orphans = {name: own_stack.pid(name) for name in PROCESSES}
    own_stack.kill("supervisor")
    assert all(is_running(pid) for pid in orphans.values())

    own_stack.start()

    assert not any(is_running(pid) for pid in orphans.values())
    assert requests.get(own_stack.url, timeout=5).status_code == 200
    present = [own_stack.pid(name) for name in PROCESSES]
    assert own_stack.stop() == 0
    assert not any(is_running(pid) for pid in present)
    assert not (own_stack.var / "postgres" / "postmaster.pid").exists()
    assert not list((own_stack.var / "run").glob("*.json"))


@pytest.mark.parametrize("name", ["worker", "actions", "web"])
def test_a_killed_process_comes_back(stack, name):
    before = stack.kill(name)

    wait_until(lambda: (stack.var / "run" / f"{name}.json").exists() and stack.pid(name) != before, 20)

    assert is_running(stack.pid(name))
    wait_until(lambda: _answers(stack.url), 30)


def test_a_second_start_in_the_same_folder_is_refused_in_one_sentence(stack):
    output = stack.output
    done = _run(stack)
    assert done.returncode == 1
    assert "already runs" in done.stderr
    assert done.stderr.strip().count("\n") == 0
    assert stack.output == output


def test_a_busy_port_is_told_in_one_sentence_and_nothing_is_left_running(own_stack):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", own_stack.ports["web"]))
        taken.listen()
        done = _run(own_stack)
    assert done.returncode == 1
    assert f"Port {own_stack.ports['web']}" in done.stderr
    assert "CYBERCARE_PORT" in done.stderr
    assert done.stderr.strip().count("\n") == 0
    assert not (own_stack.var / "postgres" / "postmaster.pid").exists()


def test_jobs_of_a_killed_worker_are_done_by_the_next_within_ten_seconds(stack):
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        worker = connection.execute("SELECT id FROM procrastinate_workers ORDER BY id DESC LIMIT 1").fetchone()[0]
        stack.kill("worker")
        job = connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id) "
            "VALUES ('answers', 'answer_message', '{\"message_id\": 0}', 'doing', %s) RETURNING id",
            [worker],
        ).fetchone()[0]
        gone = "SELECT NOT EXISTS (SELECT 1 FROM procrastinate_jobs WHERE id = %s)"
        wait_until(lambda: connection.execute(gone, [job]).fetchone()[0], 12)


def _answers(url):
    try:
        return requests.get(url, timeout=2).status_code == 200
    except requests.RequestException:
        return False


def _run(stack):
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", "run"],
        cwd=ROOT,
        env=stack.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
