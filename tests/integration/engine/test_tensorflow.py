"""The engine's own Python: it does without TensorFlow, and gets the real one where a configuration asks for it."""

import json
import subprocess

import pytest

from bot.runtime.children import ENGINE, ENGINE_PYTHON, MODEL
from bot.runtime.environment import QUIET_RASA
from bot.settings import ROOT

pytestmark = pytest.mark.slow
FIND_DIET = """
import sys
from engine.without_tensorflow import leave_out
leave_out([])
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
found = DefaultV1Recipe._from_registry("DIETClassifier")
print(found.clazz.__module__, "tensorflow" in sys.modules)
"""


def test_a_message_is_read_and_tensorflow_never_imported():
    command = [ENGINE_PYTHON, "-X", "importtime", *ENGINE[1:], "parse", str(MODEL)]
    message = json.dumps({"text": "on a vidé mon compte bancaire"})
    done = subprocess.run(
        command, cwd=ROOT, env=QUIET_RASA, input=message, capture_output=True, text=True, check=True, timeout=120
    )
    assert json.loads(done.stdout)["ranking"][0]["name"] == "report_fraud"
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if "|" in line}
    assert "rasa.core.policies.rule_policy" in imported
    assert imported & {"tensorflow", "keras", "rasa.utils.tensorflow.models"} == set()


def test_a_configuration_with_diet_gets_the_real_one(tmp_path):
    (tmp_path / "config.yml").write_text("pipeline: [{name: DIETClassifier}]\npolicies: [{name: RulePolicy}]\n")
    env = {**QUIET_RASA, "PYTHONPATH": str(ROOT)}
    command = [ENGINE_PYTHON, "-c", FIND_DIET]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split() == ["rasa.nlu.classifiers.diet_classifier", "True"]
