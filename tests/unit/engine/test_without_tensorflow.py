"""When Rasa is kept from importing TensorFlow; that it is, tests/integration/engine sees."""

import sys
from importlib.util import module_from_spec
from pathlib import Path

import pytest

from engine.without_tensorflow import is_needed, leave_out

OURS = "pipeline: [{name: engine.components.incident_classifier.IncidentClassifier}]\npolicies: [{name: RulePolicy}]\n"
DIET = "rasa.nlu.classifiers.diet_classifier"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def config(tmp_path, monkeypatch):
    """Give the config.yml of the working directory; in the end, imports are as they were."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    path = tmp_path / "config.yml"
    path.write_text(OURS)
    return path


def test_our_own_configuration_needs_no_tensorflow():
    assert not is_needed(ROOT / "config.yml")


@pytest.mark.parametrize(
    ("ours", "another"),
    [
        ("RulePolicy", "TEDPolicy"),
        ("RulePolicy", "rasa.core.policies.ted_policy.TEDPolicy"),
        ("engine.components.incident_classifier.IncidentClassifier", "DIETClassifier"),
        ("engine.components.incident_classifier.IncidentClassifier", "somebody.built.OnDiet"),
    ],
)
def test_a_component_that_needs_tensorflow_or_may_gets_it(config, ours, another):
    config.write_text(OURS.replace(ours, another))
    assert is_needed(config)
    before = list(sys.meta_path)
    leave_out([])
    assert sys.meta_path == before


@pytest.mark.parametrize("content", ["", "policies: [{name: RulePolicy}]", "pipeline:\npolicies:\n"])
def test_where_rasa_would_fill_in_its_default_components_they_get_tensorflow(config, content):
    config.write_text(content)
    assert is_needed(config)


def test_without_a_configuration_tensorflow_is_there(config):
    config.unlink()
    assert is_needed(config)


@pytest.mark.parametrize("arguments", [["-c", "other.yml"], ["--config", "other.yml"], ["--config=other.yml"]])
def test_another_configuration_than_the_projects_gets_tensorflow(config, arguments):
    before = list(sys.meta_path)
    leave_out(arguments)
    assert sys.meta_path == before


@pytest.fixture
def diet(config):
    """Return the class that stands in the place of DIETClassifier."""
    leave_out(["--model", "models/elsewhere.tar.gz"])
    module = module_from_spec(find_spec(DIET))
    sys.meta_path[0].exec_module(module)
    return module.DIETClassifier


def find_spec(name):
    return sys.meta_path[0].find_spec(name, None)


def test_an_absent_component_may_stand_in_a_list_but_says_what_to_do_when_it_is_used(diet):
    assert {diet, str} - {diet} == {str}
    with pytest.raises(ImportError, match=r"DIETClassifier needs TensorFlow.*config\.yml.*python -m rasa"):
        _ = diet.load


def test_nothing_can_be_built_on_an_absent_component(diet):
    with pytest.raises(ImportError, match="DIETClassifier needs TensorFlow"):
        type(diet)("OnDiet", (diet,), {})


def test_only_the_modules_around_tensorflow_are_left_out(diet):
    assert find_spec(DIET)
    assert find_spec("rasa.nlu.classifiers.fallback_classifier") is None
