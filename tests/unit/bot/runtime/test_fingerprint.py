import pytest

from bot.runtime.fingerprint import fingerprint

FAMILY = """version: "3.1"
incident:
  label: Fraude
nlu:
- intent: report_fraud
  examples: |
    - on m'a volé
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "data/nlu/incidents").mkdir(parents=True)
    (tmp_path / "engine/components").mkdir(parents=True)
    (tmp_path / "data/nlu/incidents/fraud.yml").write_text(FAMILY)
    (tmp_path / "config.yml").write_text("language: fr\n")
    (tmp_path / "engine/components/head.py").write_text("C = 1\n")
    return tmp_path


def test_the_same_project_has_the_same_fingerprint(project):
    assert fingerprint(project) == fingerprint(project)


def test_editing_advice_trains_nothing(project):
    before = fingerprint(project)
    (project / "data/nlu/incidents/fraud.yml").write_text(FAMILY.replace("Fraude", "Fraude bancaire"))
    assert fingerprint(project) == before


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("data/nlu/incidents/fraud.yml", FAMILY.replace("volé", "escroqué")),
        ("config.yml", "language: nl\n"),
        ("engine/components/head.py", "C = 2\n"),
        ("data/rules/new.yml", "rules: []\n"),
    ],
)
def test_editing_what_training_reads_trains_again(project, path, content):
    before = fingerprint(project)
    (project / path).parent.mkdir(exist_ok=True)
    (project / path).write_text(content)
    assert fingerprint(project) != before
