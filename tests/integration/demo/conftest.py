"""A small demo in an empty installation, without the encoder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.conversations import evidence
from bot.demo import waves
from bot.settings import settings


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> Iterator[None]:
    monkeypatch.setattr(settings(), "var", tmp_path)
    monkeypatch.setattr(waves, "ENGINE_PYTHON", tmp_path / "none")
    evidence.store.cache_clear()
    yield
    evidence.store.cache_clear()
