"""French sentences by name (`fr.yml`), with contacts filled in from the register."""

from functools import cache
from pathlib import Path

import yaml

from bot.errors import CatalogueError
from bot.texts.contacts import contacts

FILE = Path(__file__).with_name("fr.yml")


def say(name: str, /, **values: object) -> str:
    """Return the sentence `name` with `{contact}` and `{value}` placeholders filled in.

    Raises:
        KeyError: no such sentence.
        CatalogueError: a placeholder is neither a value nor a contact.
    """
    return with_contacts(_sentences()[name], **values)


def with_contacts(template: str, /, **values: object) -> str:
    """Return `template` with `{contact}` placeholders as bold, clickable contacts and `{value}` ones as given."""
    known = {id_: contact.markdown for id_, contact in contacts().items()}
    try:
        return template.format_map({**known, **values})
    except (KeyError, ValueError, IndexError) as error:
        raise CatalogueError(
            f"« {template[:60]} »: unknown placeholder {error}; use an id of data/contacts.yml"
        ) from error


@cache
def _sentences() -> dict[str, str]:
    return {name: text.strip() for name, text in yaml.safe_load(FILE.read_text(encoding="utf-8")).items()}
