"""A claim as people read it: on the printable page, in the PDF and in e-mails."""

from dataclasses import dataclass
from datetime import datetime

from bot.catalogue import catalogue
from bot.claims.draft import UNKNOWN, Draft, inert, shown
from bot.claims.models import Claim, Document, Outcome, State
from bot.claims.standing import what_next
from bot.understanding.links import url_spans


@dataclass(frozen=True)
class Piece:
    """One document of the checklist; `state` is one of Document.State, `label` its name in French."""

    name: str
    state: str
    label: str


@dataclass(frozen=True)
class Summary:
    """Everything a member may read about their claim; `lines` are label and value of each answer."""

    reference: str
    label: str
    state: str
    outcome: str  # how it ended; empty unless it is closed
    next: str
    opened_at: datetime
    lines: list[tuple[str, str]]
    story: str
    pieces: list[Piece]

    @property
    def missing(self) -> list[str]:
        """Return the names of the pieces that are still to come."""
        return [piece.name for piece in self.pieces if piece.state == Document.State.TO_COME]


def draft_of(claim: Claim) -> Draft:
    """Return what the member confirmed; answers to questions that no longer exist are left out."""
    answers = claim.answers.order_by("pk").values_list("field", "value")
    values = {name: UNKNOWN if value is None else value for name, value in answers if name in catalogue().fields}
    return Draft(claim.incident_key, catalogue().subtype(claim.family, claim.subtype), claim.story, values)


def summary_of(claim: Claim) -> Summary:
    """Return the claim in words."""
    draft = draft_of(claim)
    return Summary(
        reference=claim.reference,
        label=draft.subtype.label,
        state=State(claim.state).label,
        outcome=Outcome(claim.outcome).label if claim.outcome else "",
        next=what_next(claim),
        opened_at=claim.opened_at,
        lines=[(draft.field(name).label, shown(draft.field(name), value)) for name, value in draft.values.items()],
        story=_without_links(claim.story),
        pieces=[Piece(each.name, each.state, Document.State(each.state).label) for each in claim.documents.all()],
    )


def _without_links(story: str) -> str:
    """Return the story with addresses that no reader's program makes clickable."""
    untouched = len(story)
    for start, end in sorted(url_spans(story), reverse=True):
        if end <= untouched:  # a mail address within another one is done with it
            story, untouched = story[:start] + inert(story[start:end]) + story[end:], start
    return story
