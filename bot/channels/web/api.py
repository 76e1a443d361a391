"""The HTTP interface of the web chat; described in docs/http-api.md and at /api/openapi.json."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Header, NinjaAPI, Query, Status
from pydantic import NonNegativeInt

from bot.channels.web import access, evidence, limits, problems, reading, streams, tokens
from bot.channels.web.problems import Problem
from bot.channels.web.sending import send
from bot.channels.web.shapes import REFUSED, Accepted, NewMessage, Opening, ProblemShape, Session, Shown
from bot.conversations.live import announce
from bot.conversations.models import Conversation
from bot.conversations.receiving import open_conversation
from bot.conversations.services import know_member
from bot.settings import settings

CHANNEL = "web"
LIST_LIMIT = 500  # messages of one answer
TYPING_PER_MINUTE = 30  # per conversation
OPENING_REFUSED = dict.fromkeys((401, 403, 422, 429), ProblemShape)
After = Annotated[NonNegativeInt, Query(0, description="Only messages with a higher number.")]
LastEventId = Annotated[NonNegativeInt | None, Header(None, alias="Last-Event-ID", description="Goes before `after`.")]

api = NinjaAPI(
    title="Cyber Care chat",
    version="1",
    description="A French assistant for members hit by a cyber-incident. Open a session, listen to its stream, "
    "send messages: the answers come on the stream. Errors are `{error, message}` with a 4xx status.",
    docs_url=None,
    urls_namespace="chat-api",
    openapi_extra={"info": {"x-markup": "docs/messages.md"}},
)
problems.register(api)
api.add_router("/chat/evidence", evidence.router, auth=access.MEMBER)

OPENING_DOC = {
    "requestBody": {
        "description": "Optional.",
        "content": {"application/json": {"schema": Opening.model_json_schema()}},
    }
}
STREAM_DOC = {
    "responses": {
        200: {
            "description": "The stream. `message`: one message, its number as event id; `typing`: an answer is being "
            "written, by `author` bot or adviser; `waiting`: what a member who waits for a human is `told`, or null; "
            "`erased`: messages numbered below `before` are gone. A comment every 15 s keeps it open.",
            "content": {
                "text/event-stream": {
                    "schema": {"type": "string"},
                    "example": 'id: 4\nevent: message\ndata: {"id": 4, "author": "bot", "text": "Bonjour."}\n\n',
                }
            },
        },
        401: {"description": "No valid token."},
        429: {"description": "Too many streams of this conversation are open."},
    }
}


@api.post(
    "/chat/session", response={200: Session, **OPENING_REFUSED}, summary="Open or resume", openapi_extra=OPENING_DOC
)
def open_session(request: HttpRequest, response: HttpResponse) -> Session:
    """Return the conversation of the bearer token or cookie sent along, or open one; browsers get a cookie too.

    A signed identity makes it that member's; the conversation of somebody else is left alone, and a new one opened.
    """
    access.refuse_foreign_page(request)
    member = access.identified(request)
    known = access.known_conversation(request)
    conversation = Conversation.objects.filter(pk=known).first() if known else None
    if conversation is None or (member and conversation.member not in (None, member)):
        limits.count("sessions", request.META.get("REMOTE_ADDR", ""), settings().sessions_per_minute)
        conversation = open_conversation(CHANNEL)
    if member and conversation.member is None:
        know_member(conversation, member)
    token = tokens.issue(conversation.pk)
    access.remember(response, token)
    return Session(conversation=str(conversation.pk), token=token)


@api.post(
    "/chat/messages", response={202: Accepted, **REFUSED}, auth=access.MEMBER, summary="Send a message or tap a button"
)
def send_message(request: HttpRequest, message: NewMessage) -> Status[Accepted]:
    """Store the message and return its number; sent again with the same `client_id`, it is not doubled."""
    conversation = access.member(request)
    limits.count("messages", str(conversation), settings().messages_per_minute)
    try:
        number = send(conversation, message)
    except Conversation.DoesNotExist as error:
        raise Problem(401, "unauthorized", problems.MESSAGES[401]) from error
    return Status(202, Accepted(id=number, client_id=message.client_id))


@api.get("/chat/messages", response={200: list[Shown], **REFUSED}, auth=access.MEMBER, summary="List messages")
def list_messages(request: HttpRequest, after: After = 0) -> list[dict[str, Any]]:
    """Return up to 500 messages in order; ask again after the last number for more."""
    return reading.messages_after(access.member(request), after, LIST_LIMIT)


@api.post("/chat/typing", response={204: None, **REFUSED}, auth=access.MEMBER, summary="Say that the member writes")
def tell_typing(request: HttpRequest) -> Status[None]:
    """Show an adviser who looks at the conversation that its member is writing; tell it every few seconds."""
    conversation = access.member(request)
    limits.count("typing", str(conversation), TYPING_PER_MINUTE)
    announce(conversation, "member_typing")
    return Status(204, None)


@api.get("/chat/events", auth=access.MEMBER, summary="Listen (server-sent events)", openapi_extra=STREAM_DOC)
async def listen(request: HttpRequest, after: After = 0, last_event_id: LastEventId = None) -> StreamingHttpResponse:
    """Stream all messages after a number, then every new one; never ends by itself."""
    return streams.stream(access.member(request), after if last_event_id is None else last_event_id)
