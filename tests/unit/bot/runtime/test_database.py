import pytest

from bot.runtime.database import SMALL, _write_settings


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "postgresql.conf"
    path.write_text("max_connections = 100\n", encoding="utf-8")
    return path


def test_the_settings_are_added_to_what_is_there(file):
    _write_settings(file)
    lines = file.read_text().splitlines()
    assert lines[0] == "max_connections = 100"
    assert {f"{name} = '{value}'" for name, value in SMALL.items()} <= set(lines)


def test_a_second_start_changes_nothing(file):
    _write_settings(file)
    written = file.read_text()
    _write_settings(file)
    assert file.read_text() == written


def test_what_an_operator_sets_below_stays_there(file):
    _write_settings(file)
    own = "shared_buffers = '1GB'\n"
    file.write_text(file.read_text().replace("24MB", "8MB") + own, encoding="utf-8")
    _write_settings(file)
    text = file.read_text()
    assert text.endswith(own)
    assert "8MB" not in text
    assert text.count("shared_buffers") == 2
