"""Repairs of `rasa train` in Rasa 3.6.21, which makes detours: without them it takes a third of the time."""

from __future__ import annotations

from functools import partial
from typing import Any, Dict, Text

import rasa.shared.utils.io as rasa_io
from rasa.engine.storage.local_model_storage import TarSafe
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.message import Message

PACKED_LIGHTLY = 1  # gzip's level: weights hardly shrink, whatever the effort


def apply() -> None:
    """Patch Rasa for this process, which does nothing but train."""
    _read_the_data_once()
    _copy_no_examples()
    _read_by_libyaml()
    TarSafe.gzopen = partial(TarSafe.gzopen, compresslevel=PACKED_LIGHTLY)


def _read_the_data_once() -> None:
    """Give the training the data that was validated: Rasa reads all of it again."""
    original = TrainingDataImporter.load_from_config
    known: Dict[Text, TrainingDataImporter] = {}

    def load(config_path: Text, domain_path: Any = None, training_data_paths: Any = None, args: Any = None) -> Any:
        key = repr((config_path, domain_path, training_data_paths))
        if key not in known:
            known[key] = original(config_path, domain_path, training_data_paths, args)
        return known[key]

    TrainingDataImporter.load_from_config = staticmethod(load)


def _copy_no_examples() -> None:
    """Let each merge of files share their examples, which nothing changes: Rasa copies all of them a dozen times."""
    Message.__deepcopy__ = lambda example, _memo: example


def _read_by_libyaml() -> None:
    """Parse in C where the data is validated, too; what is lost is the line number in a complaint about its shape."""
    original = rasa_io.read_yaml

    def read_yaml(content: Text, reader_type: Any = "safe") -> Any:
        return original(content, "safe" if reader_type == ["safe", "rt"] else reader_type)

    rasa_io.read_yaml = read_yaml
