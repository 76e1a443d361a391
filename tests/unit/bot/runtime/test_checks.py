import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple

import pytest

from bot.errors import StartupProblem
from bot.runtime.checks import check_engine_environment, check_port, check_room, only_one


def test_a_busy_port_is_told_with_the_setting_that_moves_it():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StartupProblem, match=rf"Port {port} on 127.0.0.1 .*CYBERCARE_PORT"):
            check_port("127.0.0.1", port, "CYBERCARE_PORT")


def test_a_free_port_passes():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    check_port("127.0.0.1", port, "CYBERCARE_PORT")


def test_a_full_disk_is_told_in_one_sentence(monkeypatch, tmp_path):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9 - 10**6, 10**6))
    with pytest.raises(StartupProblem, match=r"is full \(1 MB left, 500 MB needed\)"):
        check_room(tmp_path)


def test_a_missing_engine_interpreter_names_the_command_that_installs_it(tmp_path):
    with pytest.raises(StartupProblem, match="make setup"):
        check_engine_environment(tmp_path / "python")


def test_a_second_start_in_the_same_folder_names_the_first(tmp_path):
    with only_one(tmp_path), pytest.raises(StartupProblem, match=f"process {os.getpid()}"), only_one(tmp_path):
        pass


def test_the_folder_is_free_again_after_its_holder_was_killed(tmp_path):
    code = (
        "import os, pathlib, signal, sys; from bot.runtime.checks import only_one\n"
        "with only_one(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert killed.returncode == -9
    with only_one(tmp_path):
        pass
