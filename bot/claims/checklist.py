"""What members tap about the pieces of their claim; each command is `name:argument…`, from a signed button.

`checklist[:<claim>]` shows the pieces, `piece:<document>[:<state>]` changes one, `file:<evidence>` asks which piece a
file is, `document:<evidence>:<document>` says so.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from bot.claims import documents, outgoing
from bot.claims.models import Claim, Document
from bot.claims.reading import open_claims
from bot.conversations.models import Evidence, Message
from bot.texts import say
from bot.turn import Reply, Turn

Button = dict[str, str]
WIDEST = 48  # characters of a button's title
MAX_FILES = 5  # files offered at once to be named


def offers() -> list[Button]:
    """Return what a member may want next who was told of their claim: its pieces, its page."""
    return [
        {"title": say("show_checklist"), "payload": "checklist"},
        {"title": say("claim_page"), "payload": "claim_page"},
    ]


def checklist(message: Message) -> Turn:
    """Show the pieces of one of the conversation's claims, the latest by default, each to be changed by a tap."""
    claims = open_claims(message.conversation_id)
    asked = [claim for claim in claims if str(claim.pk) == _argument(message, 1)] or claims
    return Turn([_shown(asked[0]) if asked else Reply(say("status_none"))])


def piece(message: Message) -> Turn:
    """Ask where one piece stands, or note it."""
    document = _document(message, 1)
    if document is None:
        return Turn([Reply(say("piece_gone"))])
    states = dict(Document.State.choices)
    told = _argument(message, 2)
    if told in states:
        with transaction.atomic():
            documents.set_state(document, told)
        return Turn([_shown(document.claim, lead=say("piece_noted"))])
    buttons = [
        {"title": label.capitalize(), "payload": f"piece:{document.pk}:{state}"}
        for state, label in states.items()
        if state != document.state
    ]
    text = say("piece_question", name=document.name, state=Document.State(document.state).label)
    return Turn([Reply(text, buttons)])


def file(message: Message) -> Turn:
    """Ask which piece a file is."""
    kept = _evidence(message)
    if kept is None:
        return Turn([Reply(say("piece_gone"))])
    return Turn([_asked(kept)])


def document(message: Message) -> Turn:
    """Note which piece a file is."""
    kept, chosen = _evidence(message), _document(message, 2)
    if kept is None or chosen is None:
        return Turn([Reply(say("piece_gone"))])
    with transaction.atomic():
        documents.assign(kept, chosen)
    left = documents.missing(chosen.claim)
    told = say("document_noted", count=len(left)) if left else say("document_noted_last")
    buttons = [
        {"title": say("show_checklist"), "payload": "checklist"},
        {"title": say("file_rename"), "payload": f"file:{kept.pk}"},
    ]
    noted = Reply(say("document_is", file=_plain(kept.name), name=chosen.name) + "\n" + told, buttons)
    following = documents.unnamed(chosen.claim)[:1]
    return Turn([noted, *(_asked(each) for each in following)])


def on_evidence(kept: Evidence) -> list[Button]:
    """Tell the insurer's system of a file that joined a claim; return what its receipt offers."""
    claim = Claim.objects.filter(pk=kept.claim).first() if kept.claim else None
    if claim is None:
        return []
    outgoing.tell(claim, "document_received", **outgoing.facts_of(kept))
    buttons = _buttons(kept, documents.missing(claim))
    if len(open_claims(kept.conversation_id)) > 1:
        buttons.append({"title": say("file_other_claim"), "payload": f"file:{kept.pk}"})
    return buttons


def _shown(claim: Claim, lead: str = "") -> Reply:
    """Return the pieces as text and card, with a button for each, and for files that are no piece yet."""
    pieces = list(claim.documents.all())
    if not pieces:
        return Reply(say("checklist_none", reference=claim.reference))
    lines = [{"label": piece.name, "value": Document.State(piece.state).label} for piece in pieces]
    listed = "\n".join(f"- {line['label']} : **{line['value']}**" for line in lines)
    loose = documents.unnamed(claim)[:MAX_FILES]
    text = say("checklist", reference=claim.reference, lines=listed)
    if loose:
        text += "\n" + say("checklist_files")
    buttons = [{"title": _short(f"{each.number}. {each.name}"), "payload": f"piece:{each.pk}"} for each in pieces]
    buttons += [{"title": _short(say("file_name", name=each.name)), "payload": f"file:{each.pk}"} for each in loose]
    buttons += [
        {"title": say("other_claim", reference=other.reference), "payload": f"checklist:{other.pk}"}
        for other in open_claims(claim.conversation)
        if other.pk != claim.pk
    ]
    card = {"title": say("checklist_title", reference=claim.reference), "lines": lines}
    return Reply(f"{lead}\n{text}".strip(), buttons, card)


def _asked(kept: Evidence) -> Reply:
    """Ask which piece of any open claim a file is; those of its own come first."""
    claims = sorted(open_claims(kept.conversation_id), key=lambda claim: claim.pk != kept.claim)
    offered = [document for claim in claims for document in claim.documents.all()]
    return Reply(say("file_question", name=_plain(kept.name)), _buttons(kept, offered))


def _buttons(kept: Evidence, offered: Iterable[Document]) -> list[Button]:
    """Return the buttons that say which of these pieces a file is; those of another claim name it."""
    return [
        {
            "title": _short(
                say("document_button", name=each.name)
                if each.claim_id == kept.claim
                else say("document_elsewhere", reference=each.claim.reference, name=each.name)
            ),
            "payload": f"document:{kept.pk}:{each.pk}",
        }
        for each in offered
    ]


def _argument(message: Message, position: int) -> str:
    parts = message.command.split(":")
    return parts[position] if position < len(parts) else ""


def _document(message: Message, position: int) -> Document | None:
    """Return the document that the command names, if it is of this conversation's claims."""
    found = Document.objects.select_related("claim").filter(claim__conversation=message.conversation_id)
    key = _key(_argument(message, position))
    return found.filter(pk=key).first() if key else None


def _evidence(message: Message) -> Evidence | None:
    key = _key(_argument(message, 1))
    return Evidence.objects.filter(pk=key, conversation=message.conversation_id).first() if key else None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _plain(name: str) -> str:
    """Return a file's name without what would be markup."""
    return name.translate(str.maketrans("*[]()", "     "))


def _short(title: str) -> str:
    """Return a title that fits a button, cut between words."""
    if len(title) <= WIDEST:
        return title
    return title[:WIDEST].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
