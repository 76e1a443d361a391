"""The command by which a member gets the link to their claim's printable page."""

from bot.claims.links import LIFETIME, page_url
from bot.claims.reading import open_claims
from bot.conversations.models import Message
from bot.texts import say
from bot.turn import Reply, Turn


def claim_page(message: Message) -> Turn:
    """Give the link to each of the conversation's open claims."""
    replies = [
        Reply(say("claim_page_link", reference=claim.reference, url=page_url(claim), days=LIFETIME.days))
        for claim in open_claims(message.conversation_id)
    ]
    if not replies:
        return Turn([Reply(say("status_none"))])
    return Turn(replies, events=[("claim_page_shown", {})])
