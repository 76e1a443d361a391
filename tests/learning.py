"""Conversations in which something was understood, as the gateway leaves them; the engine's part is played."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from bot.conversations.answering import answer
from bot.conversations.models import Conversation, Message
from bot.conversations.receiving import Inbound, receive
from bot.events.models import Event
from bot.turn import Question, Reply, Turn

PHISHING, ROMANCE, SHOP = "fraud/phishing_codes_given", "fraud/romance_scam", "fraud/fake_shop"
Guessed = dict[str, float]


class PlayedEngine:
    """Implements the engine's port: gives the next turn, whatever is asked."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn

    def take_turn(self, _: Question) -> Turn:
        return self.turn


def read(best: Guessed, intent: str = "") -> dict[str, Any]:
    """Return what the engine tells of a message: sub-types with their confidence, the likeliest first."""
    incident = [
        {"intent": f"report_{place.split('/')[0]}", "subtype": place.split("/")[1], "confidence": sure}
        for place, sure in sorted(best.items(), key=lambda item: -item[1])
    ]
    ranking = [{"name": each["intent"], "confidence": each["confidence"]} for each in incident]
    name = intent or (ranking[0]["name"] if ranking else "nlu_fallback")
    sure = ranking[0]["confidence"] if ranking else 0.5
    return {"intent": {"name": name, "confidence": sure}, "ranking": ranking, "incident": incident}


def tell(conversation: Conversation, text: str, *events: tuple[str, dict[str, Any]], **values: Any) -> Message:
    """Have the member write and the engine answer, with these events of the dialogue."""
    told = {"hand_off": values.pop("hand_off", ""), "understood": read(values.pop("best", {}), **values)}
    message = receive(Inbound(conversation.pk, uuid4().hex, text))
    answer(message.pk, PlayedEngine(Turn([Reply("Bien.")], events=list(events), **told)))  # type: ignore[arg-type]
    conversation.refresh_from_db()
    return Message.objects.get(pk=message.pk)


def report(conversation: Conversation, text: str, place: str = PHISHING, **others: float) -> Message:
    """Have the member tell an incident that is understood as `place`, with confidence."""
    family, subtype = place.split("/")
    understood = ("incident_understood", {"family": family, "subtype": subtype, "confidence": 0.9})
    return tell(conversation, text, understood, best={ROMANCE: 0.06, SHOP: 0.02} | {place: 0.9} | others)


def rest() -> None:
    """Let all that happened be long enough ago to be looked at."""
    Event.objects.update(at=timezone.now() - timedelta(hours=1))
