"""Takes stored bytes away that no row names: a process was killed between storing and committing, or while erasing."""

from datetime import timedelta

import obstore
import structlog
from django.utils import timezone

from bot.conversations.evidence import discard, store
from bot.conversations.models import Evidence, SentFile

LEAST_AGE = timedelta(days=1)  # no transaction is open for so long
AT_ONCE = 1000  # keys that are looked up with one query for each kind of row
log = structlog.get_logger(__name__)


def sweep() -> int:
    """Delete what lies in the store for more than a day without a row; return how many files that was."""
    before, count = timezone.now() - LEAST_AGE, 0
    for listed in obstore.list(store(), chunk_size=AT_ONCE):
        old = {each["path"] for each in listed if each["last_modified"] < before}
        unnamed = old - _named(old)
        discard(unnamed)
        count += len(unnamed)
    if count:
        log.info("evidence_swept", files=count)
    return count


def _named(keys: set[str]) -> set[str]:
    return {
        key for rows in (Evidence, SentFile) for key in rows.objects.filter(key__in=keys).values_list("key", flat=True)
    }
