"""The supervisor, for real: what it left behind is taken care of, what is busy is told in one sentence."""

import socket
import subprocess
import sys

import pytest

from tests.member import Member
from tests.stack import ROOT, Stack, is_running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
PROCESSES = ("engine", "actions", "worker", "web", "telegram")


def test_after_a_kill_of_the_supervisor_the_next_start_recovers(stack):
    member = Member.arrives(stack)
    member.says("bonjour")
    orphans = {name: stack.pid(name) for name in PROCESSES}
    stack.kill("supervisor")
    assert all(is_running(pid) for pid in orphans.values())

    stack.start()

    assert not any(is_running(pid) for pid in orphans.values())
    assert member.says("merci").text
    assert len(member.messages()) == 4


def test_a_second_start_in_the_same_folder_is_refused_in_one_sentence(stack):
    output = stack.output
    done = _run(stack)
    assert done.returncode == 1
    assert "already runs" in done.stderr
    assert done.stderr.strip().count("\n") == 0
    assert stack.output == output


def test_a_busy_port_is_told_in_one_sentence_and_nothing_is_left_running(tmp_path):
    stack = Stack(tmp_path / "var")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", stack.ports["web"]))
        taken.listen()
        done = _run(stack)
    stack.stop()
    assert done.returncode == 1
    assert f"Port {stack.ports['web']}" in done.stderr
    assert "CYBERCARE_PORT" in done.stderr
    assert done.stderr.strip().count("\n") == 0
    assert not (stack.var / "postgres" / "postmaster.pid").exists()


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
