"""Photos and documents through the HTTP interface: taken in one by one, and given back to the same member only."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Form, Router, Status, UploadedFile

from bot.channels.web import access, limits, problems
from bot.channels.web.problems import Problem
from bot.channels.web.shapes import CLIENT_ID, MAX_TEXT, REFUSED, Accepted, ProblemShape
from bot.conversations import evidence, files
from bot.conversations.models import Conversation
from bot.conversations.receiving import Inbound
from bot.errors import RefusedEvidence, TooManyFiles
from bot.settings import settings

STATUSES = {
    "evidence_too_large": 413,
    "evidence_type": 415,
    "evidence_broken": 422,
    "evidence_infected": 422,
    "evidence_full": 409,
    "evidence_unscanned": 503,
    "evidence_failed": 503,
}
WHY = {
    "evidence_too_large": "The file is larger than CYBERCARE_EVIDENCE_MAX_MEGABYTES, or has too many pixels.",
    "evidence_type": "By its content, the file is no JPEG, PNG, WebP or PDF.",
    "evidence_broken": "The file is empty, or an image that cannot be opened.",
    "evidence_infected": "The virus scanner refuses the file.",
    "evidence_full": "The claim, or the conversation without one, has CYBERCARE_EVIDENCE_MAX_FILES files.",
    "evidence_unscanned": "The virus scanner does not answer; send the file again later.",
    "evidence_failed": "The file could not be stored; send it again later.",
}
RETRY_AFTER = 30  # seconds, while scanner or store are away
router = Router()
ClientId = Annotated[str, Form(pattern=CLIENT_ID, description="As of a message: sent again, nothing is doubled.")]
Caption = Annotated[str, Form("", max_length=MAX_TEXT, description="The member's words about it; answered as text.")]
OneFile = Annotated[UploadedFile, File(description="One JPEG, PNG, WebP or PDF; what counts is its content.")]

BYTES_DOC = {
    "responses": {
        200: {
            "description": "The file. An image, re-encoded without location and camera data, or a PDF as a download.",
            "content": {
                kind: {"schema": {"type": "string", "format": "binary"}} for kind in (*evidence.IMAGES, evidence.PDF)
            },
        }
    }
}


@router.post(
    "", response={202: Accepted, 409: ProblemShape, 415: ProblemShape, **REFUSED}, summary="Send a photo or a PDF"
)
def send_file(request: HttpRequest, client_id: ClientId, file: OneFile, text: Caption = "") -> Status[Accepted]:
    """Store a message with one file and confirm it on the stream; a refused file leaves nothing behind."""
    conversation = access.member(request)
    if sum(len(given) for _, given in request.FILES.lists()) != 1:
        raise Problem(422, "one_file", "Send exactly one file; further ones with requests of their own.")
    limits.count("messages", str(conversation), settings().messages_per_minute)
    name = evidence.safe_name(file.name or "")
    words = text.strip()
    inbound = Inbound(conversation, client_id, words or name, "" if words else "attachment")
    try:
        message = files.receive_file(inbound, name, file.read(evidence.max_bytes() + 1))
    except Conversation.DoesNotExist as error:
        raise Problem(401, "unauthorized", problems.MESSAGES[401]) from error
    except RefusedEvidence as error:
        told = files.sentence(error.reason, name)
        status = STATUSES[error.reason]
        wait = RETRY_AFTER if status == 503 else 0
        raise Problem(status, error.reason, WHY[error.reason], told=told, retry_after=wait) from error
    except TooManyFiles as error:
        raise _too_many(error.seconds) from error
    return Status(202, Accepted(id=message.number, client_id=client_id))


@router.get(
    "/{uuid:evidence_id}", response={404: ProblemShape, **REFUSED}, summary="Get a file", openapi_extra=BYTES_DOC
)
def give_back(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """Return the bytes of a file of this conversation; any other id is a 404."""
    try:
        kept = evidence.find(access.member(request), evidence_id)
        content = evidence.read(kept)
    except FileNotFoundError as error:
        raise Problem(404, "not_found", "This conversation has no such file.") from error
    is_download = kept.media_type not in evidence.IMAGES
    response = HttpResponse(content, content_type=kept.media_type)
    response["Content-Disposition"] = content_disposition_header(is_download, kept.name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"  # others may use this computer too
    return response


def _too_many(seconds: int) -> Problem:
    message = f"At most {settings().evidence_per_hour} files per conversation and hour."
    return Problem(429, "too_many_files", message, retry_after=seconds, told=files.too_many(seconds))
