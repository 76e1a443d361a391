"""The checklist of a claim: which pieces are attached, to come, or do not exist; an incomplete claim stays a claim."""

from collections.abc import Sequence

from bot.claims import outgoing
from bot.claims.models import Claim, Document
from bot.conversations.models import Evidence
from bot.events.services import record

MAX_NAME = 160  # characters, as the table holds


def make_checklist(claim: Claim, names: Sequence[str]) -> None:
    """List the pieces that the sub-type asks for, all to come."""
    Document.objects.bulk_create(
        Document(claim=claim, number=number, name=name[:MAX_NAME]) for number, name in enumerate(names, 1)
    )


def renew_checklist(claim: Claim, names: Sequence[str]) -> None:
    """Make the list that of another kind of incident; pieces that were given, asked for or do not exist stay."""
    wanted = [name[:MAX_NAME] for name in names]
    claim.documents.filter(state=Document.State.TO_COME, asked_at=None).exclude(name__in=wanted).delete()
    kept = {document.name: document.number for document in claim.documents.all()}
    new = [name for name in wanted if name not in kept]
    Document.objects.bulk_create(
        Document(claim=claim, number=number, name=name)
        for number, name in enumerate(new, max(kept.values(), default=0) + 1)
    )


def missing(claim: Claim) -> list[Document]:
    """Return the pieces that are still to come, in order."""
    return list(claim.documents.filter(state=Document.State.TO_COME))


def unnamed(claim: Claim) -> list[Evidence]:
    """Return the claim's files of which nobody said yet which piece they are, the oldest first."""
    return list(Evidence.objects.filter(claim=claim.pk, document=None).order_by("received_at"))


def set_state(document: Document, state: str) -> None:
    """Note where a piece stands by the member's word; a file that was said to be it is no longer, unless attached."""
    if document.state == state:
        return
    document.state = state
    document.save(update_fields=["state"])
    if state != Document.State.ATTACHED:
        Evidence.objects.filter(document=document.pk).update(document=None)
    _tell(document.claim, document)


def assign(kept: Evidence, document: Document) -> None:
    """Note that a file is this piece, and so of its claim; several files may be one piece, a file is one piece only."""
    if kept.document == document.pk and document.state == Document.State.ATTACHED:
        return
    before, kept.document, kept.claim = kept.document, document.pk, document.claim_id
    kept.save(update_fields=["document", "claim"])
    document.state = Document.State.ATTACHED
    document.save(update_fields=["state"])
    if before and before != document.pk and not Evidence.objects.filter(document=before).exists():
        Document.objects.filter(pk=before).update(state=Document.State.TO_COME)
    _tell(document.claim, document)


def _tell(claim: Claim, document: Document) -> None:
    record("document_changed", claim.conversation, claim.pk, number=document.number, state=document.state)
    outgoing.tell(claim, "claim_changed", what="documents")
