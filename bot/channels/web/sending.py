"""Turns what the interface took into an inbound message."""

from uuid import UUID

from bot.channels.web.problems import Problem
from bot.channels.web.shapes import NewMessage
from bot.conversations import buttons
from bot.conversations.models import Conversation
from bot.conversations.receiving import Inbound, receive
from bot.errors import NotYours
from bot.texts import say

# What anyone may tap at any time; answered by the gateway (bot/conversations/commands.py, bot/claims/apps.py).
COMMANDS = ("help", "ask_human", "ask_erasure", "checklist", "claim_page")


def send(conversation_id: UUID, message: NewMessage) -> int:
    """Store the message and return its number; known already, return its number.

    Raises:
        Conversation.DoesNotExist: the conversation is gone.
        Problem: 422, the button is unknown.
    """
    if message.button is None:
        return receive(Inbound(conversation_id, message.client_id, text=message.text or "")).number
    conversation = Conversation.objects.get(pk=conversation_id)
    if known := conversation.messages.filter(external_id=message.client_id).first():
        return known.number  # its button may be erased meanwhile
    title, command = _tapped(conversation, message.button)
    return receive(Inbound(conversation_id, message.client_id, text=title, command=command)).number


def _tapped(conversation: Conversation, button: str) -> tuple[str, str]:
    """Return what the member's bubble says, and the command."""
    if button in COMMANDS:
        return say(f"tap_{button}"), button
    try:
        tapped = buttons.tapped(conversation, button)
    except NotYours as error:
        raise Problem(422, "unknown_button", "No button of this conversation has this token.") from error
    return tapped["title"], tapped["payload"]
