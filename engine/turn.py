"""One turn of a conversation: a message in, all replies out, exactly once per message id."""

from __future__ import annotations

import asyncio
import base64
from typing import Any, Dict, List, Optional, Text
from weakref import WeakValueDictionary

import numpy as np
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from engine.components.encoder import encode

_locks: "WeakValueDictionary[Text, asyncio.Lock]" = WeakValueDictionary()


class NoReply(Exception):
    """The dialogue answered nothing; the turn was not stored."""


async def take_turn(agent: Agent, message: UserMessage) -> Dict[Text, Any]:
    """Answer `message`, or give its first answer again when its id is already in the tracker.

    The steps are those of Rasa 3.6.21's `MessageProcessor.handle_message` on one loaded tracker; the tracker is
    stored only when the whole turn succeeded.

    Raises:
        NoReply: no action said anything.
        engine.patches.ActionFailed: an action failed.
    """
    lock = _locks.setdefault(message.sender_id, asyncio.Lock())
    async with lock:
        processor, output = agent.processor, CollectingOutputChannel()
        tracker = await processor.fetch_tracker_and_update_session(message.sender_id, output, message.metadata)
        first_answer = _answer_to(tracker, message.message_id)
        if first_answer is not None:
            return first_answer
        await processor._handle_message_with_tracker(message, tracker)
        tracker = await processor.run_action_extract_slots(output, tracker)
        await processor._run_prediction_loop(output, tracker)
        answer = _answer_to(tracker, message.message_id)
        if not answer or not answer["replies"]:
            raise NoReply()
        await processor.save_tracker(tracker)
        return answer


def _answer_to(tracker: DialogueStateTracker, message_id: Optional[Text]) -> Optional[Dict[Text, Any]]:
    """Return the replies that followed the message with this id, or None when it is not in the tracker."""
    uttered: Optional[UserUttered] = None
    replies: List[Dict[Text, Any]] = []
    for event in tracker.events:
        if isinstance(event, UserUttered):
            if uttered:
                break
            uttered = event if event.message_id == message_id else None
        elif uttered and isinstance(event, BotUttered):
            replies.append(_reply(event))
    return {"replies": replies, "understood": _understood(uttered)} if uttered else None


def _reply(event: BotUttered) -> Dict[Text, Any]:
    reply = {"text": event.text, "buttons": event.data.get("buttons"), "custom": event.data.get("custom")}
    return {key: value for key, value in reply.items() if value}


def _understood(uttered: UserUttered) -> Dict[Text, Any]:
    parsed = uttered.parse_data or {}
    return {
        "intent": parsed.get("intent") or {},
        "ranking": (parsed.get("intent_ranking") or [])[:3],
        "incident": (parsed.get("incident") or [])[:3],
        "danger": parsed.get("danger") or 0.0,
        **_vector(uttered),
    }


def _vector(uttered: UserUttered) -> Dict[Text, Any]:
    """Return a told incident's sentence vector as base64 of 512 signed bytes (1 to 3 ms); nothing for all else."""
    text = uttered.text or ""
    if text.startswith("/") or not (uttered.intent.get("name") or "").startswith("report_"):
        return {}
    vector = encode([text])[0]
    largest = float(np.abs(vector).max()) or 1.0
    return {"vector": base64.b64encode(np.round(vector / largest * 127).astype(np.int8).tobytes()).decode()}
