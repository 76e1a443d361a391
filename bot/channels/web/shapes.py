"""What the HTTP interface takes and gives, as schemas; one shape of a message for the list and the stream."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from ninja import Field, Schema
from pydantic import BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

MAX_TEXT = 40_000  # characters
CLIENT_ID = r"^[!-~]{1,64}$"
UUID_EXAMPLE = "7b0f6d0e-5a3c-4a52-9a0e-2f0c6f1d8a11"


def _without_halves(value: Any) -> Any:
    """Drop lone halves of emoji, which some keyboards send: no UTF-8 can hold them."""
    return value.encode("utf-8", "ignore").decode() if isinstance(value, str) else value


class Opening(Schema):
    """Who opens a session, if another site vouches for it."""

    identity: str | None = Field(
        None, max_length=8000, description="A signed identity (JWT) of the insurer's pages; see docs/claims.md."
    )


class Session(Schema):
    """A conversation and the key to it."""

    conversation: str = Field(description="Id of the conversation.", examples=[UUID_EXAMPLE])
    token: str = Field(description="Send it as `Authorization: Bearer …`; good for 90 days.")


class NewMessage(Schema):
    """What a member sends: exactly one of `text` and `button`."""

    client_id: str = Field(
        pattern=CLIENT_ID,
        description="Chosen by the client, unique in the conversation: sent again, the message is not doubled.",
        examples=["c0ffee01-1"],
    )
    text: Annotated[str | None, BeforeValidator(_without_halves)] = Field(
        None,
        max_length=MAX_TEXT,
        examples=["J'ai cliqué sur un SMS de ma banque."],
        description="Plain, not blank.",
    )
    button: str | None = Field(
        None,
        max_length=200,
        description="The `token` of a quick-reply button, or one of `help`, `ask_human`, `ask_erasure`, `checklist`, "
        "`claim_page`.",
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.text is None) == (self.button is None):
            raise PydanticCustomError("text_or_button", "give exactly one of text and button")
        if self.text is not None and not self.text.strip():
            raise PydanticCustomError("blank_text", "text is blank")
        return self


class Accepted(Schema):
    """The message is stored and will be answered on the stream."""

    id: int = Field(description="The message's number.", examples=[3])
    client_id: str = Field(examples=["c0ffee01-1"])


class Button(Schema):
    """A quick reply."""

    title: str = Field(examples=["C'est exact, ouvrir le dossier"])
    token: str = Field(description="Send it as `button`.")


class Attachment(Schema):
    """A photo or document, the member's or an adviser's; `GET /api/chat/evidence/<id>` gives its bytes."""

    id: UUID
    name: str
    media_type: str = Field(examples=["image/jpeg"])
    size: int = Field(description="Bytes.")


class Shown(Schema):
    """One message as readers see it."""

    id: int = Field(description="Number within the conversation; counts up.", examples=[4])
    at: datetime = Field(description="UTC.")
    author: Literal["member", "bot", "adviser", "system"]
    text: str = Field(description="The member's is plain text; ours is the markup of docs/messages.md.")
    buttons: list[Button] = []
    card: dict[str, Any] | None = Field(None, description="Structured content: `title` and `lines` of label and value.")
    client_id: str | None = Field(None, description="Of the member's messages.")
    edited: datetime | None = Field(None, description="When the member changed it, UTC.")
    attachments: list[Attachment] = []


class ProblemShape(Schema):
    """Any error."""

    error: str = Field(description="A code for programs.", examples=["blank_text"])
    message: str = Field(description="What is wrong, in English, for developers.")
    told: str | None = Field(None, description="What the member may read about it, in French; of refused files.")


class Health(Schema):
    """The process answers and reaches its database."""

    ok: bool


REFUSED = dict.fromkeys((400, 401, 403, 413, 422, 429, 503), ProblemShape)  # what any call may answer
