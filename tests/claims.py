"""Claims for tests, and the jobs that they cause."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

from asgiref.sync import sync_to_async
from django.db import connections

from bot.catalogue import catalogue
from bot.claims.draft import UNKNOWN, Draft
from bot.claims.models import Claim
from bot.claims.services import open_claim
from bot.conversations.answering import answer
from bot.conversations.models import Author, Conversation, Message
from bot.conversations.receiving import Inbound, receive
from bot.turn import Question, Reply, Turn

PHISHING = ("fraud", "phishing_codes_given")


class DeafEngine:
    """Implements the engine's port: shows that a message went past the gateway's own answers."""

    def take_turn(self, question: Question) -> Turn:
        """Answer always the same."""
        return Turn([Reply(f"moteur : {question.text}")])


def draft(incident: tuple[str, str] = PHISHING, story: str = "une histoire", key: str = "", **values: Any) -> Draft:
    """Return a complete draft; what is not given is not known."""
    subtype = catalogue().subtype(*incident)
    return Draft(key or uuid4().hex, subtype, story, dict.fromkeys(subtype.fields, UNKNOWN) | values)


def open_one(conversation: Conversation | UUID, incident: tuple[str, str] = PHISHING, **values: Any) -> Claim:
    """Open a claim and return it."""
    pk = conversation.pk if isinstance(conversation, Conversation) else conversation
    return open_claim(pk, draft(incident, **values))


def exchange(conversation: Conversation, text: str = "", command: str = "") -> list[Message]:
    """Let the member write or tap, have it answered, and return what we said, in order."""
    message = receive(Inbound(conversation.pk, uuid4().hex, text, command))
    answer(message.pk, DeafEngine())  # type: ignore[arg-type]  # the engine's port
    later = conversation.messages.filter(number__gt=message.number).exclude(author=Author.MEMBER)
    return list(later.order_by("number"))


def tap(conversation: Conversation, message: Message, title: str) -> list[Message]:
    """Tap the first button of a message whose title contains `title`."""
    (payload, *_) = [button["payload"] for button in message.buttons if title in button["title"]]
    return exchange(conversation, title, payload)


def do_jobs(**wanted: Any) -> None:
    """Do all jobs that are due, as the worker does."""

    async def work() -> None:
        from procrastinate.contrib.django import app

        worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
        async with worker.open_async():
            await worker.run_worker_async(
                wait=False, install_signal_handlers=False, listen_notify=False, concurrency=1, **wanted
            )
        await sync_to_async(connections.close_all)()  # of the thread that defers periodic jobs

    asyncio.run(work())
