"""Keeps Rasa 3.6.21 from importing TensorFlow (360 MB, 2 s) where config.yml names no component that needs it."""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any, Dict, Optional, Sequence, Text, Tuple

import yaml

CONFIG = Path("config.yml")  # in the working directory, where Rasa looks for it
OTHER_CONFIG = ("-c", "--config")
#: Rasa's components around a TensorFlow model, by module; Rasa imports them wherever it lists its components.
COMPONENTS = {
    "rasa.core.policies.ted_policy": ("TEDPolicy",),
    "rasa.core.policies.unexpected_intent_policy": ("UnexpecTEDIntentPolicy",),
    "rasa.nlu.classifiers.diet_classifier": ("DIETClassifier",),
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer": ("ConveRTFeaturizer",),
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer": ("LanguageModelFeaturizer",),
    "rasa.nlu.selectors.response_selector": ("ResponseSelector",),
}
#: Those, and what only they use of a module that Rasa imports for other reasons too, `rasa.utils.train_utils`.
LEFT_OUT = {
    **COMPONENTS,
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator",),
}
NEEDING = frozenset(name for names in COMPONENTS.values() for name in names)
KNOWN = ("rasa.", "engine.")  # whose other components need none; anybody else's may be built on one of these


class _Absent(type):
    """The class of classes that may stand in Rasa's lists of components, and cannot be used or built upon."""

    def __init__(cls, name: Text, bases: Tuple[Any, ...], attributes: Dict[Text, Any]) -> None:
        super().__init__(name, bases, attributes)
        if bases:
            raise _left_out(bases[0].__name__)

    def __getattr__(cls, name: Text) -> Any:
        raise _left_out(cls.__name__)


def _left_out(name: Text) -> ImportError:
    return ImportError(
        f"{name} needs TensorFlow, which is left out because {CONFIG} names no component that needs it: "
        f"name {name} there, or run `python -m rasa` in the place of `python -m engine`."
    )


class _Finder(MetaPathFinder, Loader):
    """Finds each module of `LEFT_OUT`, and gives it nothing but its absent classes."""

    def find_spec(self, name: Text, _path: Any, _target: Any = None) -> Optional[ModuleSpec]:
        return ModuleSpec(name, self) if name in LEFT_OUT else None

    def exec_module(self, module: ModuleType) -> None:
        for name in LEFT_OUT[module.__name__]:
            setattr(module, name, _Absent(name, (), {"__module__": module.__name__}))


def leave_out(arguments: Sequence[Text]) -> None:
    """Have Rasa do without TensorFlow where it can, for a command with these arguments.

    To be called before Rasa is imported. A configuration that is named there is not looked into: it gets TensorFlow.
    """
    if not any(argument.split("=")[0] in OTHER_CONFIG for argument in arguments) and not is_needed(CONFIG):
        sys.meta_path.insert(0, _Finder())


def is_needed(config: Path) -> bool:
    """Tell whether a component in this file may need TensorFlow; Rasa's default ones do, where it names none."""
    if not config.exists():
        return True
    content = yaml.safe_load(config.read_bytes()) or {}
    parts = [[str(component["name"]) for component in content.get(part) or []] for part in ("pipeline", "policies")]
    return not all(parts) or any(_may_need(name) for part in parts for name in part)


def _may_need(name: Text) -> bool:
    return name.split(".")[-1] in NEEDING or ("." in name and not name.startswith(KNOWN))
