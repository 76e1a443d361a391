"""The review file: plain NLU data that Rasa, the benchmark and people read."""

import os
import subprocess
import sys
from uuid import uuid4

import pytest

from bench.examples import Example as Line
from bench.examples import read_file
from bot.audit.models import Entry
from bot.catalogue.examples import sentences
from bot.invented import FIRST
from bot.learning import familiar
from bot.learning.exporting import export_examples
from bot.learning.models import Example
from bot.learning.reviewing import accept
from bot.settings import ROOT
from tests.web_server import database_url

pytestmark = pytest.mark.django_db(transaction=True)
LABEL = "report_fraud/romance_scam"


def accepted(text: str, label: str = LABEL, **values) -> Example:
    state = values.pop("state", Example.State.ACCEPTED)
    return Example.objects.create(
        digest=familiar.digest(text), text=text, label=label, why="adviser", state=state, **values
    )


def test_the_file_is_read_by_what_measures_the_understanding(tmp_path):
    told = [
        ("« 850 € », dit-il : #rien", LABEL),
        ("- tiret d'abord [code masqué](x)", LABEL),
        ("quel temps", "out_of_scope"),
    ]
    for text, label in told:
        accepted(text, label)
    assert export_examples(tmp_path / "review.yml") == 3
    lines = read_file(tmp_path / "review.yml")
    assert lines == [
        Line("out_of_scope", "quel temps"),
        Line(LABEL, "« 850 € », dit-il : #rien"),
        Line(LABEL, "- tiret d'abord [code masqué] (x)"),
    ]


def test_each_is_written_once_and_all_again_when_asked(tmp_path):
    accepted("une phrase acceptée depuis peu")
    accepted("une phrase proposée seulement", state=Example.State.PROPOSED)
    file = tmp_path / "review.yml"
    assert [export_examples(file), export_examples(file), export_examples(file, again=True)] == [1, 0, 1]
    assert read_file(file) == [Line(LABEL, "une phrase acceptée depuis peu")]


def test_what_the_demo_invented_is_never_exported(tmp_path):
    row = accepted("une phrase inventée pour la démo", state=Example.State.PROPOSED, conversation=FIRST)
    accept(row.pk, LABEL, uuid4())
    assert export_examples(tmp_path / "review.yml") == 0


def test_without_any_the_file_is_still_readable(tmp_path):
    assert export_examples(tmp_path / "review.yml") == 0
    assert read_file(tmp_path / "review.yml") == []


def test_what_the_training_data_say_already_is_left_out(tmp_path):
    known = next(line for line in sentences() if len(line.split()) > 6)
    accepted(f"  {known.upper()} !")
    assert export_examples(tmp_path / "review.yml") == 0


def test_the_command_writes_the_file_and_leaves_a_row_in_the_audit(tmp_path):
    accepted("une phrase acceptée depuis peu")
    command = [sys.executable, "-m", "bot.cli", "export-examples", str(tmp_path / "review.yml")]
    environment = {**os.environ, "DATABASE_URL": database_url()}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 examples written to")
    assert len(read_file(tmp_path / "review.yml")) == 1
    row = Entry.objects.get()
    assert (row.act, row.who, row.details) == ("examples_exported", None, {"count": 1})
