"""From one event and what is remembered of its conversation to what is counted; pure, so that it can be made anew.

What each measure means is written in metrics.py. An event is counted under the dimensions known when it happened; a
report whose kind is corrected afterwards moves to the corrected kind, on the day it was made.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from bot.analytics.counting import Count, Dims, Happened, Memory
from bot.conversations.hours import is_open
from bot.conversations.urgency import GRAVEST_FIRST

SAFETY = GRAVEST_FIRST[::-1]  # the gravest last


Counting = Callable[[Happened, Memory], Iterator[Count]]


def count(event: Happened, memory: Memory) -> Iterator[Count]:
    """Yield what the event counts for, and bring the memory up to date."""
    counting = COUNTED.get(event.name)
    if counting:
        yield from counting(event, memory)


def _started(event: Happened, memory: Memory) -> Iterator[Count]:
    memory.channel = str(event.properties.get("channel", ""))
    yield Count("started", event.at, memory.dims)


def _message(event: Happened, memory: Memory) -> Iterator[Count]:
    yield Count("message", event.at, memory.dims)


def _answered_message(event: Happened, memory: Memory) -> Iterator[Count]:
    """Count how sure the engine was, and what it did not know what to do with."""
    told = event.properties
    memory.safety = max(memory.safety, str(told.get("safety") or ""), key=_gravity)
    milliseconds = 1_000 * float(told.get("seconds", 0))  # most answers take less than a second
    only_channel = Dims(memory.channel)  # how fast the engine is depends on nothing else
    yield Count("answered_message", event.at, only_channel, value=milliseconds, bucketed=True)
    if "confidence" not in told:
        return
    sure = float(told["confidence"])
    yield Count("confidence", event.at, memory.dims, key=str(min(9, int(sure * 10))), value=sure)
    if told.get("intent") == "out_of_scope":
        yield Count("out_of_scope", event.at, memory.dims, value=sure)


def _understood(event: Happened, memory: Memory) -> Iterator[Count]:
    memory.family, memory.subtype = str(event.properties["family"]), str(event.properties["subtype"])
    memory.reported_at, memory.reached, memory.answered = event.at.isoformat(), [], 0
    memory.pending = memory.asked_at = ""
    yield _report(memory, 1)


def _corrected(event: Happened, memory: Memory) -> Iterator[Count]:
    """Move the report to its right kind; by whom is the key, from what to what is counted for the confusion matrix."""
    family, subtype = str(event.properties["family"]), str(event.properties["subtype"])
    is_by_adviser = bool(event.properties.get("adviser"))
    if not (memory.reported_at or is_by_adviser) or (family, subtype) == (memory.family, memory.subtype):
        return
    if memory.reported_at:
        yield _report(memory, -1)
    if event.name != "straddle_answered":  # there, two kinds were close and nobody was wrong
        became = event.properties.get("label") or f"{family}/{subtype}"  # a label alone: it was no incident
        yield Count("corrected", event.at, memory.dims, key="adviser" if is_by_adviser else "member")
        yield Count("confused", event.at, memory.dims, key=str(became)[:64])
    memory.family, memory.subtype = family, subtype
    memory.reported_at = memory.reported_at if family else ""
    if memory.reported_at:
        yield _report(memory, 1)


def _told_again(_event: Happened, memory: Memory) -> Iterator[Count]:
    """Take back the report of an incident that has its claim already."""
    if memory.reported_at:
        yield _report(memory, -1)
        memory.reported_at = ""


def _report(memory: Memory, sign: int) -> Count:
    if sign > 0:
        memory.report_dims = [memory.channel, memory.family, memory.subtype, memory.safety]
    return Count("report", datetime.fromisoformat(memory.reported_at), Dims(*memory.report_dims), sign=sign)


def _step(measure: str) -> Counting:
    """Return what counts one step of the path, once per incident."""

    def counting(event: Happened, memory: Memory) -> Iterator[Count]:
        if measure not in memory.reached:
            memory.reached.append(measure)
            yield Count(measure, event.at, memory.dims)

    return counting


def _asked(event: Happened, memory: Memory) -> Iterator[Count]:
    asked = str(event.properties.get("field", ""))
    yield from _step("form")(event, memory)
    memory.pending, memory.asked_at = asked, event.at.isoformat()
    if f"asked {asked}" not in memory.reached:
        memory.reached.append(f"asked {asked}")
        yield Count("asked", event.at, memory.dims, key=asked)


def _answered(event: Happened, memory: Memory) -> Iterator[Count]:
    answered = str(event.properties.get("field", ""))
    if answered == memory.pending:
        memory.pending = memory.asked_at = ""
    if f"asked {answered}" in memory.reached and f"answered {answered}" not in memory.reached:
        memory.reached.append(f"answered {answered}")
        memory.answered += 1
        yield Count("answered", event.at, memory.dims, key=answered)
        if not event.properties.get("known", True):
            yield Count("unknown", event.at, memory.dims, key=answered)


def _recap(event: Happened, memory: Memory) -> Iterator[Count]:
    yield from _step("form")(event, memory)
    yield from _step("recap")(event, memory)


def _claim(event: Happened, memory: Memory) -> Iterator[Count]:
    """Count the claim, what it cost the member to make it, and what was lost."""
    told = event.properties
    memory.family, memory.subtype = str(told.get("family", "")), str(told.get("subtype", ""))
    yield Count("claim", event.at, memory.dims)
    if memory.reported_at:
        yield Count("claim_questions", event.at, memory.dims, value=memory.answered, bucketed=True)
        yield _interval("claim_time", memory.reported_at, event.at, memory)
    if told.get("amount_cents") is not None:
        yield Count("amount", event.at, memory.dims, value=float(told["amount_cents"]), bucketed=True)
    for name in ("payment_means", "contact_channel", "victim", "merchant", "platform"):
        if told.get(name):
            yield Count(name, event.at, memory.dims, key=str(told[name])[:64])
    memory.reported_at, memory.reached, memory.pending, memory.asked_at = "", [], "", ""


def _claim_state(event: Happened, memory: Memory) -> Iterator[Count]:
    """Count a claim's step; `memory` is the claim's own here: its dimensions, and when it was opened."""
    state = str(event.properties.get("state", ""))
    yield Count("claim_state", event.at, memory.dims, key=state)
    if state == "closed":
        yield Count("claim_closed", event.at, memory.dims, key=str(event.properties.get("outcome") or ""))
        if memory.reported_at:
            yield _interval("claim_age", memory.reported_at, event.at, memory)


def _plain(measure: str, key: str = "") -> Counting:
    """Return what counts the event as `measure`, split by the property `key`."""

    def counting(event: Happened, memory: Memory) -> Iterator[Count]:
        yield Count(measure, event.at, memory.dims, key=str(event.properties.get(key, ""))[:64] if key else "")

    return counting


def _left(measure: str) -> Counting:
    """Return what counts a form that was left on purpose: the open question is nobody's any more."""

    def counting(event: Happened, memory: Memory) -> Iterator[Count]:
        yield Count(measure, event.at, memory.dims, key=memory.pending)

    return counting


