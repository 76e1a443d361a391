import stat
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"


@pytest.fixture
def interpreters(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import interpreters

    return interpreters


@pytest.fixture
def bootstrap(interpreters):
    import bootstrap

    return bootstrap


HERE = "{}.{}".format(*sys.version_info[:2])


def fake_python(folder, name, script):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return path


def test_an_interpreter_on_path_that_does_not_work_is_passed_over(interpreters, monkeypatch, tmp_path):
    fake_python(tmp_path / "shims", "python3.10", "echo 'pyenv: python3.10: command not found' >&2; exit 127")
    working = fake_python(tmp_path / "home/.pyenv/versions/3.10.13/bin", "python3.10", "echo 3.10")
    monkeypatch.setenv("PATH", str(tmp_path / "shims"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert interpreters.find(["3.10"]) == str(working)


def test_the_newest_built_interpreter_is_tried_first(interpreters, monkeypatch, tmp_path):
    for patch in ("3.10.9", "3.10.13"):
        fake_python(tmp_path / f".pyenv/versions/{patch}/bin", "python3.10", "echo 3.10")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert "3.10.13" in interpreters.find(["3.10"])


def test_no_interpreter_is_none(interpreters, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert interpreters.find(["3.10"]) is None


def test_an_interpreter_of_another_version_does_not_count(interpreters):
    assert interpreters.works(sys.executable, HERE)
    assert not interpreters.works(sys.executable, "3.10")


def test_an_environment_is_current_until_its_lock_file_changes(bootstrap, monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    (tmp_path / "requirements.txt").write_text("a==1")
    (tmp_path / "requirements-dev.txt").write_text("b==1")
    environment = bootstrap.Environment(tmp_path / ".venv", [HERE], "requirements-dev.txt", ("requirements.txt",))
    (tmp_path / ".venv/bin").mkdir(parents=True)
    environment.python.symlink_to(sys.executable)
    assert not environment.is_current()
    environment.seal()
    assert environment.is_current()
    assert bootstrap.Environment(tmp_path / ".venv", [HERE], "requirements.txt").is_current()
    (tmp_path / "requirements-dev.txt").write_text("b==2")
    assert not environment.is_current()


def test_an_environment_whose_interpreter_is_gone_is_not_current(bootstrap, monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    (tmp_path / "requirements.txt").write_text("a==1")
    environment = bootstrap.Environment(tmp_path / ".venv", [HERE], "requirements.txt")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    environment.python.symlink_to(tmp_path / "gone")
    environment.seal()
    assert not environment.is_current()


def test_a_setup_without_room_ends_with_one_sentence(bootstrap, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "TOOLS", tmp_path / ".tools")
    monkeypatch.setattr(bootstrap, "ROOM_GIGABYTES", 10**9)
    monkeypatch.setattr(bootstrap, "find_uv", lambda: "uv")
    for lock in ("requirements.txt", "engine/requirements.txt"):
        (tmp_path / lock).parent.mkdir(exist_ok=True)
        (tmp_path / lock).write_text("a==1")
    assert bootstrap.main([]) == 1
    told = capsys.readouterr().err
    assert told.startswith("Setup stopped: the disk has less than")
    assert told.count("\n") == 1
