"""Example messages of a wave, for supervisors: masked further than they are stored."""

import re

from django.db.models.expressions import RawSQL

from bot.conversations.models import Message
from bot.understanding.links import EMAIL, IBAN_SHAPE, PHONE, URL
from bot.waves.fields import literal
from bot.waves.models import Wave

MOST, LONGEST = 3, 240
HIDDEN = "•••"
#: A capitalised word after a word that introduces a person, and a greeting's or signature's name.
PERSON = re.compile(
    r"(?P<before>\b(?i:je m'appelle|je suis|madame|monsieur|mme|mr|m\.|cordialement,?|bien à vous,?)\s+)"
    r"[A-ZÀ-Ý][\w'-]+(?:\s+[A-ZÀ-Ý][\w'-]+)*"
)
LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){4,}")


def examples(wave: Wave) -> list[str]:
    """Return the texts of the reports nearest to its mean that still exist, masked: the last ones may be strays."""
    nearest = wave.reports.annotate(away=RawSQL("vector <=> %s::vector", [literal(wave.vector)])).order_by(
        "away", "-at"
    )
    keys = list(nearest.values_list("message", flat=True)[: 4 * MOST])
    texts = Message.objects.in_bulk(keys)
    told: dict[str, str] = {}
    for text in (hidden(texts[key].text) for key in keys if key in texts):
        told.setdefault(re.sub(r"\d+", "", text), text)  # another sum is no other story
    return list(told.values())[:MOST]


def hidden(text: str) -> str:
    """Return a text without addresses, numbers and introduced names, cut to a glance."""
    for pattern in (EMAIL, IBAN_SHAPE, PHONE, LONG_NUMBER):
        text = pattern.sub(HIDDEN, text)
    text = URL.sub(lambda match: match.group().replace(".", "[.]"), text)  # no screen makes it clickable
    text = PERSON.sub(rf"\g<before>{HIDDEN}", " ".join(text.split()))
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + "…"
