"""`python -m bench`: measures both bots in one run, prints the table, writes it to bench/results/."""

import shutil
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from bench import our_bot
from bench.examples import Example, read_examples, subset
from bench.labelled import OWN_FILE, Labelled, read_labelled
from bench.machine import check_model, machine
from bench.measuring import Measured, measure_ours, measure_product, measure_stock
from bench.plan import FULL, QUICK, Plan
from bench.problems import BenchProblem, TurnFailed
from bench.report import Report, write
from bot.settings import ROOT

RESULTS = Path(__file__).with_name("results")
console = Console(width=100)
began = time.monotonic()


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--labelled",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=OWN_FILE,
    help="JSON lines with text and label (a family or another intent; `multi` is skipped).",
)
@click.option(
    "--examples-per-label",
    type=click.IntRange(min=3),
    help="Train both bots on so many lines of each label (default: all; DIET then takes over half an hour).",
)
@click.option("--quick", is_flag=True, help="Only see that everything works; the numbers mean nothing.")
@click.option("--ours-only", is_flag=True, help="Leave the stock bot out.")
@click.option(
    "--results",
    type=click.Path(file_okay=False, path_type=Path),
    default=RESULTS,
    help="Folder for <date>.json and <date>.md.",
)
def main(labelled: Path, examples_per_label: int | None, quick: bool, ours_only: bool, results: Path) -> None:
    """Compare this product with a stock Rasa bot on the same training lines."""
    plan = QUICK if quick else FULL
    if examples_per_label:
        plan = replace(plan, examples_per_label=examples_per_label)
    folder = Path(tempfile.mkdtemp(prefix="cybercare-bench-"))
    try:
        check_model()
        report = _measure(folder, plan, read_labelled(labelled), labelled.name, ours_only)
    except (BenchProblem, TurnFailed) as problem:
        raise click.ClickException(f"{problem} (what was measured lies in {folder})") from problem
    except KeyboardInterrupt:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
    for table in report.tables():
        console.print(_on_screen(table))
    for path in write(report, results, datetime.now(UTC).strftime("%Y-%m-%dT%H%M") + ("-quick" if quick else "")):
        click.echo(f"written: {path}")


def _measure(folder: Path, plan: Plan, labelled: list[Labelled], name: str, ours_only: bool) -> Report:
    setup = {"date": datetime.now(UTC).date().isoformat(), **machine()}
    everything = read_examples(ROOT / "data" / "nlu")
    chosen = subset(everything, plan.examples_per_label)
    setup |= _described(plan, everything, chosen, labelled, name)
    stock = Measured() if ours_only else measure_stock(folder / "stock", chosen, labelled, plan, tell)
    same = measure_ours(folder / "same", chosen, labelled, tell)
    product = measure_product(folder / "product", sys.executable, labelled, plan, tell)
    ours = {**same.values, **product.values, "training_all_s": same.values["training_s"]}
    if len(chosen) < len(everything):
        tell("ours: training on all lines")
        ours["training_all_s"] = our_bot.train(folder / "all", everything)
    ours["failed_turns"] = sum(sum(reasons.values()) for reasons in product.failures.values())
    failures: dict[str, Any] = {
        bot: found for bot, found in (("stock", stock.failures), ("ours", product.failures)) if found
    }
    setup["minutes"] = round((time.monotonic() - began) / 60, 1)
    return Report(setup, stock.values, ours, failures)


def _described(
    plan: Plan, everything: list[Example], chosen: list[Example], labelled: list[Labelled], name: str
) -> dict[str, Any]:
    return {
        "examples_per_label": plan.examples_per_label or "all",
        "training_lines": f"{len(chosen)} of {len(everything)}",
        "labelled_messages": f"{len(labelled)} of {name}",
    }


def tell(words: str) -> None:
    """Print a step as it begins, with the time since the start."""
    click.echo(f"{time.monotonic() - began:6.0f} s  {words}")


def _on_screen(rows: list[list[str]]) -> Table:
    head, *body = rows
    table = Table()
    for index, title in enumerate(head):
        table.add_column(title, justify="right" if index else "left")
    for line in body:
        table.add_row(*line)
    return table


if __name__ == "__main__":
    main()
