"""`python -m bench.nlu`: measures the understanding, writes bench/results/nlu/ and the summary of docs/nlu.md."""

import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from bench.examples import Example, read_examples, read_file, subset
from bench.labelled import OWN_FILE
from bench.nlu.changes import compared
from bench.nlu.predictions import Prediction, predict, read_truths, truths_of
from bench.nlu.reading import measure, read_stories
from bench.nlu.report import Report
from bench.nlu.validating import cross_validate, predict_like_stock, train_into
from bench.problems import BenchProblem
from bot.catalogue import catalogue
from bot.runtime.children import MODEL
from bot.settings import ROOT

STORIES = OWN_FILE.with_name("stories.jsonl")
RESULTS = Path(__file__).parent.parent / "results" / "nlu"
DOCS = ROOT / "docs" / "nlu.md"
HELD_OUT = "our examples, held out"
began = time.monotonic()
Sets = dict[str, Sequence[Prediction]]
ExistingFile = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--also", type=ExistingFile, multiple=True, help="More JSON lines with text and label to measure on.")
@click.option(
    "--with-examples",
    type=ExistingFile,
    multiple=True,
    help="Only tell what Rasa NLU files would change if trained on too.",
)
@click.option("--folds", type=click.IntRange(2, 10), default=4, help="Of the cross-validation.")
@click.option(
    "--stock", type=click.IntRange(0), default=0, help="Compare with a stock Rasa pipeline on so many lines a label."
)
@click.option(
    "--results", type=click.Path(file_okay=False, path_type=Path), default=RESULTS, help="Folder of the page."
)
def main(also: Sequence[Path], with_examples: Sequence[Path], folds: int, stock: int, results: Path) -> None:
    """Measure how well French reports are understood."""
    examples = read_examples(ROOT / "data" / "nlu")
    with tempfile.TemporaryDirectory(prefix="cybercare-nlu-") as folder:
        try:
            files = [OWN_FILE, STORIES, *also]
            if with_examples:
                _tell_changes(examples, with_examples, files, Path(folder))
                return
            sets = {HELD_OUT: cross_validate(examples, folds, Path(folder), tell)} | _shipped(files)
            sets |= _compared_with_stock(examples, sets, files, stock, Path(folder)) if stock else {}
        except BenchProblem as problem:
            raise click.ClickException(str(problem)) from problem
    taken_for = {each.truth.text: catalogue().find(each.guess, each.subtype) for each in sets[STORIES.name]}
    readings = {f"set {part}": measure(read_stories(STORIES, part), taken_for) for part in "abc"}
    report = Report(datetime.now(UTC).date().isoformat(), len(examples), sets, HELD_OUT, readings)
    for path in report.write(results, DOCS):
        click.echo(f"written: {path}")
    click.echo(report.summary())


def _shipped(files: Sequence[Path]) -> Sets:
    sets = {}
    for path in files:
        tell(path.name)
        sets[path.name] = predict(MODEL, read_truths(path))
    return sets


def _compared_with_stock(
    examples: Sequence[Example], sets: Sets, files: Sequence[Path], per_label: int, folder: Path
) -> Sets:
    truths = [prediction.truth for path in files for prediction in sets[path.name]]
    stock, ours = predict_like_stock(subset(examples, per_label), truths, folder, tell)
    return {f"files above, stock Rasa, {per_label} lines a label": stock, "… ours on the same lines": ours}


def _tell_changes(examples: Sequence[Example], more: Sequence[Path], files: Sequence[Path], folder: Path) -> None:
    """Train on these files too, and print what is read otherwise then: the lines themselves, and what we measure."""
    added = [example for path in more for example in read_file(path)]
    sets = {"the lines themselves": truths_of(added)} | {path.name: read_truths(path) for path in files}
    tell(f"training with {len(added)} more lines")
    model = train_into(folder / "more", [*examples, *added])
    for name, truths in sets.items():
        for line in compared(name, predict(MODEL, truths), predict(model, truths)) if truths else ():
            click.echo(line)


def tell(words: str) -> None:
    """Print a step as it begins, with the time since the start."""
    click.echo(f"{time.monotonic() - began:6.0f} s  {words}")


if __name__ == "__main__":
    main()
