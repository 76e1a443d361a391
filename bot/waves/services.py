"""What other parts may do with waves: hear of a report, know a wave again, name, confirm or dismiss one, forget."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from bot.conversations.models import Message
from bot.errors import UnsafeAdvice
from bot.events.models import Event
from bot.events.services import record
from bot.invented import FIRST, LAST
from bot.texts import say
from bot.turn import Reply, Turn
from bot.understanding.links import EMAIL, PHONE, URL
from bot.waves import tasks
from bot.waves.fields import Vector, literal, unpack
from bot.waves.models import Report, Wave
from bot.waves.traits import is_strong, traits_of
from bot.waves.wording import words_of

UNDERSTOOD, TOLD = "incident_understood", "wave_told"  # events
SAME = 0.62  # cosine to the mean of a wave from which a report is of it; means are nearer than single reports
SAME_NAMED = 0.54  # with a shop or platform of the wave named
KEPT = timedelta(days=35)

# Invented waves, those with reports of the demo only, are told to nobody.
KNOWN = """
SELECT id FROM (
    SELECT id, 1 - (vector <=> %(vector)s::vector) AS cosine, traits && %(strong)s::varchar[] AS is_same,
        traits && %(names)s::varchar[] AS is_named
    FROM waves_wave WHERE state = 'confirmed' AND last_seen > %(since)s AND coalesce((
        SELECT bool_or(conversation NOT BETWEEN %(first)s AND %(last)s) FROM waves_report
        WHERE wave_id = waves_wave.id
    ), TRUE)
) wave
WHERE is_same OR cosine >= %(same)s OR (is_named AND cosine >= %(same_named)s)
ORDER BY is_same DESC, cosine DESC NULLS LAST LIMIT 1
"""


def known_wave(text: str, vector: Vector | None = None, traits: Sequence[str] | None = None) -> Wave | None:
    """Return the confirmed wave that a report belongs to; without its vector, by what it shares besides words only."""
    found = traits_of(text) if traits is None else traits
    values = {
        "vector": literal(vector) if vector else None,
        "strong": [trait for trait in found if is_strong(trait)],
        "names": [trait for trait in found if not is_strong(trait)],
        "since": timezone.now() - KEPT,
        "same": SAME,
        "same_named": SAME_NAMED,
        "first": FIRST,
        "last": LAST,
    }
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, values)
        row = cursor.fetchone()
    return Wave.objects.get(pk=row[0]) if row else None


def enrich(message: Message, turn: Turn) -> Turn:
    """Note a report, and tell its member when it belongs to a confirmed wave: once per conversation and wave."""
    place = next((told for name, told in turn.events if name == UNDERSTOOD), None)
    packed = (turn.understood or {}).pop("vector", None)  # not kept beside the message
    if place is None or not packed or not message.text:
        return turn
    vector, traits = unpack(packed), traits_of(message.text)
    words = words_of(message.text)
    report = {"conversation": message.conversation_id, "at": message.sent_at}
    report |= {"vector": vector, "traits": traits, "words": words}
    noted, is_new = Report.objects.get_or_create(
        message=message.pk, defaults={**report, "family": place["family"], "subtype": place["subtype"]}
    )
    if is_new:
        tasks.look_for_wave.defer(report_id=noted.pk)
    wave = known_wave(message.text, vector, traits)
    if wave is None or _was_told(message.conversation_id, wave):
        return turn
    told = Reply(say("wave_known", advice=wave.advice).strip())
    replies = [*turn.replies[:1], told, *turn.replies[1:]]
    return replace(turn, replies=replies, events=[*turn.events, (TOLD, {"wave": wave.pk})])


def confirm(wave: Wave, name: str, advice: str, by: UUID) -> None:
    """Name a wave, and have members told of it from now on.

    Raises:
        UnsafeAdvice: the advice holds a link, an address or a number: these come from the register only.
    """
    if any(pattern.search(advice) for pattern in (URL, EMAIL, PHONE)):
        raise UnsafeAdvice("a link, an address or a telephone number: members get those from data/contacts.yml only")
    wave.name, wave.advice = " ".join(name.split())[:80], " ".join(advice.split())[:400]
    _decide(wave, Wave.State.CONFIRMED, by)


def dismiss(wave: Wave, by: UUID) -> None:
    """Set a wave aside: alike reports go on joining it, and nobody is told."""
    _decide(wave, Wave.State.DISMISSED, by)


def forget(conversation: UUID) -> None:
    """Forget a conversation's reports; the waves keep their counts."""
    Report.objects.filter(conversation=conversation).delete()


def forget_old() -> int:
    """Forget reports that are older than five weeks; return how many."""
    return Report.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]


def _decide(wave: Wave, state: Wave.State, by: UUID) -> None:
    wave.state, wave.decided_by, wave.decided_at = state, by, timezone.now()
    wave.save(update_fields=["state", "name", "advice", "decided_by", "decided_at"])
    record(f"wave_{state.value}", wave=wave.pk, adviser=str(by))


def _was_told(conversation: UUID, wave: Wave) -> bool:
    return Event.objects.filter(conversation=conversation, name=TOLD, properties__wave=wave.pk).exists()
