"""Commands that end with one sentence where they cannot go on."""

import errno

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
