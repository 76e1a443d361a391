"""The `cybercare` command."""

import sys
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import click

from bot.runtime.sentences import Sentences


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

    sys.exit(1 if understand_all(sys.stdin.buffer, sys.stdout, sys.stderr) else 0)


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


@main.command("import-members")
@click.argument("file", type=click.File("rb"))
@click.option("--replace", is_flag=True, help="People who are not on the list become inactive.")
def import_members(file: BinaryIO, replace: bool) -> None:
    """Take over the insurer's list of members from a CSV file; the same list again changes nothing.

    Wrong rows are listed with their line, and then nothing is imported. Columns: see docs/claims.md.
    """
    from bot.runtime.connected import connected

    with connected():
        from bot.members.importing import import_members as import_all  # its models need Django's apps

        done = import_all(file.read(), replace)
    click.echo(f"{done.added} added, {done.changed} changed, {done.same} the same, {done.ended} made inactive")


@main.command("export-claims")
@click.option("--format", "format_", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="First day of opening, in Brussels.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day of opening, in Brussels.")
def export_claims(format_: str, since: datetime | None, until: datetime | None) -> None:
    """Write the claims to standard output, one a line."""
    from bot.runtime.connected import connected

    with connected():
        from bot.audit.services import note
        from bot.claims.export import export_claims as export_all

        count = export_all(sys.stdout, format_, since and since.date(), until and until.date())
        note("claims_exported", format=format_, count=count)
    click.echo(f"{count} claims", err=True)


@main.command("export-examples")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--all", "again", is_flag=True, help="Those exported before as well.")
def export_examples(file: Path, again: bool) -> None:
    """Write the examples that supervisors accepted into a review file, in the notation of data/nlu/.

    Nothing is trained by it: `make nlu-report ARGS="--with-examples FILE"` shows what they would change.
    """
    from bot.runtime.connected import connected

    with connected():
        from bot.audit.services import note
        from bot.learning.exporting import export_examples as export_all

        count = export_all(file, again=again)
        note("examples_exported", count=count)
    click.echo(f"{count} examples written to {file}")


@main.command()
@click.option("--retry", is_flag=True, help="Send the dead ones again.")
@click.option("--id", "id_", type=click.UUID, help="Only this one.")
def webhooks(retry: bool, id_: UUID | None) -> None:
    """List the events that the insurer's system never took, or send them again."""
    from bot.runtime.connected import connected

    with connected():
        from bot.claims import outgoing

        dead = outgoing.dead().filter(pk=id_) if id_ else outgoing.dead()
        if retry:
            click.echo(f"{outgoing.revive(dead)} events will be sent again")
            return
        for event in dead:
            click.echo(f"{event.pk}  {event.created_at:%Y-%m-%d %H:%M}  {event.name}  {event.last_error}")


@main.command("create-adviser")
@click.option("--name", prompt=True, help="As colleagues read it.")
@click.option("--email", prompt=True, help="To sign in with.")
@click.option("--role", default="adviser", show_default=True, help="adviser, supervisor, analyst or administrator.")
def create_adviser(name: str, email: str, role: str) -> None:
    """Make an account of the desk; print the one-time link by which its owner chooses a password."""
    from bot.runtime.connected import connected

    with connected():
        from bot.audit.services import note
        from bot.desk import accounts

        who = accounts.create_adviser(email, name, role)
        link = accounts.password_link(who)
        note("account_made", object_=who.pk, role=role)
    click.echo(f"Good for two days, once:\n{link}")


@main.command("password-link")
@click.argument("email")
def password_link(email: str) -> None:
    """Print a new one-time link by which the owner of an account of the desk chooses a password."""
    from bot.runtime.connected import connected

    with connected():
        from bot.audit.services import note
        from bot.desk import accounts

        who = accounts.known(email)
        link = accounts.password_link(who)
        note("link_made", object_=who.pk)
    click.echo(f"Good for two days, once:\n{link}")


@main.command()
@click.option("--remove", is_flag=True, help="Take the demo away again.")
@click.option("--force", is_flag=True, help="Even where members have really written: every figure then mixes both.")
@click.option("--seed", default=7, show_default=True, help="Another number tells other stories.")
def demo(remove: bool, force: bool, seed: int) -> None:
    """Fill the installation with 90 days of invented conversations and claims, to be looked at.

    What was invented before is replaced. Everything invented is marked in the desk.
    """
    from bot.runtime.connected import connected

    with connected():
        from bot.demo import people, removing, seeding  # its models need Django's apps

        if remove:
            click.echo(f"{removing.remove()} invented conversations removed")
            return
        made = seeding.seed(seed, force=force, tell=lambda done: click.echo(done, err=True))
        click.echo(f"{made.conversations} conversations, {made.claims} claims, {made.waves} waves: all invented")
        click.echo("Accounts of the desk, each link once and for two days:")
        for who, link in people.links():
            click.echo(f"  {who}\n    {link}")


@main.command()
@click.option("--test", is_flag=True, help="Send a test instead, each way that is set up.")
def alert(test: bool) -> None:
    """Tell staff of what is urgent and waits too long, as the worker does every minute."""
    from bot.runtime.connected import connected

    with connected():
        from bot.conversations import alerts

        if not test:
            click.echo(f"{alerts.look()} conversations told")
            return
        done = alerts.try_out()
    for way, problem in done.items():
        click.echo(f"{way}: {problem or 'sent'}")
    if not done:
        click.echo("Nobody is told: set CYBERCARE_ALERT_TO or CYBERCARE_ALERT_CHAT.")
    sys.exit(1 if not done or any(done.values()) else 0)


@main.command("rebuild-analytics")
def rebuild_analytics() -> None:
    """Make all figures anew from the events; the old ones are shown until it is done."""
    from bot.runtime.connected import connected

    with connected():
        from bot.analytics.rolling import rebuild

        done = rebuild(lambda count: click.echo(f"\r{count} events", nl=False, err=True))
    click.echo(f"\r{done} events counted")


if __name__ == "__main__":
    main()
