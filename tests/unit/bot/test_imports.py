import subprocess
import sys
from importlib import import_module

import pytest

from bot.imports import hollow, without
from bot.runtime.environment import LEAVE_TELEGRAM_OUT
from bot.settings import ROOT

RARE = {"duckdb", "fpdf", "obstore", "PIL", "rich", "sanic", "unittest"}
PROCESSES = {
    "web": "import bot.asgi",
    "worker": "import bot.runtime.worker, django; django.setup()",
    "actions": "import actions.server",
}


@pytest.mark.parametrize("begins", PROCESSES.values(), ids=PROCESSES)
def test_a_process_starts_without_what_it_rarely_or_never_needs(begins, monkeypatch):
    monkeypatch.setenv(LEAVE_TELEGRAM_OUT, "1")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "bot.django_config")
    told = [sys.executable, "-c", f"{begins}; import sys; print(*sys.modules)"]
    loaded = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert "django" in loaded
    assert sorted(RARE & set(loaded)) == []


@pytest.fixture
def library(tmp_path, monkeypatch) -> str:
    """A package with a module, that nobody has imported."""
    (tmp_path / "invented_library").mkdir()
    (tmp_path / "invented_library" / "__init__.py").write_text("content = 1\n")
    (tmp_path / "invented_library" / "part.py").write_text("content = 2\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield "invented_library"
    for name in ("invented_library", "invented_library.part"):
        sys.modules.pop(name, None)


def test_a_package_is_missing_in_the_block_and_there_afterwards(library):
    with without(library), pytest.raises(ModuleNotFoundError):
        import_module(library)
    assert import_module(library).content == 1


def test_a_hollow_package_has_its_modules_but_not_its_own_content(library):
    with hollow(library, given=3):
        assert vars(import_module(library)).get("content") is None
        assert import_module(library).given == 3
        assert import_module(f"{library}.part").content == 2
    assert import_module(library).content == 1


def test_a_package_that_is_loaded_already_stays_as_it_is(library):
    loaded = import_module(library)
    with without(library), hollow(library, given=3):
        assert import_module(library) is loaded
    assert sys.modules[library] is loaded
