"""What may be put into an answer with `/`: ready answers, steps of advice, contacts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from textwrap import shorten

from bot.catalogue import catalogue
from bot.catalogue.model import Place, Step, SubType
from bot.conversations.models import Conversation
from bot.desk.markup import as_text
from bot.desk.models import Adviser, CannedReply
from bot.desk.placeholders import filled, values_of
from bot.texts import contacts

BEGINNING = 90  # characters of a ready answer that the list shows


@dataclass(frozen=True)
class Pick:
    """One thing to choose; `text` is what it puts into the answer, contacts as placeholders."""

    group: str
    title: str
    hint: str
    text: str
    is_near: bool  # shown before anything is searched for


def picks_of(conversation: Conversation, who: Adviser) -> list[Pick]:
    """Return all there is, what fits this conversation first."""
    here = (conversation.family, conversation.subtype)
    return [*_replies(conversation, who), *_advice(here), *_contacts(), *_other_advice(here)]


def shown_values(conversation: Conversation, who: Adviser) -> dict[str, str]:
    """Return what each placeholder that has a value here stands for."""
    register = {id_: f"{contact.label} {contact.shown}".strip() for id_, contact in contacts().items()}
    return register | values_of(conversation, who)


def _replies(conversation: Conversation, who: Adviser) -> Iterator[Pick]:
    values = values_of(conversation, who)
    for each in CannedReply.objects.all():
        text = filled(each.text, values)
        yield Pick(
            "Réponses",
            each.title,
            f"/{each.shortcut} · {shorten(as_text(text), BEGINNING, placeholder=' …')}",
            text,
            True,
        )


def _advice(here: Place) -> Iterator[Pick]:
    """Yield the steps of the conversation's incident, as far as it is known."""
    yield from (replace(step, is_near=True) for step in _steps().get(here, ()))


def _other_advice(here: Place) -> Iterator[Pick]:
    """Yield the steps of all other incidents that are in use."""
    for place, steps in _steps().items():
        if place != here and not catalogue().subtype(*place).retired:
            yield from steps


@cache
def _steps() -> dict[Place, list[Pick]]:
    """Return the steps of advice of each incident, made once per process."""
    return {
        (family.id, subtype.id): [_step(subtype, step) for step in subtype.advice]
        for family in catalogue().families.values()
        for subtype in family.subtypes.values()
    }


def _step(subtype: SubType, step: Step) -> Pick:
    text = "\n".join(part for part in (step.do, step.how) if part)
    return Pick(f"Conseils : {subtype.label}", as_text(step.do), as_text(step.how), _with_placeholders(text), False)


def _contacts() -> Iterator[Pick]:
    for id_, contact in contacts().items():
        title = contact.label if contact.shown in ("", contact.label) else f"{contact.label} : {contact.shown}"
        hint = ", ".join(part for part in (contact.purpose, contact.hours) if part)
        yield Pick("Contacts", title, hint, f"{{{id_}}}", True)


def _with_placeholders(text: str) -> str:
    """Return a text of the catalogue as it was written: its contacts by name."""
    for id_, contact in contacts().items():
        text = text.replace(contact.markdown, f"{{{id_}}}")
    return text