def _waits(event: Happened, memory: Memory) -> Iterator[Count]:
    memory.hours = "in" if is_open(event.at) else "out"
    memory.waiting_since = memory.reply_due_since = event.at.isoformat()
    reason = str(event.properties.get("reason", ""))
    yield from _agent_leaves(event, memory)
    yield Count("handed_off", event.at, memory.dims, key=reason[:64])


def _agent_takes(event: Happened, memory: Memory) -> Iterator[Count]:
    if memory.waiting_since:
        yield _interval("waiting", memory.waiting_since, event.at, memory, memory.hours)
    else:
        memory.hours = "in" if is_open(event.at) else "out"
        yield Count("handed_off", event.at, memory.dims, key="taken_by_adviser")
    memory.waiting_since, memory.agent_since = "", event.at.isoformat()


def _adviser_replies(event: Happened, memory: Memory) -> Iterator[Count]:
    if memory.reply_due_since:
        yield _interval("first_reply", memory.reply_due_since, event.at, memory, memory.hours)
        memory.reply_due_since = ""


def _bot_takes(event: Happened, memory: Memory) -> Iterator[Count]:
    yield from _agent_leaves(event, memory)
    if memory.waiting_since:
        yield Count("gave_up_waiting", event.at, memory.dims)
    memory.waiting_since = memory.reply_due_since = ""
    if event.properties.get("before") == "closed":
        yield Count("reopened", event.at, memory.dims)


def _closes(event: Happened, memory: Memory) -> Iterator[Count]:
    yield from _agent_leaves(event, memory)
    memory.waiting_since = memory.reply_due_since = ""
    yield Count("closed", event.at, memory.dims)


def _agent_leaves(event: Happened, memory: Memory) -> Iterator[Count]:
    if memory.agent_since:
        yield _interval("handling", memory.agent_since, event.at, memory, memory.hours)
        memory.agent_since = ""


def _rated(event: Happened, memory: Memory) -> Iterator[Count]:
    score = float(event.properties.get("score", 0))
    yield Count("satisfaction", event.at, memory.dims, key=f"{score:g}", value=score)


def _interval(measure: str, began: str, ended: datetime, memory: Memory, key: str = "") -> Count:
    start = datetime.fromisoformat(began)
    seconds = max(0.0, (ended - start).total_seconds())
    return Count(measure, ended, memory.dims, key, seconds, bucketed=True, began=start)


def _gravity(level: str) -> int:
    return SAFETY.index(level) if level in SAFETY else -1


COUNTED: Mapping[str, Counting] = {
    "conversation_started": _started,
    "message_received": _message,
    "message_answered": _answered_message,
    "incident_understood": _understood,
    "straddle_answered": _corrected,
    "incident_corrected": _corrected,
    "same_incident_told_again": _told_again,
    "advice_shown": _step("advised"),
    "question_asked": _asked,
    "question_answered": _answered,
    "recap_shown": _recap,
    "claim_opened": _claim,
    "state_changed": _claim_state,
    "form_cancelled": _left("cancelled"),
    "claim_declined": _left("declined"),
    "form_paused": _plain("paused"),
    "draft_resumed": _plain("resumed"),
    "not_understood": _plain("not_understood", "misses"),
    "engine_failed": _plain("engine_failed"),
    "moved_to_waiting": _waits,
    "moved_to_agent": _agent_takes,
    "adviser_replied": _adviser_replies,
    "moved_to_bot": _bot_takes,
    "moved_to_closed": _closes,
    "conversation_rated": _rated,
    "wave_told": _plain("wave_told", "wave"),
}
