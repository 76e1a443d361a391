"""What stands beside a conversation: the member, the claim with its pieces and its history, their other claims."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from bot.catalogue import Field, catalogue
from bot.claims import asking
from bot.claims.draft import shown
from bot.claims.kinds import KIND
from bot.claims.models import Claim, Document, Edit, Flag, Outcome, State, StateChange
from bot.conversations import call_backs
from bot.conversations.models import CallBack, Conversation, Rating
from bot.desk.incident import Incident, incident_of
from bot.desk.models import Adviser
from bot.members.models import Member
from bot.members.services import find_member

MOST_OTHERS = 10  # claims
FLAGS = {
    "professional_use": "Usage professionnel possible",
    "same_roof": "Auteur sous le même toit",
    "cases_a_year": "Plus de dossiers que prévu sur un an",
    "amount_a_year": "Plus que le montant annuel connu",
    "identity_unverified": "Identité à vérifier",
    "contract_ended": "Contrat terminé",
}


@dataclass(frozen=True)
class Line:
    """One answer of the claim: how it reads, and what an adviser may change it to."""

    field: Field
    value: str
    typed: str  # as one would type it; the choice's id of a choice
    is_edited: bool


@dataclass(frozen=True)
class Piece:
    """One document of the claim's checklist; `request` is the sentence that asks for it, if one may."""

    document: Document
    label: str
    request: str


@dataclass(frozen=True)
class Step:
    """One thing that happened to the claim."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True)
class Panel:
    """All that is shown beside a conversation."""

    member: Member | None
    claim: Claim | None
    label: str
    state: str
    outcome: str
    lines: list[Line]
    pieces: list[Piece]
    flags: list[str]
    steps: list[Step]
    others: list[tuple[Claim, str, str]]
    call_back: CallBack | None
    phone: str
    rating: Rating | None
    incident: Incident
    states = State.choices
    outcomes = Outcome.choices


def panel_of(conversation: Conversation) -> Panel:
    """Return what stands beside a conversation."""
    claims = _claims(conversation)
    claim = _chosen(conversation, claims)
    call_back = conversation.call_backs.filter(done_at=None).first()
    return Panel(
        member=find_member(conversation.member or (claim.member if claim else None)),
        claim=claim,
        label=catalogue().incident_label(claim.family, claim.subtype) if claim else "",
        state=State(claim.state).label if claim else "",
        outcome=Outcome(claim.outcome).label if claim and claim.outcome else "",
        lines=_lines(claim) if claim else [],
        pieces=_pieces(claim, conversation) if claim else [],
        flags=[_flag(each) for each in claim.flags.order_by("pk")] if claim else [],
        steps=_steps(claim) if claim else [],
        others=[
            (each, catalogue().incident_label(each.family, each.subtype), State(each.state).label)
            for each in claims
            if claim and each.pk != claim.pk
        ],
        call_back=call_back,
        phone=call_backs.shown(call_back.phone) if call_back else "",
        rating=conversation.ratings.exclude(score=None).order_by("-pk").first(),
        incident=incident_of(conversation, claim),
    )


def claim_beside(conversation: Conversation) -> Claim | None:
    """Return the claim that stands beside a conversation: its own opened last, else the member's newest."""
    return _chosen(conversation, _claims(conversation))


def _chosen(conversation: Conversation, claims: list[Claim]) -> Claim | None:
    return next((each for each in claims if each.pk == conversation.claim), claims[0] if claims else None)


def _claims(conversation: Conversation) -> list[Claim]:
    """Return the claims of the conversation and of its member, the newest first."""
    same = Q(conversation=conversation.pk)
    if conversation.member:
        same |= Q(member=conversation.member)
    return list(Claim.objects.filter(same).order_by("-opened_at")[: MOST_OTHERS + 1])


def _lines(claim: Claim) -> list[Line]:
    """Return the answers in the order of asking, then the questions of the sub-type that nobody answered."""
    fields, answers = catalogue().fields, dict(claim.answers.order_by("pk").values_list("field", "value"))
    subtype = catalogue().find(claim.family, claim.subtype)
    asked = subtype.fields if subtype else ()
    edited = set(claim.edits.values_list("field", flat=True))
    return [
        Line(
            fields[name],
            shown(fields[name], answers.get(name)),
            _typed(fields[name], answers.get(name)),
            name in edited,
        )
        for name in dict.fromkeys([*answers, *asked])
        if name in fields
    ]


def _pieces(claim: Claim, conversation: Conversation) -> list[Piece]:
    """Return the claim's checklist; only a piece of this conversation that is still to come is asked for."""
    may_ask = claim.conversation == conversation.pk and claim.state != State.CLOSED
    return [
        Piece(
            each,
            Document.State(each.state).label,
            asking.request(each) if may_ask and each.state == Document.State.TO_COME else "",
        )
        for each in claim.documents.select_related("claim")
    ]


def _typed(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if field.kind in ("choice", "text", "url", "iban"):
        return str(value)
    return shown(field, value)


def _flag(flag: Flag) -> str:
    return FLAGS.get(flag.rule, flag.rule)


def _steps(claim: Claim) -> list[Step]:
    """Return what happened to the claim, the latest first."""
    names = {str(key): name for key, name in Adviser.objects.values_list("pk", "name")} | {"member": "Membre"}
    fields = catalogue().fields
    changes = [Step(each.at, names.get(each.by, each.by), _moved(each)) for each in claim.history.order_by("-at")[:50]]
    edits = [
        Step(each.at, names.get(each.by, each.by), _edited(each))
        for each in claim.edits.order_by("-at")[:50]
        if each.field in fields or each.field == KIND
    ]
    return sorted([*changes, *edits], key=lambda step: step.at, reverse=True)


def _moved(change: StateChange) -> str:
    """Return where the claim went, and how it ended."""
    return " : ".join([State(change.state).label, *([Outcome(change.outcome).label] if change.outcome else [])])


def _edited(edit: Edit) -> str:
    """Return what staff changed, from what to what."""
    if edit.field == KIND:
        before, after = (catalogue().incident_label(*str(kind).split("/", 1)) for kind in (edit.before, edit.after))
        return f"Type d’incident : {before} → {after}"
    field = catalogue().fields[edit.field]
    return f"{field.label} : {shown(field, edit.before)} → {shown(field, edit.after)}"
