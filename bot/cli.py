"""The `cybercare` command."""

import errno
import sys

import click
from pydantic import ValidationError

from bot.errors import CyberCareError


class Sentences(click.Group):
    """A group whose commands end with one sentence and exit code 1 where they cannot go on."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; turn our own errors, bad settings and a full disk into a sentence."""
        try:
            return super().invoke(ctx)
        except ValidationError as error:
            problems = "; ".join(
                f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False)
            )
            raise click.ClickException(f"A setting is wrong ({problems}): see .env.example.") from error
        except CyberCareError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS):
                raise
            place = error.filename or "the disk"
            raise click.ClickException(f"{place} cannot be written ({error.strerror}): free or allow it.") from error


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Cyber Care: a French-language assistant for people hit by a cyber-incident."""


@main.command()
def run() -> None:
    """Start everything and keep it running; Ctrl-C stops it.

    Starts the database, brings its tables up to date, trains the model if data or configuration changed, then starts
    the engine, the actions, the worker, the web page and, with a token, Telegram. Settings: see .env.example.
    """
    from bot.runtime.running import run as run_all

    run_all()


@main.command()
@click.option("--if-needed", is_flag=True, help="Only if data or configuration changed since the last time.")
def train(if_needed: bool) -> None:
    """Train the model that the engine loads (models/cybercare.tar.gz)."""
    from bot.runtime import training
    from bot.runtime.running import load_settings

    (training.train_if_needed if if_needed else training.train)(load_settings())


@main.command()
def understand() -> None:
    """Show what the model and the parsers make of messages: JSON lines in, JSON lines out.

    Each line of standard input is {"text", "now"?}. Bad lines are named on standard error; the others go on.
    """
    from bot.runtime.understanding import understand as understand_all

    sys.exit(1 if understand_all(sys.stdin, sys.stdout, sys.stderr) else 0)


@main.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file has drifted.")
def sync(check: bool) -> None:
    """Write the parts of domain.yml and data/rules/ that derive from the incident files."""
    from bot.catalogue.sync import sync as sync_files

    drifted = sync_files(check)
    for path in drifted:
        click.echo(f"{path}: {'differs from the incident files: run `make sync`' if check else 'written'}")
    if check and drifted:
        sys.exit(1)


@main.command()
@click.argument("names", nargs=-1)
def check(names: tuple[str, ...]) -> None:
    """Run the checks of code and data (format, lint, types, imports, sync, rasa), or only those named."""
    from bot.runtime.quality import check as check_all

    sys.exit(0 if check_all(names) else 1)


@main.command()
@click.option("--nlu", is_flag=True, help="Only show how a message is understood; needs no running actions.")
def shell(nlu: bool) -> None:
    """Talk to the engine in the terminal (`rasa shell`), with the actions of a running `cybercare run`."""
    from bot.runtime.shell import shell as open_shell

    sys.exit(open_shell(nlu))


if __name__ == "__main__":
    main()
