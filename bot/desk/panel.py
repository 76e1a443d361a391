"""What stands beside a conversation: the member, the claim with its pieces and its history, their other claims."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from bot.catalogue import Field, catalogue
from bot.claims.draft import shown
from bot.claims.models import Claim, Document, Flag, State
from bot.conversations import call_backs
from bot.conversations.models import CallBack, Conversation
from bot.desk.models import Adviser
from bot.desk.rows import incident_label
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
    lines: list[Line]
    documents: list[tuple[Document, str]]
    flags: list[str]
    steps: list[Step]
    others: list[tuple[Claim, str, str]]
    call_back: CallBack | None
    phone: str


def panel_of(conversation: Conversation) -> Panel:
    """Return what stands beside a conversation."""
    claims = _claims(conversation)
    claim = next((each for each in claims if each.pk == conversation.claim), claims[0] if claims else None)
    call_back = conversation.call_backs.filter(done_at=None).first()
    return Panel(
        member=find_member(conversation.member or (claim.member if claim else None)),
        claim=claim,
        label=incident_label(claim.family, claim.subtype) if claim else "",
        state=State(claim.state).label if claim else "",
        lines=_lines(claim) if claim else [],
        documents=[(each, Document.State(each.state).label) for each in claim.documents.all()] if claim else [],
        flags=[_flag(each) for each in claim.flags.order_by("pk")] if claim else [],
        steps=_steps(claim) if claim else [],
        others=[
            (each, incident_label(each.family, each.subtype), State(each.state).label)
            for each in claims
            if claim and each.pk != claim.pk
        ],
        call_back=call_back,
        phone=call_backs.shown(call_back.phone) if call_back else "",
    )


def _claims(conversation: Conversation) -> list[Claim]:
    """Return the claims of the conversation and of its member, the newest first."""
    same = Q(conversation=conversation.pk)
    if conversation.member:
        same |= Q(member=conversation.member)
    return list(Claim.objects.filter(same).order_by("-opened_at")[: MOST_OTHERS + 1])


def _lines(claim: Claim) -> list[Line]:
    """Return the answers in the order of asking, then the questions of the sub-type that nobody answered."""
    fields, answers = catalogue().fields, dict(claim.answers.order_by("pk").values_list("field", "value"))
    family = catalogue().families.get(claim.family)
    subtype = family.subtypes.get(claim.subtype) if family else None
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
    changes = [
        Step(each.at, names.get(each.by, each.by), State(each.state).label)
        for each in claim.history.order_by("-at")[:50]
    ]
    edits = [
        Step(each.at, names.get(each.by, each.by), _changed(fields[each.field], each.before, each.after))
        for each in claim.edits.order_by("-at")[:50]
        if each.field in fields
    ]
    return sorted([*changes, *edits], key=lambda step: step.at, reverse=True)


def _changed(field: Field, before: Any, after: Any) -> str:
    return f"{field.label} : {shown(field, before)} → {shown(field, after)}"
